/** Next purchase as cells know it: `levain.recommend`. */
export { interactionsOf as interactions, type InteractionColumns, type Interactions, type Key } from './interactions';
export { association, liftInterval, type Association } from './association';
export { coOccurrence, type CoOccurrence, type CoOccurrenceOptions } from './co-occurrence';
export { type NeighbourOptions, type Similarity } from './neighbours';
export { frequentItemsets, type Itemset, type Itemsets } from './itemsets';
export { associationRules as rules, type Rule, type RuleOptions, type Rules } from './rules';
export { checkRules, type CheckedRule } from './rule-check';
export { itemNeighbours, popularity, type ItemNeighbours, type Popularity, type Recommender } from './recommenders';
export { fitAls as als, type Als, type AlsOptions } from './als';
export { offers, type Offer, type OfferOptions } from './offers';
export { averagePrecision, ndcg } from './ranking';
export { evaluateOffers as evaluate, type EvaluateOptions, type Evaluation, type RankingScore } from './evaluate';

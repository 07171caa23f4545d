/** What customers are worth, as cells know it: `levain.value`. */
export { type Histories } from './histories';
export { type BuyerModelName } from './buyer-model';
export { fitBuyers as fit, type BuyerFit, type BuyerOptions } from './fit-buyers';
export {
  activeCustomers,
  aliveProbability,
  expectedOfNewCustomer,
  expectedPurchases,
  frequencyTable,
  predictedTotal,
  type FrequencyTable,
} from './predict';
export { aliveMatrix, type AliveCell } from './alive-matrix';
export { type Estimates } from './estimates';
export { fitSpend, expectedSpend, type SpendFit, type Spending } from './spend';
export { lifetimeValue, type LifetimeOptions } from './lifetime-value';
export { holdout, type Holdout, type HoldoutRow } from './holdout';
export { trackPurchases } from './tracking';
export {
  fitSubscribers,
  residualLifetime,
  subscriberRetention,
  subscriberSurvival,
  type SubscriberFit,
} from './subscribers';

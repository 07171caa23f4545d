import { LevainError } from '../../base/problem';
import { checkConfidence, DEFAULT_CONFIDENCE } from '../intervals/interval';
import type { Matrix } from '../linear/matrix';
import { lbfgs } from '../optimize/lbfgs';
import type { Objective } from '../optimize/objective';
import type { Warning } from '../regression/design';
import { bgNbd, mbgNbd } from './beta-geometric';
import type { BuyerModel, BuyerModelName } from './buyer-model';
import { groupHistories, type Histories, type HistoryGroups } from './histories';
import { newtonStep, observedInformation } from './information';
import { parameterEstimates, type ParameterEstimate } from './parameter-estimates';
import { paretoNbd } from './pareto';

export interface BuyerOptions {
  /** `mbg-nbd` when not given. */
  readonly model?: BuyerModelName;
  /** Of the intervals, in (0, 1); 0.9 when not given. */
  readonly confidence?: number;
}

/** A model of buyers, fitted. Plain data: it can be stored and sent. */
export interface BuyerFit {
  readonly model: BuyerModelName;
  /** In the order of the model; α and β in the unit of time of the histories. */
  readonly parameters: readonly ParameterEstimate[];
  readonly logLikelihood: number;
  readonly customers: number;
  readonly converged: boolean;
  /** Of the logarithms of the parameters. */
  readonly covariance: Matrix;
  readonly confidence: number;
  readonly warnings: readonly Warning[];
}

const MODELS: Record<BuyerModelName, BuyerModel> = { 'mbg-nbd': mbgNbd, 'bg-nbd': bgNbd, 'pareto-nbd': paretoNbd };
const LEAST_CUSTOMERS = 10;
const FEW_BUYERS = 50;
const ENOUGH_HISTORIES = 1000;
const MOST_STEPS = 6;
/** Steps end when they raise the log likelihood by less. */
const ENOUGH_GAIN = 1e-4;
/** Near enough for Newton’s last step; nearer, the rounding of the sum would hide which way is down. */
const NEAR = { gradientTolerance: 1e-6 };

/**
 * Fits a model of how customers buy and leave, by maximum likelihood, to one history a customer. The default is MBG/NBD:
 * BG/NBD takes everyone who bought once to be a customer still, which no shop owner would. Begins cold from three
 * places, with many histories on an even part of them first; standard errors are from the observed information, intervals symmetric in the logarithm.
 *
 * @param histories of customers, in any one unit of time
 * @throws LevainError `unequal-lengths`, `bad-history`, `bad-parameter`, `too-few-customers`, `no-repeat-buyers`
 * @example fitBuyers({ frequency: [0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 5, 1], recency: [0, 0, 0, 0, 0, 3, 0, 8, 0, 0, 9, 1], age: Array(12).fill(10) }).model // => 'mbg-nbd'
 */
export function fitBuyers(histories: Histories, options: BuyerOptions = {}): BuyerFit {
  const { model: name = 'mbg-nbd', confidence = DEFAULT_CONFIDENCE } = options;
  checkConfidence(confidence);
  const model = modelOf(name);
  const groups = groupHistories(histories);
  checkEnough(groups);
  const customers = groups.groupOf.length;
  const purchases = weighted(groups, groups.frequency);
  // Ages of about 1: the parameters then are of the same size whatever the unit of time.
  const unit = weighted(groups, groups.age) / customers;
  const scaled: HistoryGroups = {
    ...groups,
    recency: groups.recency.map((time) => time / unit),
    age: groups.age.map((time) => time / unit),
  };
  const objective = model.objective(scaled);
  const few = thinned(scaled);
  const tried = few === scaled ? objective : model.objective(few);
  const firsts = model.starts(purchases / customers).map((start) => lbfgs(tried, start.map(Math.log), NEAR));
  const first = firsts.reduce((least, fit) => (fit.value < least.value ? fit : least));
  const reached = few === scaled ? first : lbfgs(objective, stepped(objective, tried, first.x, few, customers), NEAR);
  const information = observedInformation(objective, reached.x);
  const best = newtonStep(objective, reached, information.covariance);
  const values = model.parameters.map((parameter, i) => {
    return Math.exp(best.x[i]!) * (model.times.includes(parameter) ? unit : 1);
  });
  return {
    model: name,
    parameters: parameterEstimates(model.parameters, values, information, confidence),
    logLikelihood: -best.value - purchases * Math.log(unit),
    customers,
    converged: reached.converged,
    covariance: information.covariance,
    confidence,
    warnings: warningsOf(groups, reached.converged, information.isFlat),
  };
}

/** Of many histories an even part: enough to tell which start leads where. */
function thinned(groups: HistoryGroups): HistoryGroups {
  const every = Math.floor(groups.customers.length / ENOUGH_HISTORIES);
  if (every < 2) return groups;
  const part = (values: Float64Array): Float64Array => values.filter((_, g) => g % every === 0);
  return {
    frequency: part(groups.frequency),
    recency: part(groups.recency),
    age: part(groups.age),
    customers: part(groups.customers),
    groupOf: groups.groupOf,
  };
}

/**
 * From where the likelihood of a part is highest, by Newton's steps with the part's own curvature for that of all: each
 * costs one look at all histories, and leaves about a tenth of the way.
 */
function stepped(
  objective: Objective,
  ofPart: Objective,
  from: Float64Array,
  { customers: part }: HistoryGroups,
  customers: number,
): Float64Array {
  const { covariance, isFlat } = observedInformation(ofPart, from);
  if (isFlat) return from;
  const share = part.reduce((sum, count) => sum + count, 0) / customers;
  const scaled = { ...covariance, values: covariance.values.map((value) => value * share) };
  const gradient: Float64Array = new Float64Array(from.length);
  let place: Parameters<typeof newtonStep>[1] = { x: from, value: objective(from, gradient), gradient };
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const next = newtonStep(objective, place, scaled);
    const gain = place.value - next.value;
    place = next;
    if (gain < ENOUGH_GAIN) break;
  }
  return place.x;
}

/** The model of a fit. */
export function modelOf(name: BuyerModelName): BuyerModel {
  const model = MODELS[name] as BuyerModel | undefined;
  if (model) return model;
  const names = Object.keys(MODELS).join(', ');
  throw new LevainError({ code: 'bad-parameter', message: `There is no model ${name}; there are ${names}.` });
}

/** The parameters of a fit as numbers. */
export function parametersOf({ parameters }: BuyerFit): Float64Array {
  return Float64Array.from(parameters, ({ value }) => value);
}

function weighted({ customers }: HistoryGroups, values: Float64Array): number {
  return values.reduce((sum, value, g) => sum + customers[g]! * value, 0);
}

function checkEnough(groups: HistoryGroups): void {
  const customers = groups.groupOf.length;
  if (customers < LEAST_CUSTOMERS) {
    throw new LevainError({
      code: 'too-few-customers',
      message: `There are ${customers} customers; how customers differ takes at least ${LEAST_CUSTOMERS}, and better some hundreds.`,
      hint: 'Take a longer period, or every shop together.',
    });
  }
  if (groups.frequency.every((x) => x === 0)) {
    throw new LevainError({
      code: 'no-repeat-buyers',
      message: `None of the ${customers} customers bought on a second day: nothing tells how often they buy, or whether they left.`,
      hint: 'Take a longer period, and check that the customer column names the same customer each time.',
    });
  }
}

function warningsOf(groups: HistoryGroups, converged: boolean, isFlat: boolean): Warning[] {
  const warnings: Warning[] = [];
  const buyers = groups.frequency.reduce((sum, x, g) => sum + (x > 0 ? groups.customers[g]! : 0), 0);
  if (buyers < FEW_BUYERS) {
    const message = `Only ${buyers} customers bought again: how customers differ is hardly known.`;
    warnings.push({ code: 'few-repeat-buyers', message });
  }
  if (!converged) {
    const message = 'The fit did not settle: its numbers are not the most likely ones.';
    warnings.push({ code: 'not-converged', message });
  }
  if (isFlat) {
    const message =
      'These customers do not tell all parameters apart: several sets of them fit as well. Expected purchases may still be right, single parameters are not to be read.';
    warnings.push({ code: 'flat-likelihood', message });
  }
  return warnings;
}

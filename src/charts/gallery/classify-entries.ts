import { seededRandom } from '../../base/random';
import { platt, plattProbabilities } from '../../stats/classify/calibrate/platt';
import { treeShap } from '../../stats/classify/explain/tree-shap';
import { logistic } from '../../stats/classify/logistic/logistic';
import { logisticProbabilities, sigmoid } from '../../stats/classify/logistic/model';
import { calibrationCurve } from '../../stats/classify/metrics/calibration-curve';
import { gainsTable } from '../../stats/classify/metrics/gains';
import { precisionRecallCurve } from '../../stats/classify/metrics/precision-recall';
import { areaUnderRoc, rocCurve } from '../../stats/classify/metrics/roc';
import { boostTrees } from '../../stats/classify/trees/boost';
import { treeProbabilities } from '../../stats/classify/trees/predict';
import { calibration, gains, precisionRecall, roc, shapBeeswarm, shapWaterfall } from '..';
import type { Entry } from './entry';

const ROWS = 800;
const random = seededRandom(11);
const silent = Array.from({ length: ROWS }, () => Math.round(-40 * Math.log(1 - random.uniform())));
const orders = Array.from({ length: ROWS }, () => 1 + Math.floor(-4 * Math.log(1 - random.uniform())));
const channel = Array.from({ length: ROWS }, () => ['search', 'leaflets', 'friends'][random.integer(3)]!);
const chance = silent.map((days, i) =>
  sigmoid(-1.6 + 1.4 * Number(days > 45) + days / 60 - 0.35 * Math.min(orders[i]!, 8) + 0.8 * Number(channel[i] === 'leaflets')),
); // prettier-ignore
const left = chance.map((p) => Number(random.uniform() < p));

const features = [
  { name: 'days silent', values: silent },
  { name: 'orders', values: orders },
  { name: 'first came by', values: channel },
];
const numbers = features.slice(0, 2) as { name: string; values: number[] }[];
const trees = boostTrees(left, features, { rounds: 60 });
const said = treeProbabilities(trees, features);
const plain = logisticProbabilities(logistic(left, numbers), numbers);
const contributions = treeShap(trees, features);
const sure = chance.map((p) => sigmoid(1.9 * Math.log(p / (1 - p)) - 0.2));
const unlikely = said.indexOf(Math.max(...said));

export const classifyEntries: readonly Entry[] = [
  {
    name: 'roc',
    draw: () =>
      roc(
        [
          { name: 'trees', points: rocCurve(left, said), area: areaUnderRoc(left, said) },
          { name: 'logistic', points: rocCurve(left, plain), area: areaUnderRoc(left, plain) },
        ],
        { chosen: 0.5, title: 'Trees tell them apart somewhat better', caption: '800 customers; dot: the threshold' },
      ),
  },
  {
    name: 'precision-recall',
    draw: () =>
      precisionRecall([{ points: precisionRecallCurve(left, said), area: { value: 0.72, lower: 0.67, upper: 0.77 } }], {
        chosen: 0.5,
        title: 'Of those pointed at, seven in ten leave',
        caption: '800 customers; dot: the threshold',
      }),
  },
  {
    name: 'gains',
    draw: () =>
      gains(gainsTable(left, said), {
        chosen: 0.34,
        title: 'The first third holds most who leave',
        caption: '800 customers in tenths; band: 90 % interval',
      }),
  },
  {
    name: 'calibration',
    draw: () =>
      calibration(calibrationCurve(left, plattProbabilities(platt(left, sure), sure)), {
        before: calibrationCurve(left, sure),
        title: 'Once calibrated, what is said comes true',
        caption: '800 customers in tenths; lines: 90 % intervals; rings: before',
      }),
  },
  {
    name: 'shap-beeswarm',
    draw: () =>
      shapBeeswarm(contributions, features, {
        title: 'Silence says most',
        caption: '267 of 800 customers',
      }),
  },
  {
    name: 'shap-waterfall',
    draw: () =>
      shapWaterfall(contributions, features, unlikely, {
        title: 'Silent for long after few orders',
        caption: 'The customer with the highest score',
      }),
  },
];

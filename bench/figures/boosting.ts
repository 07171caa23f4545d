import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/base/random';
import type { Feature } from '../../src/stats/classify/features';
import { sigmoid } from '../../src/stats/classify/logistic/model';
import { areaUnderRoc } from '../../src/stats/classify/metrics/roc';
import { binningOf, binValues } from '../../src/stats/classify/trees/bins';
import { boostTrees } from '../../src/stats/classify/trees/boost';
import { treeProbabilities } from '../../src/stats/classify/trees/predict';
import { cpuSeconds } from '../cpu';
import { DATA } from '../data';
import type { Bench } from '../figure';
import { median, times } from '../measure';
import { hasPython, runPython } from '../rivals/python';

const [ROWS, HELD, COLUMNS] = [200_000, 50_000, 30];
const [TREES, LEAVES] = [100, 31];
const ROUNDS = 5;
const REACH = 1.5;

interface Rival {
  readonly seconds: number[];
  readonly auc: number;
  readonly loss: number;
}

/**
 * Boosted trees beside scikit-learn's on histograms: CPU seconds on one thread, binning included, and how both rank rows
 * held out. Bins differ a little, and where only two columns together tell something, that decides which of them a tree
 * happens on; so how they rank is compared on the same bins, where both must come to the same loss.
 */
export const boosting: Bench = () => {
  const { columns, y } = drawn();
  const features = columns.map((values, j) => ({ name: `x${j}`, values: values.subarray(0, ROWS) }));
  const held = columns.map((values, j) => ({ name: `x${j}`, values: values.subarray(ROWS) }));
  // As scikit-learn's: no pull towards 0, at least 20 rows a leaf, rate 0.1.
  const options = { rounds: TREES, leaves: LEAVES, lambda: 0, minRows: 20, learningRate: 0.1 };
  const fit = () => boostTrees(y.subarray(0, ROWS), features, options);
  let model = fit();
  const ours = cpuSeconds(ROUNDS, () => (model = fit()));
  const auc = areaUnderRoc(y.subarray(ROWS), treeProbabilities(model, held)).value;
  const what = `boosted trees, ${ROWS.toLocaleString('en')} × ${COLUMNS}, ${TREES} trees of ${LEAVES} leaves`;
  const told = `${ours.toFixed(2)} CPU s, AUC ${auc.toFixed(4)}`;
  if (!hasPython('sklearn')) {
    return Promise.resolve([{ what, ours: told, rival: 'not installed: apt install python3-sklearn' }]);
  }
  const sizes = [ROWS, HELD, COLUMNS, TREES, LEAVES].map(String);
  const rivalOn = (name: string, values: readonly Float64Array[], rounds: number): Rival => {
    const path = join(DATA, name);
    writeFileSync(path, Buffer.concat([...values, y].map((column) => Buffer.from(column.buffer))));
    return runPython('boosting.py', path, ...sizes, String(rounds)) as Rival;
  };
  const rival = rivalOn('boosting.f64', columns, ROUNDS);
  const binned = rivalOn('boosting-bins.f64', columns.map((values, j) => binsOf(features[j]!, values)), 1); // prettier-ignore
  const apart = Math.abs(binned.loss - model.trainingLoss.at(-1)!);
  if (apart > 1e-6) throw new Error(`On the same bins the losses are ${apart} apart.`);
  const ratio = ours / median(rival.seconds);
  return Promise.resolve([
    {
      what,
      ours: `${told} (${times(ratio)})`,
      rival: `scikit-learn, histograms: ${median(rival.seconds).toFixed(2)} CPU s, AUC ${rival.auc.toFixed(4)}; on our bins ${binned.auc.toFixed(4)}, loss apart by ${apart.toExponential(0)}`,
      reach: `≤ ${times(REACH)}, AUC within 0.002 on the same bins`,
      met: ratio <= REACH && Math.abs(auc - binned.auc) <= 0.002,
    },
  ]);
};

/** The bins that our trees see, as numbers. */
function binsOf(feature: Feature, values: Float64Array): Float64Array {
  const bins = new Uint8Array(values.length);
  binValues(binningOf(feature, []), { name: feature.name, kind: 'number', values }, bins);
  return Float64Array.from(bins);
}

/** Thirty columns of which ten matter: in steps, bends and pairs. */
function drawn() {
  const random = seededRandom(31);
  const rows = ROWS + HELD;
  const columns = Array.from({ length: COLUMNS }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const x = (j: number): number => columns[j]![i]!;
    const odds =
      0.8 * x(0) - 0.6 * Math.abs(x(1)) + Number(x(2) > 0.5) + 0.7 * x(3) * x(4) + 0.5 * Math.sin(2 * x(5)) +
      0.4 * x(6) - 0.3 * x(7) ** 2 + 0.5 * Number(x(8) * x(9) > 0) - 0.4; // prettier-ignore
    return Number(random.uniform() < sigmoid(odds));
  });
  return { columns, y };
}

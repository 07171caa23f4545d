import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/base/random';
import { logistic as fitLogistic } from '../../src/stats/classify/logistic/logistic';
import { sigmoid } from '../../src/stats/classify/logistic/model';
import { cpuSeconds } from '../cpu';
import { DATA } from '../data';
import type { Bench } from '../figure';
import { median, times } from '../measure';
import { hasPython, runPython } from '../rivals/python';

const [ROWS, COLUMNS] = [200_000, 30];
const ROUNDS = 5;
const TOLERANCE = 1e-6;

interface Rival {
  readonly seconds: number[];
  readonly slope: number;
  readonly iterations: number;
  readonly coefficients: number[];
}

/** Logistic regression, standard errors and all, beside scikit-learn's L-BFGS without them; CPU seconds on one thread. */
export const logistic: Bench = () => {
  const { columns, y } = drawn();
  const predictors = columns.map((values, j) => ({ name: `x${j}`, values }));
  let fit = fitLogistic(y, predictors, { tolerance: TOLERANCE });
  const ours = cpuSeconds(ROUNDS, () => (fit = fitLogistic(y, predictors, { tolerance: TOLERANCE })));
  const what = `logistic regression, ${ROWS.toLocaleString('en')} × ${COLUMNS}, to a gradient of ${TOLERANCE}`;
  const told = `${ours.toFixed(3)} CPU s with standard errors, ${fit.iterations} rounds`;
  if (!hasPython('sklearn')) {
    return Promise.resolve([{ what, ours: told, rival: 'not installed: apt install python3-sklearn' }]);
  }
  const path = join(DATA, 'logistic.f64');
  writeFileSync(path, Buffer.concat([...columns, y].map((values) => Buffer.from(values.buffer))));
  const rival = runPython('logistic.py', path, ...[ROWS, COLUMNS, TOLERANCE, ROUNDS].map(String)) as Rival;
  if (!(rival.slope <= TOLERANCE)) throw new Error(`scikit-learn stopped at a gradient of ${rival.slope}.`);
  const apart = Math.max(...rival.coefficients.map((value, j) => Math.abs(value - fit.coefficients[j]!)));
  if (apart > 1e-3) throw new Error(`A coefficient is ${apart} from scikit-learn's.`);
  const ratio = ours / median(rival.seconds);
  return Promise.resolve([
    {
      what,
      ours: `${told} (${times(ratio)}), coefficients apart by ${apart.toExponential(0)} at most`,
      rival: `scikit-learn, L-BFGS: ${median(rival.seconds).toFixed(3)} CPU s, ${rival.iterations} rounds, gradient ${rival.slope.toExponential(0)}`,
      reach: `≤ ${times(1)}`,
      met: ratio <= 1,
    },
  ]);
};

/** Columns of mean 0 and deviation 1 that lean on their neighbours, and an outcome with about a fifth of ones. */
function drawn() {
  const random = seededRandom(30);
  const columns = Array.from({ length: COLUMNS }, () => new Float64Array(ROWS));
  const effects = Array.from({ length: COLUMNS }, () => 0.4 * random.normal());
  const y = new Float64Array(ROWS);
  for (let i = 0; i < ROWS; i++) {
    let [odds, before] = [-1.8, random.normal()];
    for (let j = 0; j < COLUMNS; j++) {
      before = 0.6 * before + 0.8 * random.normal();
      columns[j]![i] = before;
      odds += effects[j]! * before;
    }
    y[i] = Number(random.uniform() < sigmoid(odds));
  }
  return { columns, y };
}

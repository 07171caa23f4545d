import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/base/random';
import { kMeans } from '../../src/stats/cluster/k-means';
import { pickRows, transpose, zeros, type Matrix } from '../../src/stats/linear/matrix';
import { cpuSeconds } from '../cpu';
import { DATA } from '../data';
import type { Bench, Figure } from '../figure';
import { median, times } from '../measure';
import { hasPython, runPython } from '../rivals/python';

const [ROWS, COLUMNS, K] = [1_000_000, 8, 8];
const ROUNDS = 5;

/** k-means of a million rows from the same centres as scikit-learn, each on one thread, in CPU seconds. */
export const kmeans: Bench = async function* () {
  yield await Promise.resolve(measured('eight clusters that overlap', clustered(2)));
  yield await Promise.resolve(measured('one cloud without clusters', clustered(Infinity)));
};

function measured(what: string, data: Matrix): Figure {
  const initial = pickRows(
    data,
    Uint32Array.from({ length: K }, (_, i) => i),
  );
  let found = kMeans(data, { k: K, initial });
  const ours = cpuSeconds(ROUNDS, () => (found = kMeans(data, { k: K, initial })));
  const about = `k-means, ${ROWS.toLocaleString('en')} × ${COLUMNS}, k = ${K}, one start, ${what}`;
  const told = `${ours.toFixed(2)} CPU s, ${found.iterations} rounds`;
  if (!hasPython('sklearn')) return { what: about, ours: told, rival: 'not installed: apt install python3-sklearn' };
  const path = join(DATA, 'kmeans.f64');
  writeFileSync(path, new Uint8Array(transpose(data).values.buffer));
  const args = [ROWS, COLUMNS, K, ROUNDS].map(String);
  const rival = runPython('kmeans.py', path, ...args) as { seconds: number[]; inertia: number; iterations: number };
  const apart = Math.abs(found.inertia / rival.inertia - 1);
  if (apart > 1e-4) throw new Error(`inertia ${found.inertia} is not scikit-learn's ${rival.inertia}`);
  const ratio = ours / median(rival.seconds);
  return {
    what: about,
    ours: `${told} (${times(ratio)}), inertia apart by ${apart.toExponential(0)}`,
    rival: `scikit-learn, one thread: ${median(rival.seconds).toFixed(2)} CPU s, ${rival.iterations} rounds`,
    reach: `≤ ${times(1)}`,
    met: ratio <= 1,
  };
}

/** Points around eight centres, at a distance from them of `spread` beside the centres' own 3; all around one for ∞. */
function clustered(spread: number): Matrix {
  const random = seededRandom(8);
  const centers = Array.from({ length: K }, () => Array.from({ length: COLUMNS }, () => 3 * random.normal()));
  const data = zeros(ROWS, COLUMNS);
  for (let i = 0; i < ROWS; i++) {
    const center = centers[random.integer(K)]!;
    for (let j = 0; j < COLUMNS; j++) {
      data.values[j * ROWS + i] = Number.isFinite(spread) ? center[j]! + spread * random.normal() : random.normal();
    }
  }
  return data;
}

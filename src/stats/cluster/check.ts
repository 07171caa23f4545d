import { LevainError } from '../../base/problem';
import { checkFinite } from '../linear/check';
import type { Matrix } from '../linear/matrix';

/** Throws where `k` clusters cannot be looked for among the rows of a matrix. */
export function checkClusters(what: string, data: Matrix, k: number): void {
  if (!Number.isInteger(k) || k < 1) {
    throw new LevainError({
      code: 'bad-parameter',
      message: `The number of clusters must be a whole number from 1; it is ${k}.`,
    });
  }
  if (data.rows < k || data.columns < 1) {
    throw new LevainError({
      code: 'too-few-rows',
      message: `${k} clusters need at least ${k} rows and a column; there are ${data.rows} rows and ${data.columns} columns.`,
      hint: 'Ask for fewer clusters, or bring more customers.',
    });
  }
  checkFinite(what, data);
}

/** Throws unless given centres are k × d finite numbers. */
export function checkInitial(initial: Matrix, k: number, d: number): void {
  checkFinite('start', initial);
  if (initial.rows === k && initial.columns === d) return;
  const message = `The initial centres must be ${k} × ${d}; they are ${initial.rows} × ${initial.columns}.`;
  throw new LevainError({ code: 'bad-shape', message });
}

/** Throws unless there is one label a row, each a whole number from 0. Returns how many clusters they tell of. */
export function checkLabels(labels: ArrayLike<number>, rows: number): number {
  if (labels.length !== rows) {
    const message = `There are ${labels.length} labels for ${rows} rows.`;
    throw new LevainError({ code: 'unequal-lengths', message });
  }
  let most = -1;
  for (let i = 0; i < rows; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0) {
      const message = `Labels are whole numbers from 0; that of row ${i + 1} is ${label}.`;
      throw new LevainError({ code: 'bad-parameter', message });
    }
    most = Math.max(most, label);
  }
  return most + 1;
}

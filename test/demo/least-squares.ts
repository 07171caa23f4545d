/** Ordinary least squares by the normal equations and Gauss-Jordan: the plain oracle of these tests. */
export function leastSquares(
  columns: readonly number[][],
  y: ArrayLike<number>,
): { coefficients: number[]; standardErrors: number[] } {
  const k = columns.length;
  const n = y.length;
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    let total = 0;
    for (let i = 0; i < n; i++) total += a[i]! * b[i]!;
    return total;
  };
  const work = columns.map((a, i) => [...columns.map((b) => dot(a, b)), ...columns.map((_, j) => Number(i === j))]);
  for (let i = 0; i < k; i++) {
    const pivot = work
      .slice(i)
      .reduce((best, row, j) => (Math.abs(row[i]!) > Math.abs(work[best]![i]!) ? i + j : best), i);
    [work[i], work[pivot]] = [work[pivot]!, work[i]!];
    const scale = work[i]![i]!;
    work[i] = work[i]!.map((value) => value / scale);
    for (let row = 0; row < k; row++) {
      const factor = work[row]![i]!;
      if (row !== i) work[row] = work[row]!.map((value, j) => value - factor * work[i]![j]!);
    }
  }
  const inverse = work.map((row) => row.slice(k));
  const right = columns.map((column) => dot(column, y));
  const coefficients = inverse.map((row) => row.reduce((total, value, j) => total + value * right[j]!, 0));
  let residual = 0;
  for (let i = 0; i < n; i++) {
    const fitted = columns.reduce((total, column, j) => total + column[i]! * coefficients[j]!, 0);
    residual += (y[i]! - fitted) ** 2;
  }
  const variance = residual / (n - k);
  return { coefficients, standardErrors: inverse.map((row, i) => Math.sqrt(row[i]! * variance)) };
}

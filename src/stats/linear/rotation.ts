import { column, type Matrix } from './matrix';

/** J = [c s; −s c] in the plane of two columns. */
export interface Rotation {
  readonly cosine: number;
  readonly sine: number;
}

/** The smaller rotation that makes the symmetric [[a, off], [off, b]] diagonal. */
export function rotationOf(a: number, b: number, off: number): Rotation {
  const slope = (b - a) / (2 * off);
  const tangent = (slope >= 0 ? 1 : -1) / (Math.abs(slope) + Math.hypot(1, slope));
  const cosine = 1 / Math.hypot(1, tangent);
  return { cosine, sine: tangent * cosine };
}

/** Turns columns p and q of A in place: A ← AJ. */
export function rotateColumns(a: Matrix, p: number, q: number, { cosine, sine }: Rotation): void {
  const [left, right] = [column(a, p), column(a, q)];
  for (let i = 0; i < a.rows; i++) {
    const [x, y] = [left[i]!, right[i]!];
    left[i] = cosine * x - sine * y;
    right[i] = sine * x + cosine * y;
  }
}

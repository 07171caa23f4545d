import { LevainError } from '../../base/problem';
import { probability } from './arguments';
import { normalQuantile } from './normal';

/**
 * The t with P(T ≤ t) = p for Student's distribution with a whole number of degrees of freedom.
 *
 * Up to 1,000 degrees by bisection on the finite sums of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4; above, by the
 * expansion around the normal quantile, 26.7.5, then good to 9 digits.
 *
 * @param p strictly between 0 and 1
 * @param degrees ν, a whole number ≥ 1
 * @throws LevainError `bad-parameter`
 * @example Math.round(studentTQuantile(0.975, 6) * 1e4) / 1e4 // => 2.4469
 */
export function studentTQuantile(p: number, degrees: number): number {
  probability('Student t', 'probability', p);
  if (p === 0 || p === 1 || !Number.isInteger(degrees) || degrees < 1) {
    const message = `Student's t needs a probability between 0 and 1 and whole degrees of freedom from 1 up; it got ${p} and ${degrees}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  if (p < 0.5) return -studentTQuantile(1 - p, degrees);
  if (degrees > 1000) return expansion(normalQuantile(p), degrees);
  const within = 2 * p - 1;
  let [low, high] = [0, Math.PI / 2];
  while (true) {
    const angle = (low + high) / 2;
    if (angle <= low || angle >= high) return Math.sqrt(degrees) * Math.tan(angle);
    if (probabilityWithin(angle, degrees) < within) low = angle;
    else high = angle;
  }
}

/** P(|T| ≤ √ν·tan θ). */
function probabilityWithin(angle: number, degrees: number): number {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const odd = degrees % 2 === 1;
  if (degrees === 1) return (2 * angle) / Math.PI;
  let term = odd ? cos : 1;
  let sum = term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * cos * cos;
    sum += term;
  }
  return odd ? (2 * (angle + sin * sum)) / Math.PI : sin * sum;
}

function expansion(z: number, degrees: number): number {
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + first / degrees + second / degrees ** 2;
}

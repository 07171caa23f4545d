import { seededRandom, type Random } from '../../src/base/random';

/** A source for one case of many. Neighbouring seeds begin with much the same draws, so these are scattered and warmed up. */
export function caseRandom(seed: number): Random {
  const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1));
  for (let draw = 0; draw < 8; draw++) random.uniform();
  return random;
}

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer on [0, n). */
  integer(n: number): number;
  /** Standard normal, by Marsaglia's polar method. */
  normal(): number;
}

/** Creates a {@link Random} from an integer seed (xoroshiro128+ of `pure-rand`). */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  let spare: number | undefined;

  function uniform(): number {
    const high = generator.next() >>> 5;
    const low = generator.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  }

  return { uniform, integer: (n) => Math.floor(uniform() * n), normal };
}

import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { LevainError } from './problem';

/** A seeded source of random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer on [0, n). */
  integer(n: number): number;
  /** Standard normal, by Marsaglia's polar method. */
  normal(): number;
}

/** Where a sequence stands: plain data, from which it goes on elsewhere. */
export interface RandomState {
  readonly words: readonly number[];
  /** The second normal of a pair, when the first was taken. */
  readonly spare: number | undefined;
}

export interface SeededRandom extends Random {
  state(): RandomState;
}

/**
 * Creates a {@link Random} from an integer seed: xoroshiro128+ of `pure-rand`, started where SplitMix64 takes the seed.
 * Started from the seed itself, neighbouring seeds would begin alike, and samples of seeds 1, 2, 3… would not be
 * independent. A seed that is no safe integer is refused with `bad-seed`.
 */
export function seededRandom(seed: number): SeededRandom {
  return randomFrom({ words: spread(seed), spare: undefined });
}

/** Goes on with a sequence where it stood. */
export function randomFrom({ words, spare: kept }: RandomState): SeededRandom {
  const generator = xoroshiro128plusFromState(words);
  let spare = kept;

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

  return {
    uniform,
    integer: (n) => Math.floor(uniform() * n),
    normal,
    state: () => ({ words: generator.getState(), spare }),
  };
}

const GOLDEN = 0x9e3779b97f4a7c15n;

/** 128 bits of state as four signed words: two steps of SplitMix64 (Steele, Lea & Flood, 2014) from the seed. */
function spread(seed: number): number[] {
  if (!Number.isSafeInteger(seed)) {
    throw new LevainError({ code: 'bad-seed', message: `A seed must be a whole number, not ${String(seed)}.` });
  }
  return [1n, 2n].flatMap((step) => {
    const word = mixed(BigInt(seed) + step * GOLDEN);
    return [Number(word >> 32n) | 0, Number(word & 0xffffffffn) | 0];
  });
}

/** SplitMix64's finaliser: each bit of the input turns each bit of the output in half of the cases. */
function mixed(value: bigint): bigint {
  let z = BigInt.asUintN(64, value);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

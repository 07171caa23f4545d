import { LevainError } from '../../base/problem';

/**
 * Each chain as its first and its second half (a middle draw is left out), so that a chain that drifts disagrees with
 * itself.
 *
 * @param chains draws of one quantity, one array a chain; at least 4 draws each, equally many
 * @throws LevainError `too-few-values`, `unequal-lengths`, `not-finite`
 */
export function splitChains(chains: readonly Float64Array[]): Float64Array[] {
  checkChains(chains);
  return chains.flatMap((chain) => {
    const half = chain.length >> 1;
    return [chain.subarray(0, half), chain.subarray(chain.length - half)];
  });
}

function checkChains(chains: readonly Float64Array[]): void {
  const draws = chains[0]?.length ?? 0;
  if (draws < 4) {
    const message = `Convergence is judged from at least 4 draws of at least one chain; there are ${draws}.`;
    throw new LevainError({ code: 'too-few-values', message });
  }
  chains.forEach((chain, c) => {
    if (chain.length !== draws) {
      const message = `Chain ${c + 1} has ${chain.length} draws where the first has ${draws}.`;
      throw new LevainError({ code: 'unequal-lengths', message });
    }
    const bad = chain.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      const message = `Draw ${bad + 1} of chain ${c + 1} is ${chain[bad]}, not a number to judge convergence by.`;
      throw new LevainError({ code: 'not-finite', message });
    }
  });
}

/** All draws in one array, chain after chain. */
export function pooled(chains: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(chains.reduce((sum, chain) => sum + chain.length, 0));
  let filled = 0;
  for (const chain of chains) {
    all.set(chain, filled);
    filled += chain.length;
  }
  return all;
}

/** Every draw through a function, chain by chain. */
export function mapChains(chains: readonly Float64Array[], f: (value: number) => number): Float64Array[] {
  return chains.map((chain) => chain.map(f));
}

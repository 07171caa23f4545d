import type { Random } from '../base/random';

/**
 * Weighted members, of whom one is drawn with probability weight / total: a Fenwick tree, so that a draw and a change of
 * weight take log₂(size) steps.
 */
export interface Pool {
  readonly total: () => number;
  /** Adds a member and gives its number, counting from 0. */
  readonly add: (weight: number) => number;
  readonly remove: (member: number) => void;
  readonly draw: (random: Random) => number;
}

/** An empty pool for at most `capacity` members. */
export function createPool(capacity: number): Pool {
  let size = 1;
  while (size < capacity) size *= 2;
  const tree = new Float64Array(size + 1);
  const weights = new Float64Array(size);
  let members = 0;
  let alive = 0;

  function change(member: number, by: number): void {
    for (let i = member + 1; i <= size; i += i & -i) tree[i]! += by;
  }

  return {
    total: () => (alive === 0 ? 0 : Math.max(0, tree[size]!)),
    add(weight) {
      weights[members] = weight;
      change(members, weight);
      alive++;
      return members++;
    },
    remove(member) {
      if (weights[member] === 0) return;
      change(member, -weights[member]!);
      weights[member] = 0;
      alive--;
    },
    draw(random) {
      for (;;) {
        let rest = random.uniform() * tree[size]!;
        let at = 0;
        for (let step = size / 2; step >= 1; step /= 2) {
          if (tree[at + step]! <= rest) {
            at += step;
            rest -= tree[at]!;
          }
        }
        // Rounding left by removals can point at a member who is gone: draw again.
        if (at < members && weights[at]! > 0) return at;
      }
    },
  };
}

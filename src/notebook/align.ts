/** Above so many comparisons the middle counts as replaced whole: a difference of such texts is nothing to read. */
const MOST_COMPARISONS = 4_000_000;

/**
 * A longest common subsequence of two lists, as pairs of indices. What both begin and end with is matched first.
 *
 * @example align(['a', 'b', 'c'], ['a', 'x', 'c']) // => [[0, 0], [2, 2]]
 */
export function align(before: readonly string[], after: readonly string[]): [number, number][] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const pairs = Array.from({ length: head }, (_, i): [number, number] => [i, i]);
  for (const [i, j] of middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail))) {
    pairs.push([head + i, head + j]);
  }
  for (let k = tail; k > 0; k--) pairs.push([before.length - k, after.length - k]);
  return pairs;
}

/** By the usual table of lengths, filled from the end so that the pairs come in order. */
function middle(before: readonly string[], after: readonly string[]): [number, number][] {
  const rows = before.length;
  const width = after.length + 1;
  if (rows * width > MOST_COMPARISONS) return [];
  const lengths = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] =
        before[i] === after[j] ? lengths[at + width + 1]! + 1 : Math.max(lengths[at + width]!, lengths[at + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < after.length;) {
    const at = i * width + j;
    if (before[i] === after[j]) pairs.push([i++, j++]);
    else if (lengths[at + width]! >= lengths[at + 1]!) i++;
    else j++;
  }
  return pairs;
}

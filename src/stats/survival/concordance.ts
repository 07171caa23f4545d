/**
 * Harrell's concordance: of the pairs of which it is known who ended first, the share in which that one had the higher
 * risk; equal risks count half. 0.5 is chance, 1 is a perfect order. Undefined where no pair can be compared.
 *
 * Source: Harrell, Lee and Mark (1996), Statistics in Medicine 15.
 *
 * @param time from the longest to the shortest
 * @param event 1 where it ended
 * @param risk higher for those expected to end sooner
 * @example concordance(Float64Array.of(3, 2, 1), Uint8Array.of(1, 1, 1), Float64Array.of(1, 2, 3)) // => 1
 */
export function concordance(time: Float64Array, event: Uint8Array, risk: Float64Array): number | undefined {
  const levels = Float64Array.from(new Set(risk)).sort();
  const placeOf = new Map(Array.from(levels, (value, place) => [value, place]));
  const tree = new Float64Array(levels.length + 1);
  const add = (place: number): void => {
    for (let k = place + 1; k < tree.length; k += k & -k) tree[k]!++;
  };
  /** How many so far are at this place or below. */
  const upTo = (place: number): number => {
    let count = 0;
    for (let k = place + 1; k > 0; k -= k & -k) count += tree[k]!;
    return count;
  };
  let [pairs, agreeing, later] = [0, 0, 0];
  for (let first = 0, last = 0; first < time.length; first = last) {
    for (last = first; last < time.length && time[last] === time[first]; last++) {
      if (event[last] === 0) {
        add(placeOf.get(risk[last]!)!);
        later++;
      }
    }
    for (let i = first; i < last; i++) {
      if (event[i] === 0) continue;
      const place = placeOf.get(risk[i]!)!;
      const [below, until] = [upTo(place - 1), upTo(place)];
      pairs += later;
      agreeing += below + (until - below) / 2;
    }
    for (let i = first; i < last; i++) {
      if (event[i] === 0) continue;
      add(placeOf.get(risk[i]!)!);
      later++;
    }
  }
  return pairs > 0 ? agreeing / pairs : undefined;
}

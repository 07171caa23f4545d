/**
 * The least number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`
 * (Damerau–Levenshtein, optimal string alignment). `distance('revnue', 'revenue')` is 1.
 */
export function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j += 1) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const row = rows[i]!;
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1);
    }
  }
  return rows[a.length]![b.length]!;
}

/**
 * The candidate that `name` begins, one slip allowed: `bestelungen` for `bestellungen_2024_03`. Only the shortest such,
 * and none for names of fewer than four letters, which begin too much.
 */
export function nearestBeginning(name: string, candidates: readonly string[]): string | undefined {
  if (name.length < 4) return undefined;
  const wanted = name.toLowerCase();
  const begun = candidates.filter((candidate) =>
    [-1, 0, 1].some((more) => distance(wanted, candidate.slice(0, name.length + more).toLowerCase()) <= 1),
  );
  return begun.sort((a, b) => a.length - b.length)[0];
}

/** The candidate nearest to `name`, without regard to case; undefined when none is near enough to be meant. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const found = distance(wanted, candidate.toLowerCase());
    if (found < least && candidate !== name) {
      best = candidate;
      least = found;
    }
  }
  return best;
}

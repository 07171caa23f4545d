/** Names made unique as DuckDB does it: the second `x` is `x_1`. Case does not make a name another one. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const seen = new Set<string>();
  return names.map((name) => {
    if (!seen.has(name.toLowerCase())) {
      seen.add(name.toLowerCase());
      return name;
    }
    let n = 1;
    while (taken.has(`${name}_${n}`.toLowerCase())) n++;
    const unique = `${name}_${n}`;
    taken.add(unique.toLowerCase());
    seen.add(unique.toLowerCase());
    return unique;
  });
}

/** Each name once, the first spelling kept, SQL's way: without regard to case. */
export function uniqueIgnoringCase(names: readonly string[], without: readonly string[] = []): string[] {
  const seen = new Set(without.map((name) => name.toLowerCase()));
  return names.filter((name) => {
    const key = name.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Each name once, exactly as written. */
export function unique(names: readonly string[], without: readonly string[] = []): string[] {
  const left = new Set(without);
  return [...new Set(names)].filter((name) => !left.has(name));
}

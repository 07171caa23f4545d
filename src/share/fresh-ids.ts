/** Gives ids as the format wants them (small letters and digits), each once, as near to the wanted one as they can be. */
export function freshIds(): (wanted: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (wanted) => {
    const stem = wanted.toLowerCase().replace(/[^a-z0-9]/g, '') || 'cell';
    let id = stem;
    let n = counts.get(stem) ?? 1;
    while (taken.has(id)) id = `${stem}x${++n}`;
    counts.set(stem, n);
    taken.add(id);
    return id;
  };
}

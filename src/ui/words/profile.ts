/** What a table holds, column by column. */
export const profile = {
  column: 'Column',
  type: 'Type',
  empty: 'Empty',
  distinct: 'Distinct',
  range: 'Range',
  values: 'Distribution',
  about: (n: string) => `about ${n}`,
  histogram: (min: string, max: string) => `Histogram from ${min} to ${max}`,
  others: (n: string) => `${n} more`,
  unique: 'all different',
  show: (n: number) => (n === 1 ? 'Show its column' : `Show its ${n} columns`),
  hide: 'Hide its columns',
  to: 'to',
} as const;

/** The words of the form that makes a chart of a table. */
export const chart = {
  open: 'Chart',
  of: (table: string): string => `Chart of ${table}`,
  kind: 'Kind',
  kinds: { line: 'Line', bars: 'Bars', points: 'Points', histogram: 'Histogram' },
  x: { line: 'Along', bars: 'A bar for each', points: 'Across', histogram: 'How often each' },
  y: 'Up',
  rows: 'number of rows',
  measure: 'Of the rows of each',
  measures: { sum: 'sum', mean: 'mean', median: 'median' },
  color: 'Colour by',
  noColor: 'nothing',
  add: 'Add chart',
} as const;

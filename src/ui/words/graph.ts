/** The words of the graph of cells. */
export const graph = {
  state: 'State',
  ok: (time: string): string => `up to date, took ${time}`,
  needs: 'Needs',
  needsNothing: 'nothing',
  needed: 'Needed by',
  neededByNothing: 'nothing',
  go: 'Go to it',
  hint: 'Choose a name to see what it needs, what needs it, and why it is out of date.',
} as const;

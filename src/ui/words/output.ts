import { locale } from '../../base/locale';

/** What a cell shows. */
export const output = {
  export: 'Save chart',
  svg: 'Save as SVG',
  png: 'Save as PNG',
  chart: 'Chart',
  tooLarge: 'The picture is too large for this browser.',
  wider: 'Scroll sideways to see the rest',
  rangeWaits: 'Not used yet: choose both days, the first before the last.',
  values: (n: number) => (n === 1 ? '1 more value' : `${n} more values`),
  log: 'Console',
  from: 'From',
  to: 'To',
  choose: 'Choose…',
  nothing: 'No rows to choose from.',
  showAll: (characters: number) => `Show all ${characters.toLocaleString(locale())} characters`,
  saveText: 'Save as text',
  empty: 'Nothing to show.',
  earlier: 'Result of the last good run',
} as const;

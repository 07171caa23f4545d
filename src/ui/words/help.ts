import { locale } from '../../base/locale';
/** The words of the help on functions. */
export const help = {
  title: 'Functions of levain',
  search: 'Search functions',
  none: 'No function is called or does that.',
  example: 'Example',
  insert: 'Insert as a cell',
  close: 'Close',
  more: (n: number): string => `and ${n.toLocaleString(locale())} more: search for them`,
} as const;

import { listed } from '../../base/listed';
import { locale } from '../../base/locale';
/** The words of find and replace. */
export const find = {
  label: 'Find in all cells',
  find: 'Find',
  replaceWith: 'Replace with',
  matchCase: 'Match case',
  word: 'Whole words',
  regex: 'Regular expression',
  previous: 'Previous match (Shift+Enter)',
  next: 'Next match (Enter)',
  replace: 'Replace',
  replaceAll: 'Replace all',
  showReplace: 'Show replace',
  hideReplace: 'Hide replace',
  close: 'Close (Escape)',
  of: (at: number, all: number): string =>
    all === 0 ? 'none' : `${at.toLocaleString(locale())} of ${all.toLocaleString(locale())}`,
  replaced: (places: number, cells: number, names: readonly string[]): string =>
    `Replaced in ${places === 1 ? '1 place' : `${places.toLocaleString(locale())} places`}${cells > 1 ? `, ${cells} cells` : ''}.${names.length > 0 ? ` ${listed(names)} ${names.length === 1 ? 'is' : 'are'} still called so: click ${names.length === 1 ? 'the name' : 'a name'} beside its cell to change it.` : ''}`,
} as const;

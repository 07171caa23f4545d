/** The words of the settings. */
export const settings = {
  title: 'Settings',
  theme: 'Look',
  density: 'Density',
  comfortable: 'Comfortable',
  compact: 'Compact',
  locale: 'Numbers and dates',
  ownLocale: 'Like the browser',
  autorun: 'Run what depends on a change by itself, where that is quick',
  keys: 'Keys',
  keysText: 'Press a button, then the new keys. Escape leaves them as they are, Backspace takes them away.',
  press: 'Press keys …',
  none: 'none',
  change: (title: string, keys: string): string => `${title}: ${keys || 'no keys'}. Change`,
  taken: (title: string): string => `These keys are those of “${title}”, which has none now.`,
  reset: 'All keys as they were',
  /** What the database is, and what it has of DuckDB's extensions, with why one is not there. */
  database: (version: string, loaded: readonly string[], failed: readonly { name: string; why: string }[]): string =>
    [
      `The database in this page is DuckDB ${version.replace(/^v/, '')}${loaded.length > 0 ? ` with ${loaded.join(', ')}` : ', without extensions'}.`,
      ...failed.map(({ name, why }) => `${name} was not loaded: ${why}`),
    ].join(' '),
  done: 'Done',
} as const;

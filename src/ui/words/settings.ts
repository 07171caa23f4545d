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
  done: 'Done',
} as const;

import type { CellState } from './cell-state';

const kinds = { sql: 'SQL', ts: 'TypeScript', md: 'Text', csv: 'Data' } as const;

/** All text of the interface, in one place. Functions where a sentence holds a value. */
export const strings = {
  kinds,
  cell: {
    label: (kind: keyof typeof kinds, name: string | undefined, position: number) =>
      name ? `${kinds[kind]} cell ${name}` : `${kinds[kind]} cell ${position}`,
    run: 'Run cell',
    stop: 'Stop cell',
    up: 'Move up',
    down: 'Move down',
    remove: 'Delete cell',
    fold: 'Hide code',
    unfold: 'Show code',
    kind: 'Kind of cell',
    name: 'Name of the cell',
    unnamed: 'name it',
    more: 'More',
    insertAbove: 'Insert above',
    insertBelow: 'Insert below',
    drag: 'Drag to move',
    tools: 'Cell tools',
    emptyCode: { sql: 'SELECT …', ts: '// TypeScript', md: 'Write text', csv: 'a,b' } as const,
    edit: 'Edit source',
  },
  problem: {
    title: 'Problem',
    line: (line: number) => `line ${line}`,
    apply: (text: string) => `Use ${text}`,
    loadFailed: 'This part of the page did not load. Reload the page and try again.',
  },
  output: {
    export: 'Save chart',
    svg: 'Save as SVG',
    png: 'Save as PNG',
    chart: 'Chart',
    values: (n: number) => (n === 1 ? '1 more value' : `${n} more values`),
    log: 'Console',
    from: 'From',
    to: 'To',
    choose: 'Choose…',
    nothing: 'No rows to choose from.',
    empty: 'Nothing to show.',
  },
  grid: {
    rows: (n: string, one: boolean) => (one ? '1 row' : `${n} rows`),
    filtered: (n: string, all: string) => `${n} of ${all} rows pass the filter`,
    empty: 'No rows.',
    noneLeft: 'No row passes the filter.',
    clear: 'Clear filters',
    copy: 'Copy',
    copied: (rows: string) => `Copied ${rows}.`,
    tooMany: (limit: string) => `Only the first ${limit} rows were copied. Export CSV takes all of them.`,
    copyFailed: 'The browser did not allow copying.',
    export: 'Export CSV',
    exportPlain: 'All rows as they are',
    exportEscaped: 'Safe for spreadsheets (formulas made text)',
    loading: 'loading',
    null: 'empty',
    sortedUp: 'ascending',
    sortedDown: 'descending',
    filter: (name: string) => `Filter ${name}`,
    sort: (name: string) => `Sort by ${name}`,
    contains: 'Contains',
    from: 'From',
    to: 'To',
    onlyNull: 'Only rows without a value',
    apply: 'Apply',
    remove: 'Clear',
    hint: 'Arrow keys move, Control C copies. On a column name, Enter sorts, F filters, Alt with left or right resizes.',
    resize: 'Drag to resize; double-click to fit',
  },
} as const;

/** `1.2 s`, `340 ms`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return '<1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}

/** A cell's state in a word, and the reason or figure that goes with it. */
export function stateText(state: CellState): { readonly word: string; readonly detail: string } {
  switch (state.status) {
    case 'idle':
      return { word: '', detail: '' };
    case 'stale':
      return { word: 'stale', detail: state.reason };
    case 'queued':
      return { word: 'waiting', detail: '' };
    case 'running':
      return { word: 'running', detail: '' };
    case 'ok':
      return { word: '', detail: duration(state.milliseconds) };
    case 'error':
      return { word: 'error', detail: '' };
    case 'blocked':
      return { word: 'blocked', detail: `waits for ${state.by}` };
    case 'cancelled':
      return { word: 'stopped', detail: '' };
    case 'disabled':
      return { word: 'off', detail: '' };
  }
}

import { locale } from '../base/locale';
import type { CellState } from './cell-state';
import { chart } from './words/chart';
import { commands } from './words/commands';
import { explore } from './words/explore';
import { find } from './words/find';
import { fits } from './words/fits';
import { graph } from './words/graph';
import { grid } from './words/grid';
import { help } from './words/help';
import { output } from './words/output';
import { page } from './words/page';
import { past } from './words/past';
import { profile } from './words/profile';
import { settings } from './words/settings';
import { share } from './words/share';
import { shareAs } from './words/share-as';
import { templates } from './words/templates';
import { tour } from './words/tour';

const kinds = {
  sql: 'SQL',
  ts: 'TypeScript',
  md: 'Text',
  csv: 'Small table',
  check: 'Check',
  metric: 'Metric',
} as const;

/** All text of the interface, in one place. Functions where a sentence holds a value. */
export const strings = {
  kinds,
  chart,
  commands,
  explore,
  find,
  fits,
  graph,
  grid,
  help,
  output,
  page,
  past,
  profile,
  settings,
  share,
  shareAs,
  templates,
  tour,
  undo: 'Undo',
  editor: {
    fold: 'Fold',
    unfold: 'Unfold',
    use: (text: string) => `Use ${text}`,
    newName: (name: string) => `New name of ${name} `,
  },
  cell: {
    label: (kind: keyof typeof kinds, name: string | undefined, position: number) =>
      name ? `${kinds[kind]} cell ${name}` : `${kinds[kind]} cell ${position}`,
    run: 'Run cell',
    stop: 'Stop cell',
    long: 'This cell has been running for more than 5 seconds. It may need longer, or never end.',
    stopIt: 'Stop it',
    up: 'Move up',
    down: 'Move down',
    remove: 'Delete cell',
    fold: 'Hide code',
    unfold: 'Show code',
    foldOutput: 'Hide output',
    unfoldOutput: 'Show output',
    /** Where the state of a cell is not shown beside it. */
    outdated: 'Worked out before the last change, and not since.',
    duplicate: 'Duplicate',
    merge: 'Merge with the cell below',
    format: 'Format',
    kind: 'Kind of cell',
    name: 'Name of the cell',
    unnamed: 'name it',
    more: 'More',
    insertAbove: 'Insert above',
    insertBelow: 'Insert below',
    drag: 'Drag to move; with Alt, a copy',
    tools: 'Cell tools',
    emptyCode: {
      sql: 'SELECT …',
      ts: '// TypeScript: Plot.plot(…), input.slider(…), await sql`SELECT …`',
      md: 'Write text',
      csv: 'a,b',
      check: 'orders.order_id is unique',
      metric: 'from: orders',
    } as const,
    edit: 'Edit source',
    insertHere: 'Add a cell here',
  },
  problem: {
    title: 'Problem',
    line: (line: number) => `line ${line}`,
    apply: (text: string) => `Use ${text}`,
    loadFailed: 'This part of the page did not load. Reload the page and try again.',
  },
  import: {
    into: 'Table name',
    reading: (name: string) => `Reading ${name}`,
    bytes: (done: string, total: string) => `${done} of ${total}`,
    cancel: 'Cancel',
    stopped: 'Stopped. Nothing of the file was kept.',
    again: 'Read again',
    how: 'How it was read',
    hide: 'Hide',
    doctor: (steps: number) =>
      steps === 0 ? 'What was found' : steps === 1 ? 'One thing was put right' : `${steps} things were put right`,
    doctorHint: 'Clear a box to have it as it stands in the file. The next export is read the same way.',
    before: 'before',
    after: 'after',
    remove: 'Remove table',
    done: (rows: string, columns: number, time: string) =>
      `${rows} ${rows === '1' ? 'row' : 'rows'}, ${columns} ${columns === 1 ? 'column' : 'columns'}, read in ${time}.`,
    rejected: (n: number) => (n === 1 ? '1 row was set aside' : `${n.toLocaleString(locale())} rows were set aside`),
    line: (n: number) => `line ${n.toLocaleString(locale())}`,
    more: (n: number) => `and ${n.toLocaleString(locale())} more`,
    saveRejects: (n: number, all: number) =>
      n < all ? `Save the first ${n.toLocaleString(locale())} as CSV` : 'Save them as CSV',
    aside: (n: number) => `${n.toLocaleString(locale())} set aside`,
    look: 'Look at the rows',
    close: 'Close (the table stays)',
    apply: 'Read again with these',
    encoding: 'Encoding',
    delimiter: 'Delimiter',
    quote: 'Quote',
    decimal: 'Decimal sign',
    header: 'First row holds the names',
    preamble: 'Lines before the table',
    nulls: 'Texts that mean empty',
    part: 'Rows from',
    alsoHolds: (n: number, what: 'table' | 'sheet') =>
      n === 1 ? `The file holds one more ${what}:` : `The file holds ${n} more ${what}s:`,
    tableInside: (columns: number, rows: number | undefined) =>
      rows === undefined
        ? `a view of ${columns} columns`
        : `${rows.toLocaleString(locale())} rows, ${columns.toLocaleString(locale())} columns`,
    readInside: 'Read it too',
    readInsideOf: (name: string) => `Read ${name} too`,
    sheet: 'Sheet',
    range: 'Cells',
    headerRow: 'Row of names (0: none)',
    columns: 'Columns',
    columnType: (name: string) => `Type of ${name}`,
    columnFormat: (name: string) => `Date format of ${name}`,
    from: (source: string) => `from “${source}”`,
    comma: 'comma ,',
    semicolon: 'semicolon ;',
    tab: 'tab',
    pipe: 'pipe |',
    doubleQuote: 'double "',
    singleQuote: "single '",
    noQuote: 'none',
    point: 'point 1.5',
    decimalComma: 'comma 1,5',
  },
  refreshed: {
    title: (file: string, table: string) => `${file} is now in ${table}.`,
    same: 'No result says anything else than before.',
    held: (names: readonly string[]) =>
      `Not worked out from it: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}. What they show is of the file before; look at the checks and errors.`,
    rows: (from: string, to: string, more: string) => `${from} → ${to} rows (${more})`,
    figure: (label: string, from: string, to: string) => `${label ? `${label}: ` : ''}${from} → ${to}`,
    undo: 'Undo',
    close: 'Close',
  },
  together: {
    found: (files: string) => `${files} have the same columns.`,
    join: 'Put them together',
    add: (name: string) => `Add it to ${name}`,
    replace: (file: string) => `Use it in place of ${file}`,
    done: (name: string) => `${name} holds their rows; _file says where each came from.`,
  },
  types: {
    VARCHAR: 'text',
    BIGINT: 'whole number',
    HUGEINT: 'whole number of any length',
    DOUBLE: 'number',
    BOOLEAN: 'yes or no',
    DATE: 'date',
    TIMESTAMP: 'date and time',
    TIME: 'time',
  },
  drop: {
    title: 'Drop to read',
    text: 'CSV, TSV, JSON, Excel or Parquet to read; .nb.md, .zip, .levain or .ipynb to open. Nothing leaves this page.',
  },
  palette: {
    label: 'Commands',
    search: 'Search commands, cells, tables, notebooks and functions',
    none: 'Nothing is called that.',
    groups: {
      cell: 'Cell',
      heading: 'Heading',
      table: 'Table',
      template: 'Template',
      notebook: 'Open notebook',
      help: 'Help',
    },
  },
  shortcuts: { title: 'Keyboard shortcuts', close: 'Close', or: 'or' },
  toast: { dismiss: 'Dismiss', region: 'Messages' },
  bar: {
    title: 'Title of the notebook',
    untitled: 'Untitled',
    runAll: 'Run all',
    runStale: (n: number) => (n === 1 ? 'Run 1 stale cell' : `Run ${n} stale cells`),
    stop: 'Stop',
    share: 'Share',
    savedTo: (name: string) => `Saved to ${name}.`,
    file: 'Notebook',
    theme: 'Light or dark',
    system: 'Like the system',
    light: 'Light',
    dark: 'Dark',
    help: 'Keyboard shortcuts (?)',
    commands: 'Commands',
    commandKeys: /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '') ? '⌘K' : 'Ctrl K',
    panel: 'Data, outline and graph',
  },
  panel: {
    label: 'Notebook panel',
    data: 'Data',
    outline: 'Outline',
    graph: 'Graph',
    close: 'Close panel',
    noData: 'No tables yet. Drop a CSV file anywhere on the page.',
    noOutline: 'Headings in text cells appear here.',
    noGraph: 'Cells that read each other appear here.',
    add: 'Add a file',
    toCell: 'Go to its cell',
    reads: (names: string) => `reads ${names}`,
  },
  empty: {
    title: 'Drop a CSV file here',
    text: 'Your shop’s orders, your ads, your visits: ask them in SQL and TypeScript, plot them, and keep it all as one readable file. Everything happens in this page; nothing is sent anywhere.',
    benefit: 'What your shop, ads and customers’ files say, answered in this browser.',
    pick: 'Open a file or a notebook',
    paste: 'Paste a table',
    blank: 'Start empty',
    sample: 'Try the sample bakery',
    sampleText: 'Three years of orders, ads and web visits of a made-up bakery with an online shop.',
    templates: 'Start from a template, over the sample bakery',
    recent: 'Recent notebooks',
    older: (n: number) => (n === 1 ? '1 older notebook' : `${n} older notebooks`),
    forget: (title: string) => `Remove ${title} from this browser`,
  },
  trust: {
    title: 'Nothing has run yet.',
    text: 'This notebook can read the files you give it. It cannot send anything anywhere.',
    run: 'Run notebook',
    more: 'What it can and cannot do',
    can: [
      'It can compute with the data files you give to this notebook, and show the result here.',
      'It can use this computer’s processor and memory until you press Stop.',
    ],
    cannot: [
      'It cannot reach the network: no request, no image, no font, no link opened by itself.',
      'It cannot see your other notebooks, other tabs, cookies, or files on your disk.',
      'It cannot change this page outside its own outputs.',
    ],
  },
  check: {
    suggest: 'Suggest checks from the tables as they are',
    none: 'There is nothing to suggest: drop a data file first.',
    suggested: 'Checks were written from the data as they are now. Strike out what need not hold.',
  },
  view: {
    app: 'Show as an app: text, controls and results alone',
    slides: 'Present as slides, one a heading',
    close: 'Back to the notebook',
    next: 'Next slide',
    previous: 'Previous slide',
    slide: (at: number, of: number) => `${at} of ${of}`,
  },
  confirm: { cancel: 'Cancel' },
  prose: {
    leave: 'Open this address in a new tab?',
    warn: 'The site will learn that you visited it. The address may itself carry text from this notebook: read it before you open it.',
    open: 'Open',
    link: (address: string) => `Opens ${address} after asking`,
    empty: 'Empty text. Press Enter to write.',
  },
} as const;

/** `1.2 s`, `340 ms`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return '<1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}

/** How much longer something takes, as far as one can tell: whole seconds, from a minute on whole minutes. */
export function timeLeft(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`;
}

/** How far something has come, from 0 to 1, in whole percent. */
export const percentOf = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 100);

/** A cell's state in a word, and the reason or figure that goes with it. */
export function stateText(state: CellState): { readonly word: string; readonly detail: string } {
  switch (state.status) {
    case 'idle':
      return { word: '', detail: '' };
    case 'stale':
      return { word: 'stale', detail: state.reason };
    case 'queued':
      return { word: 'waiting', detail: state.for ? `for ${state.for}` : '' };
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

/** What a cell is called for those who do not see it, and how it stands. */
export function cellLabel(
  kind: keyof typeof kinds,
  name: string | undefined,
  position: number,
  state: CellState,
): string {
  const { word, detail } = stateText(state);
  const label = strings.cell.label(kind, name, position);
  return word ? `${label}, ${word}${detail ? `: ${detail}` : ''}` : label;
}

/** `12 MB`, `1.4 GB`: powers of ten, as file managers count. */
export function bytes(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, n)) / 3));
  const value = n / 1000 ** power;
  return `${value.toLocaleString(locale(), { maximumFractionDigits: power > 0 && value < 10 ? 1 : 0 })} ${units[power]}`;
}

/** A column's type in plain words: `whole number`, `date`; DuckDB's own where there is no plainer one. */
export function typeName(type: string): string {
  const plain: Readonly<Record<string, string>> = {
    ...strings.types,
    // Only where one chooses a type is it told from the other.
    HUGEINT: 'whole number',
    INTEGER: 'whole number',
    SMALLINT: 'whole number',
    TINYINT: 'whole number',
    FLOAT: 'number',
    'TIMESTAMP WITH TIME ZONE': 'date and time',
  };
  if (type.endsWith('[]')) return 'list';
  if (/^(?:STRUCT|MAP)\(/.test(type)) return 'several values';
  return plain[type] ?? (/^DECIMAL/.test(type) ? 'number' : type.toLowerCase());
}

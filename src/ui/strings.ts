import { firstOf } from '../base/listed';
import { locale } from '../base/locale';
import type { CellState } from './cell-state';
import { commands } from './words/commands';
import { explore } from './words/explore';
import { chart } from './words/chart';
import { find } from './words/find';
import { graph } from './words/graph';
import { help } from './words/help';
import { page } from './words/page';
import { settings } from './words/settings';
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
  commands,
  explore,
  chart,
  find,
  graph,
  help,
  page,
  settings,
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
  output: {
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
  },
  grid: {
    rows: (n: string, one: boolean) => (one ? '1 row' : `${n} rows`),
    filtered: (n: string, all: string) => `${n} of ${all} rows pass the filter`,
    unnamed: 'Result',
    empty: 'No rows.',
    noneLeft: 'No row passes the filter.',
    clear: 'Clear filters',
    copy: 'Copy',
    copySelected: 'Copy selection',
    copied: (rows: string) => `Copied ${rows}.`,
    tooMany: (limit: string) => `Only the first ${limit} rows were copied. Export takes all of them.`,
    copyFailed: 'The browser did not allow copying.',
    export: 'Export',
    exportAll: (n: string, one: boolean) => (one ? 'The one row' : `All ${n} rows`),
    exportPassing: (n: string, one: boolean) =>
      one ? 'The row that passes the filter' : `The ${n} rows that pass the filter`,
    exportAs: {
      csv: (rows: string) => `${rows} as CSV`,
      escaped: (rows: string) => `${rows} as CSV, safe for spreadsheets (formulas made text)`,
      xlsx: (rows: string) => `${rows} as Excel workbook`,
      parquet: (rows: string) => `${rows} as Parquet`,
    },
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
    onPaper: (from: string, to: string, all: string) =>
      `Rows ${from} to ${to} of ${all}. “Save a report” under Share prints more of them.`,
    columnsCut: 'Not all columns fit on this sheet. A report, or the export, holds them all.',
    hint: 'Arrow keys move, Control C copies. On a column name, Enter sorts, F filters, Alt with left or right resizes.',
    resize: 'Drag to resize; double-click to fit',
  },
  profile: {
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
  fits: {
    recognised: 'Recognised:',
    is: (role: string) => `is ${role}`,
    offer: 'With these columns you can open',
    withOrders: (templates: readonly string[]) =>
      `Drop a file of orders beside it, and you can open ${templates.join(' and ')}.`,
    roles: {
      date: 'the date',
      revenue: 'the revenue',
      refund: 'what was paid back',
      tax: 'the tax',
      shipping: 'the shipping',
      cost: 'the cost',
      channel: 'the channel',
      campaign: 'the campaign',
      customer: 'the customer',
      order: 'the order',
      email: 'the e-mail address',
      consent: 'the consent',
      suppressed: 'who must not be written to',
      product: 'the product',
      quantity: 'the quantity',
      impressions: 'the impressions',
      clicks: 'the clicks',
      currency: 'the currency',
      status: 'how the order stands',
    },
    confirm: (title: string, file: string) => `${title}: which column of ${file} is which?`,
    text: 'The template works with these. Look whether the columns are the right ones; the query that says so stands at its beginning and can be changed.',
    action: 'Open and run',
    leaveOut: 'To leave this file out, choose no column for the spend.',
    noSpend: 'No column was chosen for the spend of any file.',
    noSpendHint: 'Open the template again, and say which column holds what was spent.',
    parts: {
      customer: 'Who bought: a number or an e-mail address',
      customer_id: 'Who bought: a number or an e-mail address',
      order_no: 'The order’s number, the same on each of its lines',
      order_id: 'The order’s number, the same on each of its lines',
      basket: 'The order’s number, the same on each of its lines',
      day: 'The date',
      moment: 'When it was ordered',
      ordered_at: 'When it was ordered',
      revenue: 'What was paid',
      margin: 'What of it you keep',
      began: 'What first orders are compared by',
      product: 'What was bought',
      item: 'What was bought',
      amount: 'How many, below 0 for returns',
      channel: 'Where it came from, or was advertised',
      may_write: 'Whether they agreed to be written to',
      spend: 'What was spent',
    } as Readonly<Record<string, string>>,
    currencies: (all: readonly { readonly code: string; readonly rows: number }[]) => {
      const rowsIn = all.map(
        ({ code, rows }) => `${code} in ${rows.toLocaleString(locale())} ${rows === 1 ? 'row' : 'rows'}`,
      );
      return `Amounts are in more than one currency (${rowsIn.join(', ')}). A sum over all rows adds different money: filter by one, or convert.`;
    },
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
    groups: { cell: 'Cell', heading: 'Heading', table: 'Table', notebook: 'Open notebook', help: 'Help' },
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
  share: {
    archive: 'Save with data and results (zip)',
    page: 'Save as a page that opens by itself, with data (HTML)',
    makingPage: 'Putting the page together …',
    /** What the page's name ends with: other pages of the notebook hold results only. */
    pageFile: { withData: 'with data', alone: 'without data', locked: 'encrypted' },
    lockItem: 'Save encrypted …',
    link: 'Copy a link that holds the notebook',
    jupyter: 'Save as a Jupyter notebook',
    workbook: 'Save the tables as an Excel workbook',
    noTables: 'No cell shows a table. Run the cells first.',
    reportItem: 'Save a report (HTML) …',
    signItem: 'Sign …',
    lock: 'Save encrypted',
    lockText:
      'The notebook, its data and results as one file that opens with this passphrase alone. Nobody can recover it: tell it to your colleague by another way than the file.',
    lockAction: 'Save encrypted',
    passphrase: 'Passphrase',
    show: 'Show it',
    suggest: 'Suggest one',
    strength: {
      weak: 'Weak: guessed within days. Take four or more unusual words.',
      fair: 'Fair: holds against one person who tries, not against many computers.',
      good: 'Good: many computers would need years.',
      strong: 'Strong: nobody guesses it.',
    },
    unlock: (name: string) => `${name} is encrypted`,
    unlockAction: 'Open',
    refused: 'The passphrase does not fit, or the file was changed since it was encrypted.',
    sign: 'Sign the notebook',
    signText:
      'Whoever opens it sees your name, and whether the text or a data file was changed since. The key stays in this browser; clearing its storage takes the key along.',
    signAction: 'Sign',
    name: 'Your name',
    report: 'Save a report',
    reportText:
      'Text, charts and tables as one HTML file that opens in any browser and prints. It holds what you see, not the data behind it.',
    reportAction: 'Save the report',
    personal: (columns: readonly string[]) =>
      `Rows on show hold personal data: ${firstOf(columns, 6)}. Whoever gets the report can read them: leave tables out, or leave those columns out of the cells.`,
    personalTitle: (file: string) => `${file} holds personal data`,
    personalText: (where: readonly string[], goes: 'data' | 'link' | 'shown') =>
      `In ${firstOf(where, 6)}. ${
        {
          data: 'Whoever gets the file can read them: save it encrypted, or share the notebook without its data, where they must not.',
          link: 'Whoever gets the link can read them: share the notebook without its data where they must not.',
          shown: 'Whoever gets the file can read them: leave those columns out of the cells if they are not needed.',
        }[goes]
      }`,
    personalAction: { data: 'Save it', link: 'Copy it', shown: 'Save it' },
    theLink: 'The link',
    addresses: (cells: readonly string[]) =>
      `E-mail addresses stand in the text, charts or controls of ${firstOf(cells, 6)}. Whoever gets the report can read them.`,
    rows: 'Rows of each table',
    rowsOf: (n: number) => (n === 0 ? 'none: leave tables out' : `the first ${n.toLocaleString(locale())}`),
    code: 'Show the code too',
    columns: (name: string) => `${name} has other columns`,
    columnsText:
      'The notebook reads columns that are not in this file under their names. Say which is which; the file itself stays as it is.',
    columnsAction: 'Read it so',
    noColumn: 'not in this file',
    choose: 'Choose the file …',
    signed: (by: string, date: string, data: 'none' | 'same' | undefined) =>
      `Signed by ${by || 'nobody named'}${date && ` on ${date}`}, ${data === 'none' ? '' : data === 'same' ? 'text and data ' : 'text '}unchanged.`,
    /** What keeps the data from being those that were signed. */
    signedData: {
      awaited: (names: readonly string[]) =>
        `${names.join(', ')} will be looked at once ${names.length === 1 ? 'it is' : 'they are'} here.`,
      unsigned: (names: readonly string[]) => `Not signed: ${names.join(', ')}.`,
      other: (names: readonly string[]) =>
        `But ${names.join(', ')} ${names.length === 1 ? 'is not the file that was' : 'are not the files that were'} signed: the figures may be others.`,
    },
    hashing: 'Reading the data to sign them …',
    changed: (by: string, date: string) =>
      `Signed by ${by || 'nobody named'}${date && ` on ${date}`}; it was changed since.`,
    own: 'With the key of this browser.',
    key: (fingerprint: string) => `Key ${fingerprint}, new to you: ask them whether it is theirs.`,
    know: 'It is theirs',
    known: (name: string) => `With the key you know as ${name}’s.`,
    tooLong: 'The notebook is too long for a link. Share it as a file instead.',
    saveInstead: 'Save with data',
    linkWithData: 'Link copied. The notebook and its data are in the link itself.',
    linkAlone: (data: boolean) =>
      `Link copied. The notebook is in the link itself${data ? '; its data are too large for that and are not' : ''}.`,
    notRun: 'Nothing of the notebook has run, so the report holds its text alone.',
    done: 'Signed. Save or share the notebook now: any change will show.',
    packing: 'Packing the data …',
    lacking: (names: string) => `Not in the file, because not here: ${names}.`,
    made: (date: string, note: string) => `Made with Levain on ${date}.${note}`,
    otherKey: (by: string) => `You know ${by} by another key.`,
  },
  past: {
    versionsItem: 'Versions of this notebook …',
    versions: 'Versions of this notebook',
    versionsText:
      'Kept in this browser: the newest five, the last of every minute for ten minutes, and of older ones the last of every ten. What is shown leads from that version to what is here now.',
    list: 'Versions, newest first',
    now: 'as it is now',
    same: 'The cells and the title are the same as now.',
    gone: 'This version is damaged or gone.',
    restore: 'Restore this version',
    restored: (when: string) => `This is the version of ${when}. Data files stay as they are.`,
    title: (before: string, after: string) => `Title: “${before}” became “${after}”`,
    heading: (before: string, after: string) => `${before} became ${after}`,
    changes: { added: 'added since', removed: 'removed since', changed: 'changed since', moved: 'moved since' },
    added: 'added',
    taken: 'taken out',
    skipped: (n: number) => (n === 1 ? '1 line the same' : `${n} lines the same`),
    runsItem: 'Run log …',
    runs: 'Run log',
    runsText:
      'What ran in this notebook, on which data and for how long: the newest 2,000 runs, kept in this browser. The saved record holds the SHA-256 of each cell’s text and of each file, so that you can show later what was computed from what.',
    noRuns: 'Nothing has run yet.',
    columns: { started: 'When', cell: 'What', outcome: 'Outcome', time: 'Took', rows: 'Rows', data: 'Data' },
    outcomes: { ok: 'done', error: 'failed', stopped: 'stopped' },
    more: (n: string) => `The newest are shown; the saved record holds all ${n}.`,
    saveCsv: 'Save as CSV',
    saveJson: 'Save as JSON',
    close: 'Close',
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

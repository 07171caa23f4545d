import { locale } from '../../base/locale';

const count = (n: number): string => n.toLocaleString(locale());

/** What the page says around the cells: of the notebook, its data, and what was done. */
export const page = {
  cell: (position: number): string => `Cell ${position}`,
  source: (position: number): string => `Source of cell ${position}`,
  cellGone: 'a cell that is gone',
  cellAt: (kind: string, position: number): string => `${kind === 'check' ? 'the check in cell' : 'cell'} ${position}`,
  notebook: 'Notebook',
  copyOf: (title: string): string => `${title} (copy)`,
  browserTitle: (title: string): string => `${title} – Levain`,
  readOnly: 'Read only',
  unsaved: 'Not saved in this browser',
  saving: 'Saving…',
  saved: 'Saved in this browser',
  savedForNow: 'Saved until this private window closes',
  notHere:
    'The notebook of this address is not in this browser, or not any more. Open it from a file, or from the list here.',
  edited: (when: string): string => `edited ${when}`,
  opening: 'Opening…',
  add: 'Add',
  addCell: 'Add a cell',
  held: {
    lost: 'Another tab took this notebook over. Here it can only be read.',
    elsewhere: 'This notebook is open in another tab. Here it can only be read.',
    takeBack: 'Take it back',
    takeOver: 'Take it over',
    copy: 'Open a copy',
    refused: 'This notebook is read only here. Take it over to change it, or open a copy.',
    unkept: 'This browser does not keep the notebook.',
    saveIt: (why: string): string => `${why} Save it as a file, so that nothing is lost.`,
    save: 'Save as a file',
  },
  clipboard: {
    refused: 'The browser does not let the page read the clipboard.',
    hint: 'Press Ctrl V (⌘V on a Mac) on the page instead.',
    empty: 'The clipboard holds no table. Copy cells in your spreadsheet first.',
    noCells: 'The clipboard holds no cell. Copy one with C first, here or in another notebook.',
  },
  data: {
    label: 'Data files',
    columnsOf: (table: string): string => `Columns of ${table}`,
    unreadable: 'The file could not be read.',
    reads: 'This notebook reads',
    missing: (columns: readonly string[], more: boolean): string =>
      columns.length > 0
        ? `, which is not here. Drop it on the page, by that name or with its columns: ${columns.join(', ')}${more ? ' and more' : ''}.`
        : ', which is not here. Drop it on the page.',
    large: (size: string): string => `${size} is more than fits into a table here.`,
    inPlace:
      'It can be read in place: each question then reads the file anew, which is slower and takes hardly any memory.',
    readInPlace: 'Read it in place',
    allTheSame: 'Try to make a table all the same',
    keep: 'Keep these files in this browser, so that they are here when you open the notebook again? They stay on this computer.',
    keepThem: 'Keep them',
    askEachTime: 'Ask me for them each time',
    states: {
      missing: 'missing',
      looking: 'looking',
      waiting: 'not read yet',
      failed: 'could not be read',
      reading: 'reading',
    },
    part: (percent: number): string => `reading ${percent} %`,
    fetching: 'fetching',
    awaited: (name: string, note: string): string => `${name} (${note})`,
  },
  results: {
    notKept: 'Results are not kept with the notebook.',
    run: (cells: number): string => (cells === 1 ? 'Run its cell' : `Run its ${cells} cells`),
  },
  controlsStay:
    'Whoever opens it finds its controls as the cells set them: where you moved them stays in this browser.',
  cellsWait: {
    text: (cells: number, took: string | undefined): string =>
      `${cells === 1 ? 'One cell waits' : `${cells} cells wait`} for what you changed${took ? `: last they took ${took}` : ''}.`,
    run: 'Run them',
  },
  stale: {
    'never-run': 'not run yet',
    edited: 'edited',
    lost: 'its value was lost when the page had to restart what ran it',
    changed: (name: string): string => `${name} changed`,
    gone: (name: string): string => `nothing is called ${name} any more`,
  },
  noName: 'This is no name that a cell or a file defines.',
  noCaret: 'Put the caret where the cell is to be split first.',
  newer: 'A newer version of Levain is here.',
  reload: 'Reload',
  show: 'Show',
  removed: (what: string): string => `${what} was removed.`,
  staysAsItWas: (file: string): string => `${file} stays as it was.`,
  notebookRemoved: (title: string): string => `“${title}” was removed.`,
  cellRemoved: 'Cell removed.',
  cellCopied: 'Cell copied. V puts it below the selected one, in any notebook.',
  renamed: (from: string, to: string, readers: number): string =>
    `${from} is now called ${to}.${readers > 0 ? ` ${cells(readers)} still ${readers === 1 ? 'reads' : 'read'} ${from}.` : ''}`,
  renameToo: (readers: number): string => `Also change it in ${cells(readers)}`,
  tableRead: (table: string, rows: number, aside: number): string =>
    `${table}: ${count(rows)} ${rows === 1 ? 'row' : 'rows'}${aside > 0 ? `, ${count(aside)} set aside` : ''}.`,
  waits: (file: string): string => `${file} is large: say how it is to be read.`,
  reading: (file: string): string => `Reading ${file} …`,
  line: (line: number, message: string): string => `Line ${line}: ${message}`,
  asYouLeftIt: 'This is the notebook as you left it in this browser.',
  asItCame: 'Open it as it came',
  sampleFailed: (name: string, status: number): string => `The sample file ${name} could not be read (${status}).`,
  heard: {
    running: (n: number): string => `Running ${cells(n)}.`,
    stale: (n: number): string => `${n === 1 ? '1 cell is' : `${n} cells are`} stale.`,
    blocked: (n: number): string => `${n === 1 ? '1 cell is' : `${n} cells are`} blocked.`,
    well: 'All cells are up to date.',
  },
} as const;

function cells(n: number): string {
  return n === 1 ? '1 cell' : `${n} cells`;
}

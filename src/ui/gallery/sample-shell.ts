import type { PaletteCommand } from '../command';
import type { GraphEntry, OutlineEntry, PanelTable } from '../panel';
import type { CsvPlan, Reject } from '../../table/plan';
import type { Profile } from '../../table/profile';
import type { ShortcutGroup } from '../shortcut';

export const tables: readonly PanelTable[] = [
  {
    name: 'orders',
    from: 'file',
    rows: 60_214,
    columns: [
      { name: 'order_id', type: 'BIGINT' },
      { name: 'ordered_at', type: 'TIMESTAMP' },
      { name: 'channel', type: 'VARCHAR' },
      { name: 'revenue', type: 'DOUBLE' },
    ],
  },
  { name: 'werbeausgaben_nach_kampagne', from: 'file', rows: 4_380, columns: [{ name: 'spend', type: 'DOUBLE' }] },
  { name: 'customers', from: 'file', note: 'missing', columns: [{ name: 'email', type: 'VARCHAR' }] },
  { name: 'weekly', from: 'cell', rows: 156, columns: [{ name: 'week', type: 'DATE' }] },
];

export const outline: readonly OutlineEntry[] = [
  { id: 'intro', level: 1, text: 'Wochenbericht Onlinehandel' },
  { id: 'orders', level: 2, text: 'Was hereinkam' },
  { id: 'chart', level: 2, text: 'Umsatz nach Kanal' },
  { id: 'values', level: 3, text: 'Wie sicher ist das?' },
];

export const graph: readonly GraphEntry[] = [
  { id: 'f1', label: 'orders.csv', reads: [], state: { status: 'idle' } },
  { id: 'f2', label: 'ads.csv', reads: [], state: { status: 'idle' } },
  { id: 'recent', label: 'recent_orders', reads: ['f1'], state: { status: 'ok', milliseconds: 84 } },
  { id: 'channel', label: 'channel', reads: [], state: { status: 'ok', milliseconds: 6 } },
  { id: 'weekly', label: 'weekly', reads: ['recent', 'f2'], state: { status: 'error', message: 'unknown column' } },
  { id: 'chart', label: 'chart', reads: ['weekly', 'channel'], state: { status: 'stale', reason: 'orders changed' } },
  { id: 'fit', label: 'fit', reads: ['weekly'], state: { status: 'blocked', by: 'weekly' } },
];

export const plan: CsvPlan = {
  table: 'bestellungen_2024_1',
  encoding: 'windows-1252',
  compression: 'none',
  delimiter: ';',
  quote: '"',
  header: true,
  preamble: 2,
  decimal: ',',
  nulls: ['', 'NULL', '-'],
  columns: [
    { name: 'bestellnummer', source: 'Bestellnummer', type: 'BIGINT' },
    { name: 'datum', source: 'Datum', type: 'DATE', format: '%d.%m.%Y' },
    { name: 'kanal', source: 'Kanal', type: 'VARCHAR' },
    { name: 'plz', source: 'PLZ', type: 'VARCHAR' },
    { name: 'umsatz_eur', source: 'Umsatz (EUR)', type: 'DOUBLE', strip: '€ .' },
  ],
  notes: [
    'The text is Windows-1252, fields are separated by semicolons, decimals by commas.',
    'The first 2 lines are a title and were skipped.',
    'PLZ stays text: some values begin with 0.',
  ],
};

export const rejects: readonly Reject[] = [
  { line: 4182, reason: '13 fields, the header has 12', text: '100432;03.04.2024;Suche;10115;12,90;;;;;;;;x' },
  { line: 20_377, column: 'datum', reason: '“31.02.2024” is no date', text: '118841;31.02.2024;Direkt;04103;8,40' },
  { line: 60_216, reason: 'A quote is opened and never closed', text: '160212;30.12.2024;"E-Mail;80331;22,10' },
];

export const sampleProfile: Profile = {
  rows: 60_211,
  columns: [
    {
      name: 'bestellnummer',
      type: 'BIGINT',
      nulls: 0,
      distinct: 60_211,
      approximate: false,
      min: '100000',
      max: '160210',
      histogram: Array.from({ length: 24 }, () => 2500),
    },
    {
      name: 'datum',
      type: 'DATE',
      nulls: 0,
      distinct: 366,
      approximate: false,
      min: '2024-01-01',
      max: '2024-12-31',
      histogram: Array.from({ length: 24 }, (_, i) => 1800 + 900 * Math.sin(i / 3.4) + (i > 21 ? 2400 : 0)),
    },
    {
      name: 'kanal',
      type: 'VARCHAR',
      nulls: 312,
      distinct: 5,
      approximate: false,
      min: 'Direkt',
      max: 'Suche',
      top: [
        { value: 'Suche', count: 24_120 },
        { value: 'Direkt', count: 17_904 },
        { value: 'E-Mail', count: 9_310 },
      ],
    },
    {
      name: 'plz',
      type: 'VARCHAR',
      nulls: 4_021,
      distinct: 8_120,
      approximate: true,
      top: [
        { value: '10115', count: 1_420 },
        { value: '04103', count: 988 },
        { value: '80331', count: 913 },
      ],
    },
    {
      name: 'umsatz_eur',
      type: 'DOUBLE',
      nulls: 12,
      distinct: 3_204,
      approximate: false,
      min: '1.2',
      max: '412.5',
      mean: 18.4,
      histogram: Array.from({ length: 24 }, (_, i) => 9000 * Math.exp(-i / 3)),
    },
  ],
};

export const shortcuts: readonly ShortcutGroup[] = [
  {
    title: 'Anywhere',
    shortcuts: [
      { keys: 'Ctrl K', does: 'Commands' },
      { keys: 'Ctrl S', does: 'Save as a file' },
      { keys: 'Ctrl Z', does: 'Undo' },
      { keys: '?', does: 'This list' },
    ],
  },
  {
    title: 'A chosen cell',
    shortcuts: [
      { keys: 'Enter', does: 'Write in it' },
      { keys: 'A', does: 'Insert above' },
      { keys: 'B', does: 'Insert below' },
      { keys: 'D D', does: 'Delete' },
      { keys: 'M', does: 'Make it text' },
      { keys: 'J', does: 'Next cell' },
      { keys: 'K', does: 'Previous cell' },
    ],
  },
  {
    title: 'While writing',
    shortcuts: [
      { keys: 'Shift Enter', does: 'Run, go to the next' },
      { keys: 'Ctrl Enter', does: 'Run, stay' },
      { keys: 'Alt Enter', does: 'Run, insert below' },
      { keys: 'Esc', does: 'Leave the text' },
    ],
  },
];

export const commands = (tell: (text: string) => void): readonly PaletteCommand[] => [
  { title: 'Run all cells', keys: '⇧⌘↵', group: 'Notebook', run: () => tell('Run all') },
  { title: 'Run stale cells', group: 'Notebook', run: () => tell('Run stale') },
  { title: 'Insert SQL cell below', keys: 'B', group: 'Cell', run: () => tell('Insert') },
  { title: 'Insert text below', group: 'Cell', run: () => tell('Insert') },
  { title: 'Move cell up', group: 'Cell', run: () => tell('Move') },
  { title: 'Add a data file', group: 'Data', run: () => tell('Add') },
  { title: 'Export all results as CSV', group: 'Data', run: () => tell('Export') },
  { title: 'Dark theme', group: 'View', run: () => tell('Dark') },
];

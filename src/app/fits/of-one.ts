import type { DataEntry } from '../../session/data-files';
import type { ColumnMapping } from '../../session/relink';
import type { Cell } from '../../notebook/model';
import { parseNotebook } from '../../notebook/parse';
import { printNotebook } from '../../notebook/print';
import { leftOut } from './left-out';
import { mappingSource } from './mapping';
import { halfOf, type Half, type Part } from './parts';
import { rfmOfAnyShop } from './rfm';

/** A template whose first query turns one table of orders into the columns that the rest of it works with. */
export interface Fit {
  readonly template: string;
  /** The cell of that query. */
  readonly cell: string;
  readonly parts: readonly Part[];
  /** Its text over another shop's file: what rests on the bakery's further files goes. */
  readonly adapt?: (text: string) => string;
}

export interface Found {
  readonly fit: Fit;
  readonly half: Half;
}

const CONSENTED = ['yes', 'ja', 'true', '1', 'subscribed', 'marketing contact'].map((word) => `'${word}'`).join(', ');

const customer: Part = { name: 'customer', roles: ['customer', 'email'] };
const day: Part = { name: 'day', roles: ['date'], as: 'DATE' };
const revenue: Part = { name: 'revenue', roles: ['revenue'], booked: true };
const orderNo: Part = { name: 'order_no', roles: ['order'], otherwise: '{day}' };
/** Where nothing is known of it, nobody has agreed. */
const mayWrite: Part = {
  name: 'may_write',
  roles: ['consent'],
  otherwise: 'NULL::BOOLEAN',
  write: (column) => `lower(${column}::VARCHAR) IN (${CONSENTED})`,
};

export const FITS: readonly Fit[] = [
  {
    template: 'retention-cohorts',
    cell: 'map',
    parts: [customer, orderNo, day, revenue, { name: 'began', roles: ['channel'], otherwise: "'all'", apart: true }],
  },
  {
    template: 'customer-value',
    cell: 'map',
    parts: [customer, orderNo, day, revenue],
    adapt: (text) => text.replace(/The last four lines leave out[^]*?where you cannot know\. /, ''),
  },
  {
    template: 'rfm-audiences',
    cell: 'mapped',
    parts: [
      customer,
      { ...orderNo, otherwise: '{moment}::DATE' },
      { name: 'moment', roles: ['date'] },
      revenue,
      { name: 'margin', roles: [], otherwise: 'NULL::DOUBLE', booked: true },
      { name: 'product', roles: ['product'], otherwise: 'NULL::VARCHAR' },
      { name: 'channel', roles: ['channel'], otherwise: 'NULL::VARCHAR' },
      mayWrite,
    ],
    adapt: rfmOfAnyShop,
  },
  {
    template: 'next-purchase',
    cell: 'lines',
    parts: [
      { name: 'basket', roles: ['order'] },
      customer,
      day,
      { name: 'item', roles: ['product'] },
      { name: 'amount', roles: ['quantity', 'revenue'], otherwise: '1', write: (column) => `sign(${column})` },
      mayWrite,
    ],
  },
];

/** The templates that a file has the columns for, each with the column that seems to be each of its own. */
export function fitsOf(entry: DataEntry): readonly Found[] {
  return FITS.flatMap((fit) => {
    const half = halfOf(entry, fit.parts);
    return half ? [{ fit, half }] : [];
  });
}

/** A template's text over the reader's file, by the column chosen for each part; it names the file with what is known of it. */
export function fitted(text: string, { fit, half }: Found, mapping: ColumnMapping): string {
  const { notebook } = parseNotebook(fit.adapt?.(text) ?? text);
  const { entry } = half;
  const source = mappingSource(fit.parts, half, entry.table, mapping);
  const cells = withoutTruth(notebook.cells).flatMap((cell) =>
    cell.id === fit.cell ? [{ ...cell, source }, ...leftOut(half, 'leftout')] : [cell],
  );
  return printNotebook({
    ...notebook,
    title: `${notebook.title}: ${entry.table}`,
    files: [{ ...entry.known, name: entry.fileName, table: entry.table }],
    cells,
  });
}

/** A template's cells less the section that holds the simulated shop's truth beside what was found: no other shop's is known. */
export function withoutTruth(cells: readonly Cell[]): readonly Cell[] {
  const truth = cells.findIndex(({ id }) => id === 'truth');
  if (truth < 0) return cells;
  const isHeading = (cell: Cell): boolean => cell.kind === 'md' && cell.source.startsWith('## ');
  const begin = cells.slice(0, truth).findLastIndex(isHeading);
  const length = cells.slice(truth).findIndex(isHeading);
  return [...cells.slice(0, begin), ...(length < 0 ? [] : cells.slice(truth + length))];
}

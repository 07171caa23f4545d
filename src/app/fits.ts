import type { DataEntry } from '../session/data-files';
import type { ColumnMapping } from '../session/relink';
import { rolesOf, type Role } from '../session/roles';
import type { Cell } from '../notebook/model';
import { writtenIdentifier } from '../session/written-identifier';
import { parseNotebook } from '../notebook/parse';
import { printNotebook } from '../notebook/print';

/** A column that a template works with: who can play it, and what stands in its place where nobody can. */
export interface Part {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly as?: string;
  /** SQL; without it, the template needs the column. `{x}` is the column chosen for the part `x`. */
  readonly otherwise?: string;
  readonly write?: (column: string) => string;
}

/** A template whose first query turns one table of orders into the columns that the rest of it works with. */
export interface Fit {
  readonly template: string;
  /** The cell of that query. */
  readonly cell: string;
  readonly parts: readonly Part[];
  /** Files that other cells of the template read. */
  readonly also?: readonly string[];
}

const customer: Part = { name: 'customer', roles: ['customer', 'email'] };
const day: Part = { name: 'day', roles: ['date'], as: 'DATE' };
const revenue: Part = { name: 'revenue', roles: ['revenue'] };
const orderNo: Part = { name: 'order_no', roles: ['order'], otherwise: '{day}' };

export const FITS: readonly Fit[] = [
  {
    template: 'retention-cohorts',
    cell: 'map',
    parts: [customer, orderNo, day, revenue, { name: 'began', roles: ['channel'], otherwise: "'all'" }],
  },
  { template: 'customer-value', cell: 'map', parts: [customer, orderNo, day, revenue] },
  {
    template: 'rfm-audiences',
    cell: 'mapped',
    also: ['ad_spend.csv'],
    parts: [
      customer,
      { ...orderNo, otherwise: 'row_number() OVER ()' },
      { name: 'moment', roles: ['date'] },
      revenue,
      { name: 'margin', roles: [], otherwise: 'NULL::DOUBLE' },
      { name: 'product', roles: ['product'], otherwise: 'NULL::VARCHAR' },
      { name: 'channel', roles: ['channel'], otherwise: 'NULL::VARCHAR' },
      {
        name: 'may_write',
        roles: ['consent'],
        otherwise: 'NULL::BOOLEAN',
        write: (column) => `lower(${column}::VARCHAR) IN ('yes', 'ja', 'true', '1', 'subscribed', 'marketing contact')`,
      },
    ],
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
    ],
  },
];

/** The roles that a file's columns play, as far as they are recognised. */
export function rolesOfFile(entry: DataEntry): Partial<Record<Role, string>> {
  const columns = (entry.ingested?.relation.columns ?? []).map(({ name, type }) => ({
    name,
    type,
    source: entry.plan?.columns.find((column) => column.name === name)?.source ?? name,
  }));
  return rolesOf(columns, entry.profile);
}

/** The column that seems to be each part; undefined where one is needed and none is there. */
export function proposalOf(parts: readonly Part[], roles: Partial<Record<Role, string>>): ColumnMapping | undefined {
  const proposed = Object.fromEntries(
    parts
      .filter((part) => part.roles.length > 0)
      .map((part) => [part.name, part.roles.map((role) => roles[role]).find((column) => column !== undefined)]),
  );
  return parts.every((part) => part.otherwise !== undefined || proposed[part.name] !== undefined)
    ? proposed
    : undefined;
}

/** The templates that a file has the columns for, each with the column that seems to be each of its own. */
export function fitsOf(roles: Partial<Record<Role, string>>): readonly { fit: Fit; proposed: ColumnMapping }[] {
  return FITS.flatMap((fit) => {
    const proposed = proposalOf(fit.parts, roles);
    return proposed ? [{ fit, proposed }] : [];
  });
}

/** A template's first query over a table of the reader's. What was paid back is taken off the revenue. */
export function mappingSource(fit: Pick<Fit, 'parts'>, table: string, mapping: ColumnMapping, refund?: string): string {
  const columnOf = (name: string): string | undefined => {
    const part = fit.parts.find((other) => other.name === name);
    const column = mapping[name];
    if (!part || column === undefined) return undefined;
    const sql = writtenIdentifier(column);
    const net = part.roles.includes('revenue') && !part.write && refund && refund !== column;
    const written = net ? `${sql} - abs(coalesce(${writtenIdentifier(refund)}, 0))` : (part.write?.(sql) ?? sql);
    return part.as ? `${written}::${part.as}` : written;
  };
  const lines = fit.parts.map((part) => {
    const otherwise = (part.otherwise ?? 'NULL').replace(/\{(\w+)\}/g, (_, name: string) => columnOf(name) ?? 'NULL');
    const sql = columnOf(part.name) ?? otherwise;
    return sql === part.name ? `  ${sql}` : `  ${sql} AS ${part.name}`;
  });
  return `SELECT\n${lines.join(',\n')}\nFROM ${table}`;
}

/** A template's text with its first query over the reader's file, which it names with what is known of it. */
export function fitted(text: string, fit: Fit, entry: DataEntry, source: string): string {
  const { notebook } = parseNotebook(text);
  const file = { ...entry.known, name: entry.fileName, table: entry.table };
  return printNotebook({
    ...notebook,
    title: `${notebook.title}: ${entry.table}`,
    files: [file, ...notebook.files.filter(({ name }) => fit.also?.includes(name))],
    cells: withoutTruth(notebook.cells).map((cell) => (cell.id === fit.cell ? { ...cell, source } : cell)),
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

import { cellName } from '../session/nodes';
import type { CellView, Session } from '../session/session';
import { writtenIdentifier } from '../session/written-identifier';
import { writtenText } from '../session/written-text';
import { decodeTable } from '../table/decode';
import { strings } from '../ui/strings';

/** Rows looked at of each table, as many as any report holds. */
const LOOKED_AT = 1_000;

const NAMED =
  /e-?mail|phone|telefon|mobil|birth|geburt|street|stra(?:ß|ss)e|address|adresse|(?:first|last|sur|billing|shipping)[_ -]?name|(?:vor|nach)name|\biban\b/i;

/** Of numbers and days these alone: `email_revenue` is a sum. */
const NAMED_NUMBER = /phone|telefon|(?:^|[_ ])mobil(?:e|nummer)?$|birth|geburt/i;

/** An address anywhere within a text; bounded, so that a picture written as one long word takes no time. */
const WITHIN = /[^\s@<>"'(),;:]{1,64}@[^\s@<>"'(),;:]{1,255}\.\p{L}{2,}/u;

/** What is personal in what the cells show. */
export interface Personal {
  /** Columns of tables: `orders.email`. */
  readonly columns: readonly string[];
  /** Cells whose texts, charts or controls hold e-mail addresses. */
  readonly besides: readonly string[];
}

export async function personalIn(session: Session): Promise<Personal> {
  const columns: string[] = [];
  const besides: string[] = [];
  for (const [at, cell] of session.notebook.cells.entries()) {
    const view = session.view(cell);
    const name = cellName(cell, view.definition) ?? strings.page.cell(at + 1);
    for (const column of await personalColumnsOf(session, view)) columns.push(`${name}.${column}`);
    const others = view.output?.outputs.filter(({ type }) => type !== 'table') ?? [];
    if (holdsAddress([others, view.values ?? []])) besides.push(name);
  }
  return { columns, besides };
}

/** Whether an e-mail address stands in a text, or in one of the texts that a value is made of. */
export function holdsAddress(value: unknown): boolean {
  if (typeof value === 'string') return WITHIN.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsAddress);
}

/** The columns of the tables that one cell shows which hold what is personal: by their names, because e-mail addresses stand in them, or as what a file calls so. */
export async function personalColumnsOf(session: Session, { output }: CellView): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const part of output?.outputs ?? []) {
    if (part.type !== 'table' || output?.problem) continue;
    const page = decodeTable(await session.page(part.relation, { offset: 0, limit: LOOKED_AT }));
    for (const [i, { name, type }] of part.columns.entries()) {
      const named = isNamedPersonal(name, type);
      const mayHold = /VARCHAR|\[|STRUCT|MAP/.test(type);
      if (!mayHold && !named) continue;
      const values = [...(page.getChildAt(i) ?? [])];
      const isNamed = named && values.some((value) => value !== null);
      if (isNamed || values.some(holdsAddress) || (await isOfPersonal(session, values))) found.add(name);
    }
  }
  return [...found];
}

/** Most texts of a column that are looked up, and the fewest that tell anything. */
const LOOKED_UP = 100;
const FEWEST = 3;

/** Whether a column's texts stand in a column of a file whose name says that it is personal: another name makes it no less so. */
async function isOfPersonal(session: Session, values: readonly unknown[]): Promise<boolean> {
  const texts = [...new Set(values.filter((value) => typeof value === 'string' && value !== ''))].slice(0, LOOKED_UP);
  if (texts.length < FEWEST) return false;
  const list = texts.map((text) => writtenText(text as string)).join(', ');
  for (const { ingested } of session.data.entries) {
    for (const { name, type } of ingested?.relation.columns ?? []) {
      if (type !== 'VARCHAR' || !NAMED.test(name)) continue;
      const column = writtenIdentifier(name);
      const text = `SELECT count(DISTINCT ${column})::DOUBLE AS n FROM ${writtenIdentifier(ingested!.relation.name)} WHERE ${column} IN (${list})`;
      const rows = decodeTable(await session.reader.query('personal', { text, parameters: [] })).toArray();
      if (Number(rows[0]?.n) >= 0.8 * texts.length) return true;
    }
  }
  return false;
}

function isNamedPersonal(name: string, type: string): boolean {
  if (type === 'VARCHAR') return NAMED.test(name);
  return /^(?:DATE|TIMESTAMP|\w*INT)/.test(type) && NAMED_NUMBER.test(name);
}

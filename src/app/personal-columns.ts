import { cellName } from '../session/nodes';
import { EMAIL_ADDRESS } from '../session/roles';
import type { CellView, Session } from '../session/session';
import { decodeTable } from '../table/decode';

/** Rows looked at of each table, as many as any report holds. */
const LOOKED_AT = 1_000;

const NAMED =
  /e-?mail|phone|telefon|mobil|birth|geburt|street|stra(?:ß|ss)e|address|adresse|(?:first|last|sur|billing|shipping)[_ -]?name|(?:vor|nach)name|\biban\b/i;

/** Of numbers and days these alone: `email_revenue` is a sum. */
const NAMED_NUMBER = /phone|telefon|(?:^|[_ ])mobil(?:e|nummer)?$|birth|geburt/i;

/** The columns of the tables on show that hold what is personal: `orders.email`. */
export async function personalColumns(session: Session): Promise<readonly string[]> {
  const found: string[] = [];
  for (const cell of session.notebook.cells) {
    const view = session.view(cell);
    const name = cellName(cell, view.definition) ?? cell.id;
    for (const column of await personalColumnsOf(session, view)) found.push(`${name}.${column}`);
  }
  return found;
}

/** Those of the tables that one cell shows, by their names or because e-mail addresses stand in them. */
export async function personalColumnsOf(session: Session, { output }: CellView): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const part of output?.outputs ?? []) {
    if (part.type !== 'table' || output?.problem) continue;
    const page = decodeTable(await session.page(part.relation, { offset: 0, limit: LOOKED_AT }));
    part.columns.forEach(({ name, type }, i) => {
      const named = isNamedPersonal(name, type);
      if (type !== 'VARCHAR' && !named) return;
      const values = [...(page.getChildAt(i) ?? [])];
      const isAddress = values.some((value) => typeof value === 'string' && EMAIL_ADDRESS.test(value));
      const isNamed = named && values.some((value) => value !== null);
      if (isAddress || isNamed) found.add(name);
    });
  }
  return [...found];
}

function isNamedPersonal(name: string, type: string): boolean {
  if (type === 'VARCHAR') return NAMED.test(name);
  return /^(?:DATE|TIMESTAMP|\w*INT)/.test(type) && NAMED_NUMBER.test(name);
}

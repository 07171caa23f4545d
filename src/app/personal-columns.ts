import { cellName } from '../session/nodes';
import type { CellView, Session } from '../session/session';
import { writtenIdentifier } from '../session/written-identifier';
import { writtenText } from '../session/written-text';
import { decodeTable, type Column } from '../table/decode';
import { isText } from '../table/plan';
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
  /** Cells whose texts, as written or worked out, charts or controls hold e-mail addresses. */
  readonly besides: readonly string[];
}

export async function personalIn(session: Session): Promise<Personal> {
  const views = session.notebook.cells.map((cell) => session.view(cell));
  const personal = await personalColumns(session, views);
  const columns: string[] = [];
  const besides: string[] = [];
  for (const [at, { cell, definition, output, values }] of views.entries()) {
    const name = cellName(cell, definition) ?? strings.page.cell(at + 1);
    for (const column of personal.get(cell.id) ?? []) columns.push(`${name}.${column}`);
    const others = output?.outputs.filter(({ type }) => type !== 'table') ?? [];
    if (holdsAddress([others, values ?? [], cell.kind === 'md' ? cell.source : ''])) besides.push(name);
  }
  return { columns, besides };
}

/** Columns of the data files that hold what is personal: `orders.email`. */
export async function personalInData(session: Session): Promise<readonly string[]> {
  const columns: string[] = [];
  for (const { file, table, plan, ingested } of session.data.entries) {
    if (!file) continue;
    // Of a file that is not read yet, its head alone can tell.
    const personal = ingested
      ? (await lookAt(session, ingested.relation.name, ingested.relation.columns)).filter((column) => column.personal)
      : (plan?.columns ?? []).filter(({ name, type }) => isNamedPersonal(name, type));
    for (const { name } of personal) columns.push(`${table}.${name}`);
  }
  return columns;
}

/** Texts in which e-mail addresses are written, by what they are called. */
export const textsWithAddresses = (session: Session): readonly string[] =>
  session.notebook.cells.flatMap(({ kind, source, name }, at) =>
    kind === 'md' && holdsAddress(source) ? [name ?? strings.page.cell(at + 1)] : [],
  );

/** Whether an e-mail address stands in a text, or in one of the texts that a value is made of. */
export function holdsAddress(value: unknown): boolean {
  if (typeof value === 'string') return WITHIN.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsAddress);
}

/** A column of which its name and its first rows do not tell. */
interface Unsure {
  readonly cell: string;
  readonly column: string;
  readonly texts: readonly string[];
}

/**
 * The columns of the tables on show which hold what is personal, by cell: by their names, because e-mail addresses stand in
 * them, or because their texts are those of a column that a file calls so.
 */
export async function personalColumns(
  session: Session,
  views: readonly CellView[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  const add = (cell: string, column: string): void => {
    const own = found.get(cell) ?? [];
    if (!own.includes(column)) found.set(cell, [...own, column]);
  };
  const unsure: Unsure[] = [];
  for (const { cell, output } of views) {
    for (const part of output?.outputs ?? []) {
      if (part.type !== 'table' || output?.problem) continue;
      for (const { name, personal, texts } of await lookAt(session, part.relation, part.columns)) {
        if (personal) add(cell.id, name);
        else unsure.push({ cell: cell.id, column: name, texts });
      }
    }
  }
  for (const { cell, column } of await ofPersonal(session, unsure)) add(cell, column);
  return found;
}

interface Looked {
  readonly name: string;
  /** Its name says so, or an e-mail address stands in its first rows. */
  readonly personal: boolean;
  readonly texts: readonly string[];
}

/** The columns of a table that may hold what is personal, as far as their names and first rows tell. */
async function lookAt(session: Session, relation: string, columns: readonly Column[]): Promise<readonly Looked[]> {
  const page = decodeTable(await session.page(relation, { offset: 0, limit: LOOKED_AT }));
  return columns.flatMap(({ name, type }, i): Looked[] => {
    const named = isNamedPersonal(name, type);
    const mayHold = /VARCHAR|\[|STRUCT|MAP/.test(type);
    if (!mayHold && !named) return [];
    const values = [...(page.getChildAt(i) ?? [])];
    const isNamed = named && values.some((value) => value !== null);
    return [{ name, personal: isNamed || values.some(holdsAddress), texts: textsOf(values) }];
  });
}

/** Most texts of a column that are looked up, and the fewest that tell anything. */
const LOOKED_UP = 100;
const FEWEST = 3;

const textsOf = (values: readonly unknown[]): readonly string[] =>
  [...new Set(values)]
    .filter((value): value is string => typeof value === 'string' && value !== '')
    .slice(0, LOOKED_UP);

/** Those of whose texts most stand in one column of a file whose name says that it is personal; another name makes it no less so. */
async function ofPersonal(session: Session, unsure: readonly Unsure[]): Promise<readonly Unsure[]> {
  const telling = unsure.filter(({ texts }) => texts.length >= FEWEST);
  const known = session.data.entries
    .flatMap(({ plan, ingested }) =>
      // A file that is asked in place would be read through for each of them.
      (plan && isText(plan) && plan.inPlace ? [] : (ingested?.relation.columns ?? []))
        .filter(({ name, type }) => type === 'VARCHAR' && NAMED.test(name))
        .map(({ name }) => `${writtenIdentifier(name)} AS t FROM ${writtenIdentifier(ingested!.relation.name)}`),
    )
    .map((column, k) => `SELECT DISTINCT ${k} AS k, ${column}`);
  if (telling.length === 0 || known.length === 0) return [];
  const rows = telling.flatMap(({ texts }, i) => texts.map((text) => `(${i}, ${writtenText(text)})`));
  // One query for all of them: each column of a file is read once.
  const text = `
    WITH shown(i, t) AS (VALUES ${rows.join(', ')}), known AS (${known.join(' UNION ALL ')})
    SELECT i::DOUBLE AS i, k, count(*)::DOUBLE AS n FROM shown JOIN known USING (t) GROUP BY i, k`;
  const found = decodeTable(await session.reader.query('personal', { text, parameters: [] })).toArray();
  const most = new Set(
    found.flatMap(({ i, n }) => (Number(n) >= 0.8 * telling[Number(i)]!.texts.length ? [Number(i)] : [])),
  );
  return telling.filter((_, i) => most.has(i));
}

function isNamedPersonal(name: string, type: string): boolean {
  if (type === 'VARCHAR') return NAMED.test(name);
  return /^(?:DATE|TIMESTAMP|\w*INT)/.test(type) && NAMED_NUMBER.test(name);
}

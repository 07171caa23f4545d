import { lex, type Token } from './lex';
import { statementScope, type Relation } from './relations';
import { isCode, split } from './split';
import { identifier, isSymbol, keyword } from './tree';

/** A table that can be read, with its columns where they are known. */
export interface SqlTable {
  readonly name: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
}

/** A function of the database: how it is called and what it does. */
export interface SqlFunction {
  readonly name: string;
  readonly signatures: readonly string[];
  readonly description: string;
}

export interface SqlOffer {
  readonly label: string;
  readonly kind: 'table' | 'column' | 'function';
  /** Smaller comes first. */
  readonly rank: number;
  /** Where it comes from, or how it is called. */
  readonly detail?: string;
  /** What it does. */
  readonly text?: string;
}

export interface SqlOffers {
  readonly from: number;
  readonly to: number;
  readonly offers: readonly SqlOffer[];
}

const PART = /[\p{L}\p{N}_]*$/u;

/**
 * What can be written at a place of SQL: after `o.` the columns of what `o` stands for; after FROM and JOIN tables and
 * CTEs; elsewhere the columns of what the statement reads, its aliases, tables and functions. Undefined within `${…}`,
 * which is no SQL; nothing within a text or a comment.
 */
export function sqlOffers(
  source: string,
  at: number,
  tables: readonly SqlTable[],
  functions: readonly SqlFunction[],
): SqlOffers | undefined {
  const tokens = lex(source);
  const inside = tokens.find(
    ({ start, text }) => start < at && at < start + text.length + (endsOpen(source, at) ? 1 : 0),
  );
  if (inside?.kind === 'hole') return undefined;
  const from = at - PART.exec(source.slice(0, at))![0].length;
  if (inside?.kind === 'string' || inside?.kind === 'comment') return { from, to: at, offers: [] };
  const statement = statementAt(tokens, at);
  const scope = statementScope(statement, (name) => tableOf(tables, name)?.columns?.map((column) => column.name));
  const before = statement.filter((token) => isCode(token) && token.start < from);
  if (isSymbol(before.at(-1), '.')) {
    const owner = identifier(before.at(-2));
    const relation = [...scope.relations, ...scope.ctes, ...tables].find(({ name }) => same(name, owner ?? ''));
    return { from, to: at, offers: columnOffers(relation, tables, 10) };
  }
  // What stands there is a name that is being made; behind CREATE … AS it is a query or an expression.
  if (keyword(before.at(-1)) === 'AS' && keyword(before[0]) !== 'CREATE') return { from, to: at, offers: [] };
  const wantsTable = isTablePlace(before);
  const offers = [
    ...(wantsTable ? [] : scope.relations.flatMap((relation) => columnOffers(relation, tables, 10))),
    ...(wantsTable ? [] : scope.relations.map(({ name }): SqlOffer => ({ label: name, kind: 'table', rank: 11 }))),
    ...scope.ctes.map(({ name }): SqlOffer => ({
      label: name,
      kind: 'table',
      rank: wantsTable ? 10 : 12,
      detail: 'WITH',
    })),
    ...tables.map((table) => tableOffer(table, wantsTable ? 10 : 12)),
    ...(wantsTable || scope.relations.length > 0 ? [] : tables.flatMap((table) => columnOffers(table, tables, 13))),
    ...functions.map((one) => functionOffer(one, wantsTable ? 16 : 14)),
  ];
  return { from, to: at, offers: withoutRepeats(offers) };
}

/** A text or comment that ends with its line or not at all holds the caret at its end, too. */
const endsOpen = (source: string, at: number): boolean => at === source.length || source[at] === '\n';

function statementAt(tokens: readonly Token[], at: number): readonly Token[] {
  const ends = ({ start, text }: Token): number => start + text.length;
  const all = split(tokens).filter((statement) => statement.length > 0);
  return all.find((statement) => at <= ends(statement.at(-1)!)) ?? all.at(-1) ?? [];
}

/** After FROM and JOIN, and after a comma in a list of tables. */
function isTablePlace(before: readonly Token[]): boolean {
  const word = keyword(before.at(-1));
  if (word === 'FROM' || word === 'JOIN') return true;
  if (!isSymbol(before.at(-1), ',')) return false;
  for (let i = before.length - 2; i >= 0; i--) {
    const token = before[i]!;
    if (keyword(token) === 'FROM' || keyword(token) === 'JOIN') return true;
    const named = token.kind === 'quoted' || (token.kind === 'word' && !STOPS.has(keyword(token)));
    if (!named && !isSymbol(token, ',') && !isSymbol(token, '.')) return false;
  }
  return false;
}

const STOPS: ReadonlySet<string> = new Set('SELECT WHERE ON GROUP ORDER BY HAVING QUALIFY USING WITH'.split(' '));

function columnOffers(
  relation: Relation | SqlTable | undefined,
  tables: readonly SqlTable[],
  rank: number,
): SqlOffer[] {
  if (!relation) return [];
  const table = 'table' in relation && relation.table !== undefined ? tableOf(tables, relation.table) : undefined;
  return (relation.columns ?? []).map((column) => {
    const label = typeof column === 'string' ? column : column.name;
    const type = typeof column === 'string' ? typeOf(table, label) : column.type;
    return { label, kind: 'column', rank, detail: type ? `${type}, in ${relation.name}` : `in ${relation.name}` };
  });
}

const typeOf = (table: SqlTable | undefined, column: string): string | undefined =>
  table?.columns?.find(({ name }) => same(name, column))?.type;

function tableOffer({ name, columns }: SqlTable, rank: number): SqlOffer {
  return { label: name, kind: 'table', rank, ...(columns && { detail: `${columns.length} columns` }) };
}

function functionOffer({ name, signatures, description }: SqlFunction, rank: number): SqlOffer {
  const text = [...signatures.slice(1), description].filter((line) => line !== '').join('\n');
  return { label: name, kind: 'function', rank, detail: signatures[0] ?? '()', ...(text && { text }) };
}

function withoutRepeats(offers: readonly SqlOffer[]): SqlOffer[] {
  const seen = new Set<string>();
  return offers.filter(({ label, kind }) => {
    const key = `${kind} ${label.toLowerCase()}`;
    return !seen.has(key) && seen.add(key);
  });
}

const tableOf = (tables: readonly SqlTable[], name: string): SqlTable | undefined =>
  tables.find((table) => same(table.name, name));

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

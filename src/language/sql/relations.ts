import { lex, type Token } from './lex';
import { CLAUSE_START, RESERVED } from './keywords';
import { identifier, isSymbol, keyword, tree, type Node } from './tree';

/** A table that a statement reads, by the name it has there. */
export interface Relation {
  readonly name: string;
  /** The table it is, where it is one of the notebook's. */
  readonly table?: string;
  /** Absent where they are not known. */
  readonly columns?: readonly string[];
}

/** What is known of a table outside of the statement; undefined for no such table. */
export type ColumnsOf = (table: string) => readonly string[] | undefined;

/** What the names of a statement stand for. */
export interface StatementScope {
  /** Each table, subquery and CTE read in it, at whatever depth, by its alias if it has one. */
  readonly relations: readonly Relation[];
  /** The statement's own CTEs. */
  readonly ctes: readonly Relation[];
}

/**
 * Reads which tables a statement names and what their columns are, also of one that is being written. It is no parser:
 * what it cannot tell it leaves out.
 */
export function statementScope(statement: string | readonly Token[], columnsOf: ColumnsOf): StatementScope {
  const tokens = typeof statement === 'string' ? lex(statement) : statement;
  const relations: Relation[] = [];
  const ctes: Relation[] = [];
  const known = (name: string): readonly string[] | undefined => {
    const own = ctes.findLast((cte) => same(cte.name, name));
    return own ? own.columns : columnsOf(name);
  };
  readLevel(tree(tokens), { relations, ctes, known });
  return { relations, ctes };
}

interface Reading {
  readonly relations: Relation[];
  readonly ctes: Relation[];
  readonly known: ColumnsOf;
}

/** Reads one level of brackets and what is nested in it; gives the columns of the query that stands there. */
function readLevel(nodes: readonly Node[], reading: Reading): readonly string[] | undefined {
  let at = keyword(nodes[0]) === 'WITH' ? readCtes(nodes, reading) : 0;
  const begin = at;
  const here: Relation[] = [];
  let expected = false;
  for (; at < nodes.length; at++) {
    const word = keyword(nodes[at]);
    if (word === 'FROM' || word === 'JOIN') expected = true;
    else if (expected) {
      const { relation, end } = readRelation(nodes, at, reading);
      if (relation) here.push(relation);
      at = end - 1;
      expected = isSymbol(nodes[end], ',');
      if (expected) at = end;
    } else if (nodes[at]?.kind === 'group') readLevel((nodes[at] as { nodes: readonly Node[] }).nodes, reading);
  }
  reading.relations.push(...here);
  return outputOf(nodes.slice(begin), here);
}

/** `WITH a AS (…), b(x) AS (…)`: gives where what follows begins. */
function readCtes(nodes: readonly Node[], reading: Reading): number {
  let at = keyword(nodes[1]) === 'RECURSIVE' ? 2 : 1;
  while (at < nodes.length) {
    const name = identifier(nodes[at]);
    if (name === undefined) return at;
    at += 1;
    const given = nodes[at]?.kind === 'group' ? namesIn(nodes[at++]!) : undefined;
    while (['AS', 'NOT', 'MATERIALIZED'].includes(keyword(nodes[at]))) at += 1;
    const body = nodes[at];
    if (body?.kind !== 'group') return at;
    const columns = given ?? readLevel(body.nodes, reading);
    reading.ctes.push({ name, ...(columns && { columns }) });
    if (given) readLevel(body.nodes, reading);
    at += 1;
    if (!isSymbol(nodes[at], ',')) return at;
    at += 1;
  }
  return at;
}

/** `orders`, `main.orders AS o`, `(SELECT …) x(a, b)`. */
function readRelation(nodes: readonly Node[], start: number, reading: Reading): { relation?: Relation; end: number } {
  let at = start;
  let name: string | undefined;
  let columns: readonly string[] | undefined;
  let renamed = false;
  const first = nodes[at];
  if (first?.kind === 'group') columns = readLevel(first.nodes, reading);
  else {
    if (keyword(first) === 'LATERAL') return readRelation(nodes, start + 1, reading);
    name = CLAUSE_START.has(keyword(first)) ? undefined : identifier(first);
    if (name === undefined) return { end: start + 1 };
    while (isSymbol(nodes[at + 1], '.') && identifier(nodes[at + 2]) !== undefined) {
      at += 2;
      name = identifier(nodes[at]);
    }
    columns = reading.known(name!);
    if (nodes[at + 1]?.kind === 'group') at += 1;
  }
  at += 1;
  if (keyword(nodes[at]) === 'AS') at += 1;
  const word = keyword(nodes[at]);
  const alias =
    word !== '' && (RESERVED.has(word.toLowerCase()) || CLAUSE_START.has(word)) ? undefined : identifier(nodes[at]);
  if (alias !== undefined) at += 1;
  const group = nodes[at];
  if (alias !== undefined && group?.kind === 'group') {
    columns = namesIn(group);
    renamed = true;
    at += 1;
  }
  const called = alias ?? name;
  if (called === undefined) return { end: at };
  const isTable = name !== undefined && !renamed && !isCte(name, reading);
  const table = isTable ? name : undefined;
  return { end: at, relation: { name: called, ...(columns && { columns }), ...(table !== undefined && { table }) } };
}

const isCte = (name: string, { ctes }: Reading): boolean => ctes.some((cte) => same(cte.name, name));

/** The columns that a query gives; undefined when one of its parts cannot be told. */
function outputOf(nodes: readonly Node[], relations: readonly Relation[]): readonly string[] | undefined {
  const select = nodes.findIndex((node) => keyword(node) === 'SELECT');
  if (select < 0) return keyword(nodes[0]) === 'FROM' ? everything(relations) : undefined;
  let at = select + 1;
  if (keyword(nodes[at]) === 'DISTINCT') at += 1;
  const names: string[] = [];
  let part: Node[] = [];
  const close = (): void => {
    names.push(...namesOfPart(part, relations));
    part = [];
  };
  for (; at < nodes.length; at++) {
    if (isSymbol(nodes[at], ',')) close();
    else if (CLAUSES.has(keyword(nodes[at]))) break;
    else part.push(nodes[at]!);
  }
  close();
  return names;
}

const CLAUSES: ReadonlySet<string> = new Set(
  'FROM WHERE GROUP HAVING WINDOW QUALIFY ORDER LIMIT OFFSET UNION INTERSECT EXCEPT USING SAMPLE'.split(' '),
);

/** What one part of a select list is called: `*`, `o.*`, `x AS y`, `x y`, `o.x`, `x`; nothing for a bare calculation. */
function namesOfPart(part: readonly Node[], relations: readonly Relation[]): readonly string[] {
  const star = part.findIndex((node) => isSymbol(node, '*'));
  if (star === 0) return without(everything(relations), part);
  if (star === 2 && isSymbol(part[1], '.')) {
    const owner = identifier(part[0]);
    return without(relations.find(({ name }) => owner !== undefined && same(name, owner))?.columns, part);
  }
  const last = identifier(part.at(-1));
  const before = part.at(-2);
  if (last === undefined || keyword(part.at(-1)) === 'END') return [];
  const named = before === undefined || before.kind !== 'operator' || isSymbol(before, '.');
  return named ? [last] : [];
}

/** The columns of `*`, less those of `EXCLUDE (…)`. */
function without(columns: readonly string[] | undefined, part: readonly Node[]): readonly string[] {
  const at = part.findIndex((node) => keyword(node) === 'EXCLUDE');
  const left = at < 0 ? undefined : part[at + 1];
  const out = left?.kind === 'group' ? namesIn(left) : [identifier(left) ?? ''];
  return (columns ?? []).filter((column) => !out.some((name) => same(name, column)));
}

const everything = (relations: readonly Relation[]): readonly string[] => [
  ...new Set(relations.flatMap((relation) => relation.columns ?? [])),
];

const namesIn = (group: Node): string[] =>
  group.kind === 'group' ? group.nodes.flatMap((node) => identifier(node) ?? []) : [];

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

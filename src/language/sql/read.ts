import {
  CLAUSE_START,
  FROM_IN_ARGUMENTS,
  OWN_SCHEMAS,
  QUERY_START,
  RESERVED,
  SHOW_WORDS,
  SYSTEM_VIEW,
} from './keywords';
import { lex, type Token } from './lex';
import { identifier, isSymbol, keyword, tree, unquote, type Group, type Node } from './tree';

/** What a piece of SQL names, as written, in order, with repetitions. */
export interface NamesRead {
  /** Relations in table position that no CTE of their scope explains. */
  readonly tables: string[];
  /** Functions called and types cast to: another cell may define them as a macro or a type. */
  readonly calls: string[];
  /** `${…}` where a table is expected. */
  readonly tableHoles: Token[];
  /** File names where a table is expected. */
  readonly files: Token[];
}

export function noNames(): NamesRead {
  return { tables: [], calls: [], tableHoles: [], files: [] };
}

/** Names of the CTEs in force, in lower case. */
export type Ctes = ReadonlySet<string>;

export interface ScanOptions {
  /** Where in `nodes` to begin. */
  readonly at?: number;
  readonly ctes?: Ctes;
  /** A table is expected first, as after FROM. */
  readonly tableFirst?: boolean;
  /** FROM is a word of a function's arguments: `extract(year FROM day)`. */
  readonly fromIsWord?: boolean;
  /** The first USING brings further tables, as in DELETE and MERGE, rather than the columns of a join. */
  readonly usingTables?: boolean;
}

const FILE_NAME = /[/\\]|\.(?:csv|tsv|txt|json|jsonl|ndjson|parquet|xlsx?|gz|db|duckdb)$/i;

/**
 * Collects the names that one bracket level of SQL and everything within it reads. Words count as tables where the
 * grammar expects one (after FROM, JOIN, a comma between tables, PIVOT, DESCRIBE, …), in any nesting.
 */
export function scan(nodes: readonly Node[], names: NamesRead, options: ScanOptions = {}): void {
  let ctes: Ctes = options.ctes ?? new Set();
  // `table`: one is expected next; `tables`: within a list of tables, after one; `other`: everything else.
  let place: 'table' | 'tables' | 'other' = options.tableFirst ? 'table' : 'other';
  let joins = 0;
  let pivot = false;
  let usingTables = options.usingTables ?? false;

  for (let at = options.at ?? 0; at < nodes.length; at += 1) {
    if (place === 'table') {
      const end = readTable(nodes, at, names, ctes);
      place = end === undefined ? 'other' : 'tables';
      if (end !== undefined) {
        at = end - 1;
        continue;
      }
    }
    const node = nodes[at]!;
    const next = nodes[at + 1];
    if (node.kind === 'group') {
      scanGroup(node, nodes[at - 1], names, ctes);
      continue;
    }
    if (isSymbol(node, ',') && place === 'tables') place = 'table';
    if (isSymbol(node, '::') && identifier(next)) names.calls.push(identifier(next)!);
    if (node.kind === 'quoted' && next?.kind === 'group') names.calls.push(unquote(node.text));
    const word = keyword(node);
    switch (word) {
      case '':
        break;
      case 'WITH': {
        const clause = readWith(nodes, at, names, ctes);
        if (clause) {
          at = clause.end - 1;
          ctes = clause.ctes;
        }
        break;
      }
      case 'FROM':
        if (!options.fromIsWord && !isDistinctFrom(nodes, at)) {
          place = 'table';
          pivot = false;
          joins = 0;
        }
        break;
      case 'JOIN':
        if (place === 'tables') {
          place = 'table';
          joins += 1;
        }
        break;
      case 'ON':
        // The list of PIVOT's ON holds columns, unless the ON belongs to a join before it.
        if (joins > 0) joins -= 1;
        else if (pivot) place = 'other';
        break;
      case 'USING':
        if (usingTables) place = 'table';
        else if (next?.kind === 'group' && joins > 0) joins -= 1;
        else place = 'other';
        usingTables = false;
        break;
      case 'PIVOT':
      case 'PIVOT_WIDER':
      case 'UNPIVOT':
      case 'PIVOT_LONGER':
        if (place === 'tables' && next?.kind === 'group') break;
        place = 'table';
        pivot = true;
        joins = 0;
        break;
      case 'TABLE':
      case 'DESCRIBE':
      case 'SUMMARIZE':
        if (next && next.kind !== 'group' && !QUERY_START.has(keyword(next))) place = 'table';
        break;
      case 'DESC':
        if (at === 0 && !QUERY_START.has(keyword(next))) place = 'table';
        break;
      case 'SHOW':
        if (at === 0 && SHOW_WORDS.has(keyword(next))) return;
        if (at === 0 && !QUERY_START.has(keyword(next))) place = 'table';
        break;
      case 'REFERENCES':
        if (identifier(next)) addTable(identifier(next)!, names, ctes);
        break;
      default:
        if (CLAUSE_START.has(word)) place = 'other';
        else if (next?.kind === 'group' && next.open === '(' && !RESERVED.has(node.text.toLowerCase())) {
          names.calls.push(node.text);
        }
    }
    if (word === 'AS' && isCast(nodes) && identifier(next)) names.calls.push(identifier(next)!);
  }
}

function isCast(nodes: readonly Node[]): boolean {
  return !nodes.some((node) => isSymbol(node, ',') || QUERY_START.has(keyword(node)));
}

function scanGroup(group: Group, before: Node | undefined, names: NamesRead, ctes: Ctes): void {
  const fromIsWord = FROM_IN_ARGUMENTS.has(keyword(before)) && !QUERY_START.has(keyword(group.nodes[0]));
  scan(group.nodes, names, { ctes, fromIsWord });
}

/** `a IS [NOT] DISTINCT FROM b`. */
function isDistinctFrom(nodes: readonly Node[], at: number): boolean {
  return keyword(nodes[at - 1]) === 'DISTINCT' && /^(?:IS|NOT)$/.test(keyword(nodes[at - 2]));
}

/** Reads the table at `at`; returns where it ends, or undefined when there is none. */
function readTable(nodes: readonly Node[], at: number, names: NamesRead, ctes: Ctes): number | undefined {
  const node = nodes[at]!;
  const word = keyword(node);
  if (word === 'LATERAL' || word === 'ONLY')
    return at + 1 < nodes.length ? readTable(nodes, at + 1, names, ctes) : at + 1;
  if (word === 'VALUES') return readValues(nodes, at + 1, names, ctes);
  if (node.kind === 'group') {
    const tableFirst = !QUERY_START.has(keyword(node.nodes[0]));
    scan(node.nodes, names, { ctes, tableFirst });
    return at + 1;
  }
  if (node.kind === 'hole') {
    names.tableHoles.push(node);
    return at + 1;
  }
  if (node.kind === 'string') {
    addQuoted(node, names, ctes);
    return at + 1;
  }
  if (identifier(node) === undefined || (node.kind === 'word' && RESERVED.has(node.text.toLowerCase())))
    return undefined;
  // `FROM o: orders` names the alias first.
  if (isSymbol(nodes[at + 1], ':') && nodes[at + 2]) return readTable(nodes, at + 2, names, ctes);
  return readName(nodes, at, names, ctes);
}

/** A name, perhaps behind its schema, perhaps with arguments. */
function readName(nodes: readonly Node[], at: number, names: NamesRead, ctes: Ctes): number {
  const path = [nodes[at]!];
  let end = at + 1;
  while (isSymbol(nodes[end], '.') && nodes[end + 1]) {
    path.push(nodes[end + 1]!);
    end += 2;
  }
  const last = path.at(-1)!;
  const following = nodes[end];
  if (following?.kind === 'group' && following.open === '(') {
    readTableFunction(identifier(last) ?? '', following, names, ctes);
    return end + 1;
  }
  if (last.kind === 'hole') names.tableHoles.push(last);
  else if (path.length === 1 && last.kind === 'quoted') addQuoted(last, names, ctes);
  else if (path.length === 1) addTable(identifier(last)!, names, ctes);
  else if (path.slice(0, -1).every((part) => OWN_SCHEMAS.has(identifier(part)?.toLowerCase() ?? ''))) {
    addTable(identifier(last) ?? '', names, new Set());
  }
  return end;
}

function readTableFunction(name: string, args: Group, names: NamesRead, ctes: Ctes): void {
  names.calls.push(name);
  scan(args.nodes, names, { ctes });
  const strings = args.nodes
    .flatMap((node) => (node.kind === 'group' ? node.nodes : [node]))
    .filter((node): node is Token => node.kind === 'string');
  if (/^query_table$/i.test(name)) for (const text of strings) addTable(unquote(text.text), names, ctes);
  if (/^query$/i.test(name)) for (const text of strings) scan(tree(lex(unquote(text.text))), names, { ctes });
}

function readValues(nodes: readonly Node[], from: number, names: NamesRead, ctes: Ctes): number {
  let at = from;
  while (nodes[at]?.kind === 'group') {
    scanGroup(nodes[at] as Group, undefined, names, ctes);
    at += 1;
    if (!isSymbol(nodes[at], ',') || nodes[at + 1]?.kind !== 'group') break;
    at += 1;
  }
  return at;
}

/** `WITH [RECURSIVE] a [(…)] AS [NOT] [MATERIALIZED] (…), b AS (…)`: a CTE is known to those after it, a recursive one to itself. */
export function readWith(
  nodes: readonly Node[],
  at: number,
  names: NamesRead,
  outer: Ctes,
): { end: number; ctes: Ctes } | undefined {
  const ctes = new Set(outer);
  const recursive = keyword(nodes[at + 1]) === 'RECURSIVE';
  let end = at + (recursive ? 2 : 1);
  for (;;) {
    const name = identifier(nodes[end]);
    if (name === undefined) return undefined;
    end += 1;
    if (nodes[end]?.kind === 'group') end += 1;
    if (keyword(nodes[end]) === 'USING' && keyword(nodes[end + 1]) === 'KEY') end += 3;
    if (keyword(nodes[end]) !== 'AS') return undefined;
    end += 1;
    if (keyword(nodes[end]) === 'NOT') end += 1;
    if (keyword(nodes[end]) === 'MATERIALIZED') end += 1;
    const body = nodes[end];
    if (body?.kind !== 'group') return undefined;
    const known = recursive ? new Set([...ctes, name.toLowerCase()]) : ctes;
    scan(body.nodes, names, { ctes: known });
    ctes.add(name.toLowerCase());
    end += 1;
    if (!isSymbol(nodes[end], ',')) return { end, ctes };
    end += 1;
  }
}

function addQuoted(token: Token, names: NamesRead, ctes: Ctes): void {
  const name = unquote(token.text);
  if (FILE_NAME.test(name)) names.files.push(token);
  else addTable(name, names, ctes);
}

function addTable(name: string, names: NamesRead, ctes: Ctes): void {
  if (name === '' || ctes.has(name.toLowerCase()) || SYSTEM_VIEW.test(name)) return;
  names.tables.push(name);
}

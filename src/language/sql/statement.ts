import { QUERY_START, OWN_SCHEMAS } from './keywords';
import { noNames, readWith, scan, type Ctes, type NamesRead } from './read';
import { identifier, isSymbol, keyword, type Node } from './tree';

/** What one statement is and names. */
export interface StatementReading {
  /** The first word that says what it does, in upper case, behind EXPLAIN and WITH: `SELECT`, `CREATE`, … */
  readonly head: string;
  readonly explained: boolean;
  readonly names: NamesRead;
  /** Relations, macros and types it creates. */
  readonly creates: readonly string[];
  readonly drops: readonly string[];
  /** Relations whose rows or columns it changes in place. */
  readonly changes: readonly string[];
}

const CREATE_WORDS = /^(?:OR|REPLACE|PERSISTENT|TEMP|TEMPORARY|LOCAL|GLOBAL|UNLOGGED|RECURSIVE|UNIQUE)$/;
const CREATED = /^(?:TABLE|VIEW|MACRO|FUNCTION|TYPE|SEQUENCE)$/;

/** Reads a statement's tree: its head, the names it reads, and those it creates, drops or changes. */
export function readStatement(nodes: readonly Node[]): StatementReading {
  const names = noNames();
  let at = 0;
  let ctes: Ctes = new Set();
  const explained = keyword(nodes[0]) === 'EXPLAIN';
  if (explained) {
    at = keyword(nodes[1]) === 'ANALYZE' ? 2 : 1;
    if (nodes[at]?.kind === 'group' && nodes.length > at + 1) at += 1;
  }
  if (keyword(nodes[at]) === 'WITH') {
    const clause = readWith(nodes, at, names, ctes);
    if (clause) ({ end: at, ctes } = clause);
  }
  const head = headOf(nodes[at]);
  const nothing = { head, explained, names, creates: [], drops: [], changes: [] };
  switch (head) {
    case 'CREATE':
      return { ...nothing, ...readCreate(nodes, at, names) };
    case 'DROP':
      return { ...nothing, drops: readDropped(nodes, at + 2) };
    case 'INSERT':
    case 'MERGE':
    case 'UPDATE':
    case 'DELETE':
    case 'TRUNCATE':
    case 'ALTER':
    case 'COMMENT':
      return { ...nothing, changes: readChange(nodes, at, head, names, ctes) };
    default:
      scan(nodes, names, { at, ctes });
      return nothing;
  }
}

/** A bracketed query is what is within it. */
function headOf(node: Node | undefined): string {
  if (node?.kind !== 'group') return keyword(node);
  const inner = headOf(node.nodes[0]);
  return QUERY_START.has(inner) ? 'SELECT' : inner;
}

/** A name behind its own schema; `end` is where it ends. A name in a foreign schema is not a name of the notebook. */
function nameAt(nodes: readonly Node[], at: number): { name: string | undefined; end: number } {
  let end = at + 1;
  let name = identifier(nodes[at]);
  while (name !== undefined && isSymbol(nodes[end], '.')) {
    name = OWN_SCHEMAS.has(name.toLowerCase()) ? identifier(nodes[end + 1]) : undefined;
    end += 2;
  }
  return { name, end };
}

/** Skips `IF [NOT] EXISTS`. */
function afterExists(nodes: readonly Node[], at: number): number {
  if (keyword(nodes[at]) !== 'IF') return at;
  return at + (keyword(nodes[at + 1]) === 'NOT' ? 3 : 2);
}

function readCreate(
  nodes: readonly Node[],
  create: number,
  names: NamesRead,
): { creates: string[]; changes: string[] } | undefined {
  let at = create + 1;
  while (CREATE_WORDS.test(keyword(nodes[at]))) at += 1;
  const kind = keyword(nodes[at]);
  if (kind === 'INDEX') {
    const on = nodes.findIndex((node) => keyword(node) === 'ON');
    const { name } = nameAt(nodes, on + 1);
    return { creates: [], changes: on > 0 && name ? [name] : [] };
  }
  const { name, end } = nameAt(nodes, afterExists(nodes, at + 1));
  const macro = kind === 'MACRO' || kind === 'FUNCTION';
  scan(nodes, names, { at: macro ? end + 1 : end });
  return { creates: CREATED.test(kind) && name ? [name] : [], changes: [] };
}

function readDropped(nodes: readonly Node[], from: number): string[] {
  const dropped: string[] = [];
  let at = keyword(nodes[from]) === 'TABLE' ? from + 1 : from; // DROP MACRO TABLE f
  at = afterExists(nodes, at);
  for (;;) {
    const { name, end } = nameAt(nodes, at);
    if (name) dropped.push(name);
    if (!isSymbol(nodes[end], ',')) return dropped;
    at = end + 1;
  }
}

const BEFORE_TARGET = /^(?:OR|REPLACE|IGNORE|INTO|FROM|ON|TABLE|VIEW|SEQUENCE|COLUMN|ONLY)$/;

function readChange(nodes: readonly Node[], start: number, head: string, names: NamesRead, ctes: Ctes): string[] {
  let at = start + 1;
  while (BEFORE_TARGET.test(keyword(nodes[at]))) at += 1;
  const target = nodes[at];
  const { name, end } = nameAt(nodes, afterExists(nodes, at));
  if (target?.kind === 'hole') names.tableHoles.push(target);
  if (name) names.tables.push(name);
  const usingTables = head === 'DELETE' || head === 'MERGE';
  if (head !== 'ALTER' && head !== 'COMMENT') scan(nodes, names, { at: end, ctes, usingTables });
  return name ? [name] : [];
}

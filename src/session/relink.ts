import { isText, type FilePlan, type TypedColumn } from '../table/plan';
import { rolesOf, type Role } from './roles';

/** Which column of a file stands for each column that a notebook knows; undefined where none seems to. */
export type ColumnMapping = Readonly<Record<string, string | undefined>>;

/** Words that exports use for one thing. */
const SAME = [
  ['day', 'date', 'datum', 'tag', 'time', 'timestamp'],
  ['cost', 'costs', 'spend', 'spent', 'kosten', 'ausgaben', 'amountspent'],
  ['revenue', 'sales', 'turnover', 'umsatz', 'value', 'total'],
  ['channel', 'source', 'medium', 'kanal', 'quelle', 'platform'],
  ['campaign', 'kampagne', 'campaignname'],
  ['impressions', 'impr', 'views', 'impressionen'],
  ['clicks', 'klicks', 'linkclicks'],
  ['customer', 'client', 'user', 'kunde', 'member'],
  ['order', 'purchase', 'transaction', 'bestellung'],
  ['product', 'item', 'sku', 'artikel', 'produkt'],
  ['quantity', 'qty', 'units', 'menge', 'anzahl'],
  ['email', 'mail', 'emailaddress'],
  ['id', 'nr', 'no', 'number', 'nummer'],
];
const MEANING = new Map(SAME.flatMap((words) => words.map((word) => [word, words[0]!] as const)));

/** Below this likeness two names are taken for different things. */
const LIKE = 0.5;

/**
 * Proposes which columns of a file stand for those a notebook knows, where headers were renamed. Columns of the same name
 * keep it; of the others the most alike pair is matched first: by the words of their names (`Amount spent` is `spend`),
 * by how many letters they share, and by whether their types can be the same. A last lonely pair of one type is matched
 * as well. The reader decides.
 */
export function proposeColumns(known: Readonly<Record<string, string>>, found: readonly TypedColumn[]): ColumnMapping {
  const mapping = new Map<string, string | undefined>(Object.keys(known).map((name) => [name, undefined]));
  const free = new Set(found);
  for (const name of mapping.keys()) {
    const same = found.find((column) => column.name.toLowerCase() === name.toLowerCase());
    if (same && free.delete(same)) mapping.set(name, same.name);
  }
  // What plays the same role is the same, whatever it is called.
  const roles = rolesOf(found.filter((column) => free.has(column)));
  const unmapped = Object.entries(known).filter(([name]) => mapping.get(name) === undefined);
  for (const [role, name] of Object.entries(rolesOf(unmapped.map(([name, type]) => ({ name, source: name, type }))))) {
    const column = found.find((candidate) => candidate.name === roles[role as Role]);
    if (column && free.delete(column)) mapping.set(name, column.name);
  }
  const pairs = [...mapping]
    .filter(([, column]) => column === undefined)
    .flatMap(([name]) => [...free].map((column) => ({ name, column, alike: likeness(name, known[name]!, column) })))
    .filter(({ alike }) => alike >= LIKE)
    .sort((a, b) => b.alike - a.alike);
  for (const { name, column } of pairs) {
    if (mapping.get(name) === undefined && free.delete(column)) mapping.set(name, column.name);
  }
  const left = [...mapping].filter(([, column]) => column === undefined);
  const [column] = free;
  if (left.length === 1 && free.size === 1 && sameType(known[left[0]![0]]!, column!.type)) {
    mapping.set(left[0]![0], column!.name);
  }
  return Object.fromEntries(mapping);
}

/** Whether a file lacks columns that the notebook knows, so that it would fail where it reads them. */
export function lacksColumns(known: Readonly<Record<string, string>>, found: readonly TypedColumn[]): boolean {
  const names = new Set(found.map(({ name }) => name.toLowerCase()));
  return Object.keys(known).some((name) => !names.has(name.toLowerCase()));
}

/** What columns are called, by their header in the file. */
export type ColumnNames = Readonly<Record<string, string>>;

/** The names that a mapping gives to columns, by their headers: those that differ from what the columns are called. */
export function namesOf(mapping: ColumnMapping, found: readonly TypedColumn[]): ColumnNames {
  const names = Object.entries(mapping).flatMap(([known, name]) => {
    const column = found.find((candidate) => candidate.name === name);
    return column && column.name !== known ? [[column.source, known] as const] : [];
  });
  return Object.fromEntries(names);
}

/** A plan whose columns have other names. */
export function withColumnNames(plan: FilePlan, names: ColumnNames): FilePlan {
  return isText(plan)
    ? { ...plan, columns: withNames(plan.columns, names) }
    : { ...plan, columns: withNames(plan.columns, names) };
}

/** Columns under other names. A column whose own name is taken by that gets a number. */
export function withNames<C extends TypedColumn>(found: readonly C[], names: ColumnNames): readonly C[] {
  const taken = new Set<string>();
  const take = (name: unknown): name is string => {
    if (typeof name !== 'string' || name === '' || taken.has(name.toLowerCase())) return false;
    taken.add(name.toLowerCase());
    return true;
  };
  // The names come from a file that anyone may have written.
  const given = found.map(({ source }) => {
    const name: unknown = Object.hasOwn(names, source) ? names[source] : undefined;
    return take(name) ? name : undefined;
  });
  return found.map((column, i) => {
    if (given[i] !== undefined) return { ...column, name: given[i] };
    let name = column.name;
    for (let n = 2; !take(name); n++) name = `${column.name}_${n}`;
    return { ...column, name };
  });
}

function likeness(name: string, type: string, column: TypedColumn): number {
  const alike = Math.max(nameLikeness(name, column.name), nameLikeness(name, column.source));
  return sameType(type, column.type) ? alike + 0.1 : alike - 0.25;
}

/** From 0 to 1: the greater of the share of words and the share of pairs of letters that both have. */
function nameLikeness(a: string, b: string): number {
  const words = dice(new Set(wordsOf(a)), new Set(wordsOf(b)));
  return Math.max(words, 0.9 * dice(pairsOf(a), pairsOf(b)));
}

function wordsOf(name: string): string[] {
  const words = name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const whole = MEANING.get(words.join(''));
  return whole ? [whole] : words.map((word) => MEANING.get(word) ?? word);
}

function pairsOf(name: string): Set<string> {
  const letters = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
}

/** Twice what two sets share over what they have (Dice 1945). */
function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  const shared = [...a].filter((item) => b.has(item)).length;
  return (2 * shared) / (a.size + b.size);
}

/** Types that a column may have in one export and in the next: a whole number today is a fraction tomorrow. */
function sameType(a: string, b: string): boolean {
  const kind = (type: string): string =>
    /INT|DOUBLE|FLOAT|DECIMAL/.test(type) ? 'number' : /DATE|TIMESTAMP/.test(type) ? 'time' : type;
  return kind(a) === kind(b);
}

import type { DataEntry } from './data-files';
import { writtenText } from './written-text';

const MEMBER = /^SELECT '((?:[^']|'')*)' AS _file, \* FROM (\w+)$/;
const BETWEEN = '\nUNION ALL BY NAME\n';

type Member = Pick<DataEntry, 'fileName' | 'table'>;

/** The query that makes one table of several of the same shape; `_file` says where a row came from. */
export function togetherSource(members: readonly Member[]): string {
  return members
    .map(({ fileName, table }) => `SELECT ${writtenText(fileName)} AS _file, * FROM ${table}`)
    .join(BETWEEN);
}

/** The tables that such a query puts together; nothing where it is another one. */
export function tablesTogether(source: string): readonly string[] {
  const members = source
    .trim()
    .split(BETWEEN)
    .map((line) => MEMBER.exec(line)?.[2]);
  return members.every((table) => table !== undefined) ? (members as string[]) : [];
}

/** What the tables have in common at the beginning of their names: `orders` for `orders_jan` and `orders_feb`. */
export function nameTogether(tables: readonly string[], taken: ReadonlySet<string>): string {
  const words = tables.map((table) => table.split('_'));
  const shared = words[0]!.filter((word, i) => words.every((other) => other[i] === word));
  const common = shared.length > 0 && words[0]!.slice(0, shared.length).join() === shared.join() ? shared : [];
  const letters = common.join('_').replace(/^_+|_+$/g, '');
  const stem = /^[a-z]/i.test(letters) ? letters : 'all_rows';
  let name = taken.has(stem.toLowerCase()) ? `all_${stem}` : stem;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `all_${stem}_${n}`;
  return name;
}

/** Files that have just the same columns, two at least: groups of them, in their order. */
export function sameShaped(entries: readonly DataEntry[]): readonly (readonly DataEntry[])[] {
  const groups = new Map<string, DataEntry[]>();
  for (const entry of entries) {
    if ((entry.ingested?.relation.columns.length ?? 0) < 2) continue;
    const shape = shapeOf(entry);
    groups.set(shape, [...(groups.get(shape) ?? []), entry]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A file's columns, whatever their order. */
function shapeOf(entry: DataEntry): string {
  const columns = entry.ingested?.relation.columns ?? [];
  return columns
    .map(({ name }) => name.toLowerCase())
    .sort()
    .join('\n');
}

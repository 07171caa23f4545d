import { dayText } from '../base/day-text';
import type { Output, TreeNode } from '../output/output';

/** What a result says, as far as two runs of it can be set beside each other. */
export interface ResultState {
  readonly name: string;
  /** Rows of a table. */
  readonly rows?: number;
  /** The figures and sentences in it, by what they are called. */
  readonly values: Readonly<Record<string, Figure>>;
}

export type Figure = number | string;

export interface ResultChange {
  readonly name: string;
  readonly rows?: { readonly from: number; readonly to: number };
  readonly values: readonly { readonly label: string; readonly from: Figure; readonly to: Figure }[];
}

/** Longer sentences are not set beside each other. */
const LONGEST = 160;

/** What changed between two runs, result by result, in the order of the later; results that say the same are left out. */
export function compareResults(
  before: ReadonlyMap<string, ResultState>,
  after: ReadonlyMap<string, ResultState>,
): ResultChange[] {
  return [...after].flatMap(([id, to]): ResultChange[] => {
    const from = before.get(id);
    if (!from) return [];
    const rows = from.rows !== undefined && to.rows !== undefined && from.rows !== to.rows;
    const values = Object.entries(to.values).flatMap(([label, value]) => {
      const former = from.values[label];
      return former === undefined || former === value ? [] : [{ label, from: former, to: value }];
    });
    if (!rows && values.length === 0) return [];
    return [{ name: to.name, ...(rows && { rows: { from: from.rows!, to: to.rows! } }), values }];
  });
}

/** The figures of a table's only row, by column. */
export function figuresOf(row: Readonly<Record<string, unknown>>): Record<string, Figure> {
  const figures = Object.entries(row).flatMap(([name, value]): [string, Figure][] => {
    if (typeof value === 'number') return [[name, value]];
    if (typeof value === 'bigint') return [[name, Number(value)]];
    if (value instanceof Date) return [[name, dayText(value)]];
    return typeof value === 'string' && value.length <= LONGEST ? [[name, value]] : [];
  });
  return Object.fromEntries(figures);
}

/** Numbers and short sentences that a cell shows; drawings and controls say nothing that could be set side by side. */
export function sentencesOf(outputs: readonly Output[]): Record<string, Figure> {
  const said = outputs.flatMap((output): Figure[] => {
    if (output.type === 'number') return [output.value];
    if (output.type === 'value' && output.value.kind === 'scalar') return [output.value.text];
    const text = output.type === 'text' ? output.text : output.type === 'tree' ? wordsOf(output.root) : null;
    return text !== null && text !== '' && text.length <= LONGEST ? [text] : [];
  });
  return Object.fromEntries(said.map((text, i) => [i === 0 ? '' : String(i + 1), text]));
}

/** The words of a tree; nothing of one that holds a drawing. */
function wordsOf(node: TreeNode): string | null {
  if (typeof node === 'string') return node;
  if (node.tag === 'svg') return null;
  const parts = (node.children ?? []).map(wordsOf);
  return parts.includes(null) ? null : parts.join('').replace(/\s+/g, ' ').trim();
}

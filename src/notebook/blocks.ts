import { readAttributes, type Attribute } from './attributes';
import type { CellKind } from './model';

/** The lines of a file that make one cell: a fence with `id=`, or the prose between such fences. */
export interface Block {
  readonly kind: CellKind;
  readonly attributes: readonly Attribute[];
  readonly source: string;
  /** First line and the line after the last, 0-based. */
  readonly start: number;
  readonly end: number;
  /** 0-based line of a fence or marker that nothing closes. */
  readonly unclosed?: number;
}

interface Fence {
  readonly indent: number;
  readonly sign: string;
  readonly length: number;
  readonly kind: string;
  readonly attributes: readonly Attribute[];
}

const KINDS: Readonly<Record<string, CellKind>> = {
  sql: 'sql',
  ts: 'ts',
  typescript: 'ts',
  csv: 'csv',
  check: 'check',
  metric: 'metric',
};

export const isBlank = (line: string): boolean => /^[ \t]*$/.test(line);

/** Without the blank lines at both ends. */
export function trimBlankLines(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

/**
 * Finds the cells among lines, from line `from` on. Blank lines between them belong to none. A fence without `id=` is a
 * part of the prose around it, and nothing inside it is a cell.
 */
export function findBlocks(lines: readonly string[], from = 0): Block[] {
  const blocks: Block[] = [];
  let prose: OpenProse | undefined;

  const endProse = (end: number): void => {
    if (prose) blocks.push(proseBlock(lines, prose, end));
    prose = undefined;
  };

  for (let at = from; at < lines.length;) {
    const fence = openFence(lines[at]!);
    const marker = fence ? undefined : openMarker(lines[at]!);
    if (fence) {
      const { end, closed } = fenceEnd(lines, at, fence);
      if (isCell(fence)) {
        endProse(at);
        blocks.push(fenceBlock(lines, at, end, closed, fence));
      } else {
        prose ??= { start: at, attributes: [] };
        if (!closed) prose.unclosed ??= at;
      }
      at = end;
    } else if (marker) {
      endProse(at);
      const [first] = marker;
      if (first && first[0] === 'to' && first[1] !== true) {
        const block = enclosedProse(lines, at, first[1], marker.slice(1));
        blocks.push(block);
        at = block.end;
      } else {
        prose = { start: at++, attributes: marker, marked: true };
      }
    } else {
      if (!isBlank(lines[at]!)) prose ??= { start: at, attributes: [] };
      at++;
    }
  }
  endProse(lines.length);
  return blocks;
}

interface OpenProse {
  readonly start: number;
  readonly attributes: readonly Attribute[];
  readonly marked?: boolean;
  unclosed?: number;
}

function proseBlock(lines: readonly string[], prose: OpenProse, end: number): Block {
  const { start, attributes, unclosed, marked } = prose;
  let last = end;
  while (last > start + 1 && isBlank(lines[last - 1]!)) last--;
  const source = trimBlankLines(lines.slice(marked ? start + 1 : start, last)).join('\n');
  return { kind: 'md', attributes, source, start, end: last, ...(unclosed !== undefined && { unclosed }) };
}

/** Prose from a marker with `to=word` to the line `<!-- word -->`, whatever stands between. */
function enclosedProse(lines: readonly string[], start: number, word: string, attributes: readonly Attribute[]): Block {
  let close = start + 1;
  while (close < lines.length && lines[close]!.trimEnd() !== `<!-- ${word} -->`) close++;
  const inside = lines.slice(start + 1, close);
  const block = { kind: 'md', attributes, source: inside.join('\n'), start } as const;
  return close < lines.length ? { ...block, end: close + 1 } : { ...block, end: close, unclosed: start };
}

function fenceBlock(lines: readonly string[], start: number, end: number, closed: boolean, fence: Fence): Block {
  const margin = new RegExp(`^ {0,${fence.indent}}`);
  const inside = lines.slice(start + 1, closed ? end - 1 : end);
  const source = inside.map((line) => line.replace(margin, '')).join('\n');
  const { attributes } = fence;
  return { kind: KINDS[fence.kind]!, attributes, source, start, end, ...(!closed && { unclosed: start }) };
}

function openFence(line: string): Fence | undefined {
  const match = /^( {0,3})(`{3,}|~{3,})([^]*)$/.exec(line);
  if (!match) return undefined;
  const [, indent, signs, info] = match as unknown as [string, string, string, string];
  if (signs.startsWith('`') && info.includes('`')) return undefined;
  const [, kind, rest] = /^\s*(\S*)([^]*)$/.exec(info) as unknown as [string, string, string];
  const attributes = readAttributes(rest);
  return { indent: indent.length, sign: signs[0]!, length: signs.length, kind: kind.toLowerCase(), attributes };
}

const isCell = (fence: Fence): boolean =>
  Object.hasOwn(KINDS, fence.kind) && fence.attributes.some(([key, value]) => key === 'id' && value !== true);

/** Attributes of a line `<!-- cell … -->`, which begins a prose cell. */
function openMarker(line: string): Attribute[] | undefined {
  const match = /^<!-- cell((?:\s[^]*)?)\s-->\s*$/.exec(line);
  return match ? readAttributes(match[1]!) : undefined;
}

/**
 * The line after a fence. A line that opens a cell and could as well close this fence means that the closing line was
 * forgotten (printing makes a fence longer than any inside it): the fence ends before it.
 */
function fenceEnd(lines: readonly string[], start: number, fence: Fence): { end: number; closed: boolean } {
  const close = new RegExp(`^ {0,3}${fence.sign}{${fence.length},}[ \\t]*$`);
  for (let at = start + 1; at < lines.length; at++) {
    if (close.test(lines[at]!)) return { end: at + 1, closed: true };
    const inner = openFence(lines[at]!);
    if (inner && isCell(inner) && inner.sign === fence.sign && inner.length >= fence.length) {
      return { end: lastInk(lines, start, at), closed: false };
    }
  }
  return { end: lastInk(lines, start, lines.length), closed: false };
}

function lastInk(lines: readonly string[], start: number, end: number): number {
  while (end > start + 1 && isBlank(lines[end - 1]!)) end--;
  return end;
}

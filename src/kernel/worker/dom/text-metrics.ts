export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is measured. */
interface Measured {
  readonly localName?: string;
  readonly nodeType: number;
  readonly textContent: string;
  readonly parentNode: Measured | null;
  readonly childNodes?: readonly Measured[];
  getAttribute?(name: string): string | null;
}

/** Widths of characters in hundredths of an em, for the common sans-serif faces; others count as `OTHER`. */
const OTHER = 58;
const WIDTHS = new Map<string, number>();
const GROUPS: readonly (readonly [number, string])[] = [
  [0, '\u200b'],
  [23, "ijl'|"],
  [28, ' !,.:;It/\\()[]'],
  [34, '-frI"`'],
  [39, '*{}'],
  [50, 'cksvxyzJ'],
  [56, 'abdeghnopqu0123456789$#?_L'],
  [59, '+<=>~F TZ'.replace(' ', '')],
  [67, 'ABEKPSVXY&'],
  [73, 'CDHNRUwΔ'],
  [79, 'GOQ'],
  [84, 'mM'],
  [92, 'W%@'],
];
for (const [width, characters] of GROUPS)
  for (const character of characters) if (!WIDTHS.has(character)) WIDTHS.set(character, width);

/** The width of a text in em. */
export function textWidth(text: string): number {
  let hundredths = 0;
  for (const character of text)
    hundredths += WIDTHS.get(character) ?? (character.codePointAt(0)! > 0x1100 ? 100 : OTHER);
  return hundredths / 100;
}

/** The box of an element in its own coordinates, estimated: text by the table above, shapes by their attributes. */
export function boxOf(element: Measured): Box {
  if (element.localName === 'text') return textBox(element);
  if (element.localName === 'g' || element.localName === 'svg') return union((element.childNodes ?? []).map(boxOf));
  const number = (name: string): number => Number(element.getAttribute?.(name) ?? 0) || 0;
  if (element.localName === 'circle') {
    const r = number('r');
    return { x: number('cx') - r, y: number('cy') - r, width: 2 * r, height: 2 * r };
  }
  if (element.localName === 'rect' || element.localName === 'image') {
    return { x: number('x'), y: number('y'), width: number('width'), height: number('height') };
  }
  return { x: 0, y: 0, width: 0, height: 0 };
}

/** Lines are the `tspan` children, each moved down by its `dy`. */
function textBox(text: Measured): Box {
  const size = inherited(text, 'font-size', 10);
  const lines = (text.childNodes ?? []).filter((node) => node.localName === 'tspan' && node.getAttribute?.('dy'));
  const contents = lines.length > 0 ? lines : [text];
  const width = Math.max(0, ...contents.map((line) => lineWidth(line))) * size;
  const spacing = lines.length > 0 ? parseFloat(lines[0]!.getAttribute!('dy')!) || 1 : 1;
  const anchor = inheritedText(text, 'text-anchor') ?? 'start';
  const left = anchor === 'middle' ? -width / 2 : anchor === 'end' ? -width : 0;
  const x = Number(lines[0]?.getAttribute?.('x') ?? text.getAttribute?.('x') ?? 0) || 0;
  const first = lines.length > 0 ? spacing * size : 0;
  return { x: x + left, y: first - 0.93 * size, width, height: (contents.length - 1) * spacing * size + 1.17 * size };
}

function lineWidth(node: Measured): number {
  if (node.nodeType === 3) return textWidth(node.textContent);
  if (node.localName === 'title') return 0;
  const bold = node.getAttribute?.('font-weight') === 'bold' ? 1.06 : 1;
  return bold * (node.childNodes ?? []).reduce((sum, child) => sum + lineWidth(child), 0);
}

function union(boxes: readonly Box[]): Box {
  const solid = boxes.filter(({ width, height }) => width > 0 || height > 0);
  if (solid.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...solid.map((box) => box.x));
  const y = Math.min(...solid.map((box) => box.y));
  const right = Math.max(...solid.map((box) => box.x + box.width));
  const bottom = Math.max(...solid.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function inheritedText(element: Measured, name: string): string | undefined {
  for (let node: Measured | null = element; node; node = node.parentNode) {
    const value = node.getAttribute?.(name);
    if (value) return value;
  }
  return undefined;
}

const inherited = (element: Measured, name: string, otherwise: number): number =>
  parseFloat(inheritedText(element, name) ?? '') || otherwise;

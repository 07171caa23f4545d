import type { Cell } from '../notebook/model';
import { LevainError } from '../base/problem';
import { codeAsProse } from './code-as-prose';
import { freshIds } from './fresh-ids';
import type { Imported } from './ipynb-read';

/** Whether a page is a notebook in Observable's file format. */
export const isObservable = (html: string): boolean => /<notebook[\s>]/i.test(html.slice(0, 10_000));

/** What a cell's `type` says it is written in; every other is JavaScript. */
const LANGUAGES: Readonly<Record<string, string>> = {
  'text/markdown': 'md',
  'application/sql': 'sql',
  'text/x-typescript': 'ts',
  'text/html': 'html',
  'application/x-tex': 'tex',
  'text/vnd.graphviz': 'dot',
  'application/vnd.node.javascript': 'node',
  'text/x-python': 'python',
  'text/x-r': 'r',
  'application/vnd.observable.javascript': 'ojs',
};

/**
 * Reads a notebook of Observable's Notebook Kit: an HTML page with a `<notebook>` whose cells are `<script>`s. Markdown
 * comes over with its `${…}` as `{{ … }}`, SQL with its `output` as the name, JavaScript and TypeScript as TypeScript;
 * other languages stand as text. A cell whose code is not pinned is folded. The text is read, never run or rendered.
 */
export function readObservable(html: string): Imported {
  if (!isObservable(html)) {
    throw new LevainError({
      code: 'observable',
      message: 'The page holds no notebook.',
      hint: 'Levain opens pages that Observable Desktop or Notebook Kit saved: they have a <notebook> element.',
    });
  }
  const nextId = freshIds();
  const unread = new Set<string>();
  const cells: Cell[] = [];
  for (const { tag, content } of scripts(html)) {
    const attributes = attributesOf(tag);
    const language = LANGUAGES[attributes.get('type') ?? ''] ?? 'js';
    const source = dedent(content.replace(/<\\(\\*\/script[\s>])/gi, '<$1'));
    const body = bodyOf(language, source, attributes);
    if (body.kind === 'md' && language !== 'md') unread.add(language);
    const id = attributes.get('id') ?? '';
    const folded = body.kind !== 'md' && !attributes.has('pinned');
    cells.push({ id: nextId(/^\d+$/.test(id) ? `cell${id}` : id), ...body, ...(folded && { folded }) });
  }
  const title = unescape(/<title[^>]*>([^]*?)<\/title>/i.exec(html)?.[1] ?? '').trim();
  const notes = unread.size > 0 ? [`Cells in ${[...unread].join(', ')} cannot run here and stand as text.`] : [];
  return { notebook: { version: 1, title, files: [], cells }, notes };
}

/** The scripts of a page. The text of one ends at its closing tag wherever that stands, as in a browser. */
function* scripts(html: string): Generator<{ readonly tag: string; readonly content: string }> {
  const lower = html.toLowerCase();
  for (let at = lower.indexOf('<script'); at >= 0; at = lower.indexOf('<script', at)) {
    const end = tagEnd(html, at);
    const close = end < 0 ? -1 : lower.indexOf('</script', end);
    if (close < 0) return;
    yield { tag: html.slice(at + '<script'.length, end), content: html.slice(end + 1, close) };
    at = close + '</script'.length;
  }
}

/** Where the `>` of a tag stands, outside quotes. */
function tagEnd(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at++) {
    const sign = html[at]!;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at;
  }
  return -1;
}

function bodyOf(language: string, source: string, attributes: ReadonlyMap<string, string>): Omit<Cell, 'id'> {
  const name = attributes.get('output');
  switch (language) {
    case 'md':
      return { kind: 'md', source: valuesInBraces(source) };
    case 'sql':
      return { kind: 'sql', ...(name && /^\w+$/.test(name) && { name }), source };
    case 'js':
    case 'ts':
      return { kind: 'ts', source };
    default:
      return { kind: 'md', source: codeAsProse(source, language) };
  }
}

/** `${x}` of Observable's Markdown as `{{ x }}`, where its braces are plain to see. */
function valuesInBraces(source: string): string {
  return source.replace(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/g, (_, expression: string) => `{{ ${expression.trim()} }}`);
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, double, single, bare] of tag.matchAll(
    /([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g,
  )) {
    attributes.set(name!.toLowerCase(), unescape(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

/** Cells are indented by four spaces within the page, and begin and end with a line of their own. */
function dedent(text: string): string {
  const lines = text.split(/\r\n?|\n/);
  if (lines.at(-1)?.trim() === '') lines.pop();
  if (lines[0]?.trim() === '') lines.shift();
  return lines.map((line) => line.replace(/^ {4}/, '')).join('\n');
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function unescape(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name as string] ?? whole;
    const code = decimal ? Number(decimal) : parseInt(hex as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { strings } from '../../src/ui/strings';

const source = resolve(import.meta.dirname, '../../src');
/** Where the words stand, what no reader of the page sees, and what is written into a notebook. */
const EXCEPT =
  /^ui\/(?:strings\.ts|words\/|gallery\/|editor\/(?:theme|duckdb)\.ts|import\/reject-words\.ts)|^app\/(?:fits\/|chart-cell\.ts)/;
/** Attributes that are seen or heard. */
const SPOKEN = /^(?:aria-label|aria-description|title|placeholder|alt|label|text|action)$/;

const files = ['ui', 'app'].flatMap((room) =>
  readdirSync(join(source, room), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|svelte)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !EXCEPT.test(relative(source, file))),
);

/** A sentence, a title, a phrase: not a key, a class, a path, a colour. */
const isProse = (text: string): boolean =>
  /^\s*[“(]?\p{Lu}\p{Ll}+(?:[’'-]\p{L}+)?(?:[ ,.…!?:]|$)/u.test(text) ||
  (/\p{L}{2,} \p{Ll}{2,} \p{Ll}{2,}/u.test(text) && !isList(text));

/** Words of a language, classes, styles: no sentence is as long without a mark or a capital. */
const isList = (text: string): boolean =>
  /var\(--/.test(text) || (/^[\w -]+$/.test(text) && text.split(' ').length > 8);

/** Names of keys and of the browser's own things, paths of drawings. */
const NAMES =
  /^\(?(?:Escape|Enter|Tab|Home|End|Delete|Backspace|(?:Shift|Mod|Alt|Control|Meta|Ctrl|Esc)(?:[-+]\w+)?|Mac|Levain|Arrow\w*|Page\w+|Files|Parens|Aa|M[x\d].*)\)?$/;

function literals(text: string, name: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node) && /assert|invariant/.test(node.expression.getText())) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push([node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('x'));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  return found;
}

interface Markup {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Texts and spoken attributes of a component's markup, and every string of its expressions. */
function markup(text: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown, spoken: boolean): void => {
    if (Array.isArray(node)) return node.forEach((child) => visit(child, spoken));
    if (typeof node !== 'object' || node === null) return;
    const { type, ...rest } = node as Markup;
    if (type === 'Comment' || type === 'StyleSheet' || type === 'ImportDeclaration' || type === 'StyleDirective')
      return;
    if (type === 'Attribute') return visit(rest.value, SPOKEN.test(String(rest.name)));
    if (type === 'Text') {
      if (spoken && /\p{L}{2,}/u.test(String(rest.data))) found.push(String(rest.data).trim());
      return;
    }
    if (type === 'Literal' && typeof rest.value === 'string' && isProse(rest.value)) found.push(rest.value);
    if (type === 'TemplateElement') {
      const { raw } = rest.value as { raw: string };
      if (isProse(raw)) found.push(raw);
    }
    for (const [key, child] of Object.entries(rest))
      if (key !== 'css') visit(child, type === 'Fragment' ? true : key === 'fragment' || spoken);
  };
  const { fragment } = parse(text, { modern: true });
  visit(fragment, true);
  return found;
}

describe('the words of the page', () => {
  it('stand in strings.ts and beside it, and nowhere else', () => {
    const strays = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const scripts = file.endsWith('.svelte')
        ? [...text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map((m) => m[1]!)
        : [text];
      const all = [
        ...scripts.flatMap((script) => literals(script, file)).filter(isProse),
        ...(file.endsWith('.svelte') ? markup(text) : []),
      ];
      return [...new Set(all)]
        .filter((words) => !NAMES.test(words))
        .map((words) => `${relative(source, file)}: ${words}`);
    });
    expect(strays).toEqual([]);
  });
});

it('every notebook that comes with the page says what it answers', () => {
  const notebooks = readdirSync(resolve(source, '../notebooks')).map((name) => name.replace('.nb.md', ''));
  const without = notebooks.filter((name) => name !== 'welcome' && !strings.templates[name]?.endsWith('?'));
  expect(without).toEqual([]);
});

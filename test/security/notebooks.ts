import type { Cell } from '../../src/notebook/model';
import { addressesOf, htmlOf, preludeOf, type CodeChannel } from './channel';
import { codeChannels } from './code-channels';
import type { Ports } from './listeners';
import { markupChannels, proseChannels } from './markup-channels';
import { sqlChannels } from './sql-channels';

type Draft = Pick<Cell, 'kind' | 'source' | 'name' | 'view'>;

/** Shown by a cell of a hostile notebook that came to its end: the channel was tried. */
export const tried = (id: string): string => `tried ${id}.`;

/** A channel's code as it stands in a cell, and once more compiled from text. */
function codeCell({ id, code }: CodeChannel, ports: Ports, own: string): Draft {
  const prelude = preludeOf(id, ports, own);
  // A cell that says `import(` is refused before it runs; compiled from text, nobody reads it first.
  const direct = code.includes('import(') ? '' : `async () => { ${prelude} ${code} }, `;
  const text = JSON.stringify(`return (async () => { ${prelude} ${code} })()`);
  return {
    kind: 'ts',
    source: `{
  const reached = (value) => { if (value) display('reached: ${id} ' + value); };
  const soon = new Promise((done) => setTimeout(done, 120));
  const attempts = [${direct}() => Function('reached', ${text})(reached)];
  await Promise.race([soon, Promise.allSettled(attempts.map(async (attempt) => attempt()))]);
}
'${tried(id)}'`,
  };
}

/** Everything TypeScript might try, a channel a cell. */
export function codeNotebook(ports: Ports, own: string): Draft[] {
  return codeChannels.map((channel) => codeCell(channel, ports, own));
}

/**
 * Drawings that no honest cell would send: once made with the drawing surface's own document, once put in the
 * place of honest ones by standing in for a native that the kernel calls.
 */
export function drawingNotebook(ports: Ports, own: string): Draft[] {
  const trees = markupChannels.map(({ id, tree }) => tree(addressesOf(id, ports, own)));
  const texts = [
    ...markupChannels.map(({ id, tree }) => htmlOf(tree(addressesOf(id, ports, own)))),
    ...proseChannels.map(({ id, text }) => text(addressesOf(id, ports, own))),
  ];
  return [
    {
      kind: 'ts',
      source: `const trees = ${JSON.stringify(trees)};
const make = (tree) => {
  if (typeof tree === 'string') return globalThis.window.document.createTextNode(tree);
  const element = globalThis.window.document.createElementNS('http://www.w3.org/2000/svg', tree.tag);
  for (const [name, value] of Object.entries(tree.attrs ?? {})) element.setAttribute(name, value);
  for (const child of tree.children ?? []) element.appendChild(make(child));
  return element;
};
for (const tree of trees) display(make(tree));
'made'`,
    },
    {
      kind: 'ts',
      source: `const forged = ${JSON.stringify(trees)};
const native = Array.prototype.flatMap;
for (const tree of forged) {
  Array.prototype.flatMap = () => [tree];
  try { display(levain.md('x')); } finally { Array.prototype.flatMap = native; }
}
'forged'`,
    },
    { kind: 'ts', source: `for (const text of ${JSON.stringify(texts)}) display(levain.md(text));\n'written'` },
  ];
}

/** The same as Markdown cells: as HTML in them, in Markdown's own words, and as values of \`{{ }}\`. */
export function proseNotebook(ports: Ports, own: string): Draft[] {
  const html = markupChannels.map(({ id, tree }) => htmlOf(tree(addressesOf(id, ports, own))));
  const written = proseChannels.map(({ id, text }) => text(addressesOf(id, ports, own)));
  const injected = [...html, ...written]
    .filter((text) => !text.includes('}}'))
    .map((text) => `before {{ ${JSON.stringify(text)} }} after`);
  return [...html, ...written, injected.join('\n\n')].map((source) => ({ kind: 'md', source }));
}

/** Everything SQL might try: as cells, and through \`sql\` in TypeScript. */
export function sqlNotebook(ports: Ports, own: string): Draft[] {
  return sqlChannels.flatMap(({ id, statements }): Draft[] => {
    const texts = statements(addressesOf(id, ports, own));
    const last = texts.at(-1)!;
    return [
      ...texts.map((source): Draft => ({ kind: 'sql', source })),
      { kind: 'sql', source: texts.join(';\n') },
      { kind: 'sql', source: last, name: `view_${id.replaceAll('-', '_')}`, view: true },
      {
        kind: 'ts',
        source: `for (const text of ${JSON.stringify([...texts, texts.join('; '), `SELECT 1) ; ${last} --`])}) {
  const strings = Object.assign([text], { raw: [text] });
  try { const rows = await sql(strings); if (rows[0]?.a === 'reached') display('reached: ${id}'); } catch (error) { console.log(String(error)); }
}
'${tried(id)}'`,
      },
    ];
  });
}

import { describe, expect, it } from 'vitest';
import { packArchive } from '../../src/share/archive';
import { openIncoming } from '../../src/share/incoming';
import { lock } from '../../src/share/lock';
import { appOfSite } from '../../src/share/page/app';
import { fromBase64, toBase64 } from '../../src/share/base64';
import { forPage } from '../../src/share/page/rewrite';
import { MOST_NOTEBOOK, writePage } from '../../src/share/page/write';
import type { SiteParts } from '../../src/share/page/parts';
import { codeOf } from './code-of';

const never = () => Promise.reject(new Error('No passphrase is needed here.'));

const FILES: Readonly<Record<string, string>> = {
  'assets/style-1.css': '@font-face{src:url(./sans-1.woff2)}',
  'assets/sans-1.woff2': 'a font',
  'assets/work-1.js': 'postMessage(1)',
  'assets/a-1.js': 'export const a=1',
  'assets/main-1.js': 'import{a}from"./a-1.js";new URL(`work-1.js`,import.meta.url)',
};
const part = (path: string, kind: 'module' | 'script' | 'font') => ({ path, kind, bytes: FILES[path]!.length });
const LIST: SiteParts = {
  policy: "default-src 'none'",
  boot: 'boot()',
  style: 'assets/style-1.css',
  entry: 'main-1.js',
  parts: [
    part('assets/sans-1.woff2', 'font'),
    part('assets/work-1.js', 'script'),
    part('assets/a-1.js', 'module'),
    part('assets/main-1.js', 'module'),
  ],
};

const site =
  (files: Readonly<Record<string, string>> = FILES) =>
  async (path: string): Promise<Response> => {
    const content = path === 'parts.json' ? JSON.stringify(LIST) : files[path];
    return content === undefined ? new Response(null, { status: 404 }) : new Response(content);
  };

async function page(notebook: Blob, name = 'Weekly.zip'): Promise<string> {
  const file = new File([notebook], name);
  return (await writePage(await appOfSite(site()), 'A <b> & "c"', file, 'k1')).text();
}

const archive = () =>
  packArchive('Weekly', { text: '# x\n', data: [new File(['a\n1\n'], 'a.csv')], results: [] }, new Date(0));

const unpacked = (content: string): Promise<string> =>
  new Response(new Blob([fromBase64(content)]).stream().pipeThrough(new DecompressionStream('gzip'))).text();

describe('the modules of a page that is one file', () => {
  it('ask the page for what they import, in each of the ways a build writes it', () => {
    const names = new Set(['a-1.js', 'b.nb--2.js', 'x.wasm']);
    const rewrite = (code: string): string => forPage(code, names);
    expect(rewrite('import{a as t}from"./a-1.js";import"./b.nb--2.js";export{t}from`./a-1.js`')).toBe(
      'import{a as t}from"part:a-1.js";import"part:b.nb--2.js";export{t}from"part:a-1.js"',
    );
    expect(rewrite('f(()=>import(`./a-1.js`),__vite__mapDeps([0,12]),import.meta.url)')).toBe(
      'f(()=>import(levainPage.address("a-1.js")),[],import.meta.url)',
    );
    expect(rewrite('new URL(new URL(`x.wasm`,import.meta.url).href,document.baseURI)')).toBe(
      'new URL(new URL(levainPage.address("x.wasm")).href,document.baseURI)',
    );
  });

  it('keep text that looks alike and names no file of the build', () => {
    const code = 'const help="import x from \'./orders.js\'", y=`import("./z.js")`, z=new URL("ext",import.meta.url)';
    expect(forPage(code, new Set(['a-1.js']))).toBe(code);
  });
});

describe('a page that is one file', () => {
  it('holds each part as it was built, fonts of the style sheet within it, and names nothing outside', async () => {
    const { parts, style, entry } = await appOfSite(site());
    expect(style).toBe(`@font-face{src:url(data:font/woff2;base64,${btoa('a font')})}`);
    expect(entry).toBe('main-1.js');
    expect(parts.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'script work-1.js',
      'module a-1.js',
      'module main-1.js',
    ]);
    expect(await unpacked(parts[0]!.content)).toBe(FILES['assets/work-1.js']);
    expect(await unpacked(parts[2]!.content)).toBe(
      'import{a}from"part:a-1.js";new URL(levainPage.address("work-1.js"))',
    );
  });

  it('is not made of parts that are gone or others than the build listed', async () => {
    const { 'assets/a-1.js': _gone, ...without } = FILES;
    const cut = { ...FILES, 'assets/a-1.js': 'export const' };
    const offline = () => Promise.reject(new TypeError('Failed to fetch'));
    for (const get of [site(without), site(cut), offline]) expect(await codeOf(appOfSite(get))).toBe('page-parts');
  });

  it('gives its notebook and data back, encrypted ones with the passphrase', async () => {
    const html = await page(await archive());
    expect(html).toContain('<title>A &#60;b&#62; &#38; &#34;c&#34;</title>');
    const opened = await openIncoming(new File([html], 'Weekly.html'), never);
    expect(opened!.text).toBe('# x\n');
    expect(await opened!.data[0]!.text()).toBe('a\n1\n');

    const locked = await page(await lock(await archive(), 'velvet tractor'), 'Weekly.levain');
    expect((await openIncoming(new File([locked], 'w.html'), async () => 'velvet tractor'))!.text).toBe('# x\n');
  });

  it('is refused when it was cut short anywhere, or when what it holds was changed', async () => {
    const html = await page(await archive());
    const end = html.lastIndexOf('</script>');
    for (const length of [300, end / 2, end - 300, end]) {
      const cut = new File([html.slice(0, length)], 'w.html');
      expect(await codeOf(openIncoming(cut, never)), String(length)).toBe('page-damaged');
    }
    const begins = html.indexOf('data-name="Weekly.zip">') + 'data-name="Weekly.zip">'.length;
    const changedTo = (at: number, letter: string): File =>
      new File([html.slice(0, at) + letter + html.slice(at + 1)], 'w.html');
    expect(await codeOf(openIncoming(changedTo(begins + 30, '!'), never))).toBe('page-damaged');
    // Dates within an archive mean nothing to it; whatever else is changed is found.
    const ends = html.indexOf('<', begins);
    let refused = 0;
    for (let at = begins + 4; at < ends - 4; at += 5) {
      const opening = openIncoming(changedTo(at, html[at] === 'Q' ? 'R' : 'Q'), never);
      const found = await opening.catch(() => undefined);
      if (!found) refused += 1;
      else expect([found.text, await found.data[0]?.text()], String(at)).toEqual(['# x\n', 'a\n1\n']);
    }
    expect(refused).toBeGreaterThan(20);
  });

  it('does not take more than a browser holds as one text', async () => {
    const large = { size: MOST_NOTEBOOK + 1, name: 'x.zip' } as File;
    expect(await codeOf(writePage(await appOfSite(site()), 'x', large, 'k1'))).toBe('page-too-large');
  });

  it('writes and reads many bytes in base64', () => {
    const bytes = Uint8Array.from({ length: 70_001 }, (_, i) => (i * 31) % 256);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  });
});

import { describe, expect, it } from 'vitest';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { packArchive } from '../../src/share/archive';
import { openIncoming } from '../../src/share/incoming';
import { renderReport } from '../../src/share/report';
import { readIpynb } from '../../src/share/ipynb-read';
import { writeIpynb } from '../../src/share/ipynb-write';
import { lock } from '../../src/share/lock';
import { mayHoldNotebook } from '../../src/share/may-hold-notebook';
import { caseRandom } from '../notebook/seeded';
import { randomNotebook } from '../notebook/random-notebook';
import { codeOf } from './code-of';

const never = () => Promise.reject(new Error('No passphrase is needed here.'));
const file = (content: BlobPart, name: string): File => new File([content], name);

describe('a file that holds a notebook', () => {
  it('goes round through ipynb, archive and encryption, and is the same notebook, byte for byte', async () => {
    for (let seed = 0; seed < 6; seed++) {
      const notebook = randomNotebook(caseRandom(seed));
      const text = printNotebook(readIpynb(writeIpynb(notebook)).notebook);
      expect(text, `seed ${seed}`).toBe(printNotebook(notebook));
      const data = [file('a\n1\n', 'a.csv')];
      const locked = await lock(await packArchive('x', { text, data, results: [] }), 'velvet tractor');
      const opened = await openIncoming(file(locked, 'x.levain'), async () => 'velvet tractor');
      expect(opened!.text, `seed ${seed}`).toBe(text);
      expect(await opened!.data[0]!.text()).toBe('a\n1\n');
      expect(parseNotebook(opened!.text!).notebook).toEqual(notebook);
    }
  });

  it('is known by its bytes, whatever its name says', async () => {
    const zip = await packArchive('x', { text: '# x\n', data: [], results: [] });
    expect(await openIncoming(file(zip, 'x.nb.md'), never)).toEqual({ text: '# x\n', data: [], notes: [] });
    expect(await openIncoming(file('# y\n', 'y.nb.md'), never)).toEqual({ text: '# y\n', data: [], notes: [] });
    expect(await codeOf(openIncoming(file('a,b\n1,2\n', 'x.zip'), never))).toBe('archive-damaged');
    expect(await codeOf(openIncoming(file('', 'x.levain'), never))).toBe('archive-damaged');
    expect(await codeOf(openIncoming(file('<html>', 'x.html'), never))).toBe('observable');
    const report = renderReport(parseNotebook('# x\n').notebook, new Map(), { tokens: '', code: false, made: '' });
    expect(await codeOf(openIncoming(file(report, 'x.html'), never))).toBe('report');
    expect(await codeOf(openIncoming(file('{}', 'x.ipynb'), never))).toBe('ipynb');
  });

  it('asks again for a passphrase that does not fit, until the reader gives up', async () => {
    const locked = await lock(await packArchive('x', { text: '# x\n', data: [], results: [] }), 'right');
    const asked: unknown[] = [];
    const answers = ['wrong', 'right'];
    const opened = await openIncoming(file(locked, 'x.levain'), async (name, again) => {
      asked.push([name, again]);
      return answers.shift();
    });
    expect(opened!.text).toBe('# x\n');
    expect(asked).toEqual([
      ['x.levain', false],
      ['x.levain', true],
    ]);
    expect(await openIncoming(file(locked, 'x.levain'), async () => undefined)).toBeUndefined();
  });

  it('that is a bomb within an encrypted file is refused as well', async () => {
    const bomb = await packArchive('x', { text: '', data: [file(new Uint8Array(64 << 20), 'zeros.csv')], results: [] });
    const locked = await lock(bomb, 'p');
    expect(await codeOf(openIncoming(file(locked, 'x.levain'), async () => 'p'))).toBe('archive-too-large');
  });

  it('of another program is imported: Jupyter, Observable, marimo', async () => {
    const ipynb = JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', source: 'x = 1' }] });
    const jupyter = await openIncoming(file(ipynb, 'a.ipynb'), never);
    expect(jupyter).toMatchObject({ notes: [expect.stringContaining('python')] });
    const html =
      '<!doctype html>\n<notebook theme="air">\n  <title>T</title>\n  <script id="1" type="text/markdown">\n    # Hi\n  </script>\n</notebook>\n';
    expect((await openIncoming(file(html, 'a.html'), never))!.text).toContain('title: T\n---\n');
    const marimo = '---\ntitle: M\nmarimo-version: 0.13.2\n---\n\n```sql {.marimo query="q"}\nSELECT 1\n```\n';
    expect((await openIncoming(file(marimo, 'a.md'), never))!.text).toContain('```sql id=q name=q\nSELECT 1\n```');
  });

  it.each([
    ['a.nb.md', true],
    ['a.MD', true],
    ['a.zip', true],
    ['a.levain', true],
    ['a.ipynb', true],
    ['a.html', true],
    ['a.csv', false],
    ['a.csv.gz', false],
    ['a.tsv', false],
    ['ipynb', false],
  ])('may be %s: %s', (name, may) => expect(mayHoldNotebook(name)).toBe(may));
});

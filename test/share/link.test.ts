import { describe, expect, it } from 'vitest';
import { isLink, LINK_LENGTH, makeLink, openLink } from '../../src/share/link';
import { deflate } from '../../src/share/deflate';
import { toBase64Url } from '../../src/share/base64url';
import { caseRandom } from '../notebook/seeded';
import { randomFileText } from '../notebook/random-notebook';
import { codeOf } from './code-of';

const words = (seed: number, length: number): string => {
  const random = caseRandom(seed);
  return Array.from({ length }, () => random.integer(2 ** 31).toString(36)).join(' ');
};

describe('a link', () => {
  it('gives back the text and the files of 200 random notebooks', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const text = randomFileText(caseRandom(seed));
      const data =
        seed % 3 ? [] : [new File(['\uFEFFday;spend\r\n1;2\r\n'], 'ads.csv'), new File([''], 'leer "x".csv')];
      const link = (await makeLink(text, data))!;
      expect(isLink(link.fragment)).toBe(true);
      expect(link.fragment).toMatch(/^#share=1\.[\w-]+$/);
      expect(link.withData).toBe(data.length > 0);
      const opened = await openLink(link.fragment);
      expect(opened.text, `seed ${seed}`).toBe(text);
      expect(opened.data.map(({ name }) => name)).toEqual(data.map(({ name }) => name));
      for (const [i, file] of data.entries()) {
        expect(new Uint8Array(await opened.data[i]!.arrayBuffer())).toEqual(new Uint8Array(await file.arrayBuffer()));
      }
    }
  });

  it('leaves the data out where they do not fit or are no text, and is none where the notebook does not fit', async () => {
    const large = new File([words(1, 3000)], 'large.csv');
    const link = await makeLink('# Small\n', [large]);
    expect(link).toMatchObject({ withData: false });
    expect((await openLink(link!.fragment)).data).toEqual([]);
    expect(await makeLink('# Small\n', [new File([new Uint8Array([0xff, 0xfe, 0x41])], 'latin.csv')])).toMatchObject({
      withData: false,
    });
    expect(await makeLink(words(2, 3000), [])).toBeUndefined();
    const most = await makeLink(words(2, 900), []);
    expect(most!.fragment.length).toBeLessThanOrEqual(LINK_LENGTH);
  });

  it('that was cut short or mistyped is refused', async () => {
    const { fragment } = (await makeLink(`# Title\n\n${words(3, 100)}\n`, []))!;
    for (let length = '#share=1.'.length; length < fragment.length; length += 13) {
      expect(await codeOf(openLink(fragment.slice(0, length))), `${length}`).toBe('link-damaged');
    }
    let refused = 0;
    for (let at = 12; at < fragment.length; at += 7) {
      const other = fragment[at] === 'A' ? 'B' : 'A';
      const changed = fragment.slice(0, at) + other + fragment.slice(at + 1);
      const opened = await openLink(changed).catch((error: unknown) => error);
      // The last sign of some lengths holds bits that say nothing.
      if (opened instanceof Error) refused++;
      else expect(await openLink(fragment)).toEqual(opened);
    }
    expect(refused).toBeGreaterThan(30);
    expect(await codeOf(openLink('#share=1.a b'))).toBe('link-damaged');
    expect(await codeOf(openLink('#share=2.abc'))).toBe('link-newer');
  });

  it('that unpacks to more than a notebook has, or to something else, is refused', async () => {
    const bomb = toBase64Url(await deflate('0'.repeat(64e6)));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codeOf(openLink(`#share=1.${bomb}`))).toBe('link-damaged');
    for (const content of ['', 'null', '{"a":1}', '[]', '["a","b"]', '[1]', '["a",["b"],"c"]']) {
      expect(await codeOf(openLink(`#share=1.${toBase64Url(await deflate(content))}`)), content).toBe('link-damaged');
    }
  });

  it('has room for a notebook of 30 cells', async () => {
    const cells = Array.from({ length: 30 }, (_, i) => {
      const fence = '```';
      return `## Step ${i}\n\n${fence}sql id=c${i} name=step_${i}\nSELECT day, channel, sum(spend) AS spend, sum(revenue) / nullif(sum(spend), 0) AS roas\nFROM step_${i - 1} WHERE day >= DATE '2026-0${1 + (i % 9)}-01' GROUP BY ALL ORDER BY day\n${fence}`;
    });
    const link = await makeLink(cells.join('\n\n'), []);
    expect(link!.fragment.length).toBeLessThan(4000);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdit } from '../../src/notebook/apply';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { fingerprint, newAuthorKey, sign, verify, withoutSignature } from '../../src/share/sign';
import { caseRandom } from '../notebook/seeded';
import { randomFileText, randomNotebook } from '../notebook/random-notebook';

const TEXT = '---\nnotebook: 1\ntitle: Ads\n---\n# Ads\n\n```sql id=a name=weekly\nSELECT 1\n```\n';
const DAY = '2026-03-01';
let ada: CryptoKeyPair;
let eve: CryptoKeyPair;

beforeAll(async () => {
  [ada, eve] = await Promise.all([newAuthorKey(), newAuthorKey()]);
});

describe('a signed notebook', () => {
  it('says who signed it, when, with which key, and that it is unchanged', async () => {
    const signed = await sign(TEXT, 'Ada "the baker" Lovelace', ada, DAY);
    expect(await verify(signed)).toEqual({
      by: 'Ada "the baker" Lovelace',
      date: DAY,
      fingerprint: await fingerprint(ada.publicKey),
      state: 'unchanged',
      data: {},
    });
    expect(withoutSignature(signed)).toBe(TEXT);
    expect((await verify(signed))!.fingerprint).toMatch(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);
    expect(await verify(TEXT)).toBeUndefined();
  });

  it('is unchanged after it was read and written, and changed after any edit, in 30 random notebooks', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const random = caseRandom(seed);
      const text =
        seed % 2
          ? printNotebook(randomNotebook(random))
          : printNotebook(parseNotebook(randomFileText(random)).notebook);
      const signed = await sign(text, 'Ada', ada, DAY).catch(
        (error: { problem?: { code: string } }) => error.problem?.code,
      );
      if (signed === 'unsigned') continue; // Front matter without an end.
      expect(signed, `seed ${seed}`).toBeTypeOf('string');
      const { notebook } = parseNotebook(signed!);
      expect(await verify(printNotebook(notebook)), `seed ${seed}`).toMatchObject({ by: 'Ada', state: 'unchanged' });
      expect(parseNotebook(signed!).notebook.cells, `seed ${seed}`).toEqual(parseNotebook(text).notebook.cells);
      const edited = applyEdit(notebook, {
        type: 'insert',
        index: 0,
        cell: { id: 'zz9', kind: 'sql', source: 'SELECT 2' },
      });
      expect(await verify(printNotebook(edited)), `seed ${seed}`).toMatchObject({ by: 'Ada', state: 'changed' });
    }
  });

  it('is changed when its title is, and can be signed again by another', async () => {
    const { notebook } = parseNotebook(await sign(TEXT, 'Ada', ada, DAY));
    const renamed = printNotebook(applyEdit(notebook, { type: 'setTitle', title: 'Other' }));
    expect(await verify(renamed)).toMatchObject({ by: 'Ada', state: 'changed' });
    const again = await sign(renamed, 'Eve', eve, '2026-03-02');
    expect(await verify(again)).toMatchObject({ by: 'Eve', state: 'unchanged' });
    expect(again.match(/^signature:/gm)).toHaveLength(1);
  });

  it('is changed by every changed byte of the text, the name, the day and the key', async () => {
    const signed = await sign(TEXT, 'Ada', ada, DAY);
    for (const [from, to] of [
      ['SELECT 1', 'SELECT 2'],
      ['"Ada"', '"Eve"'],
      [DAY, '2026-03-09'],
      ['# Ads\n\n', '# Ads\n'],
    ] as const) {
      expect(signed).toContain(from);
      expect((await verify(signed.replace(from, to)))!.state, from).toBe('changed');
    }
    const others = await sign(TEXT, 'Ada', eve, DAY);
    const key = (text: string): string => /"key":"([\w-]+)"/.exec(text)![1]!;
    expect((await verify(signed.replace(key(signed), key(others))))!.state).toBe('changed');
    expect((await verify(others))!.fingerprint).not.toBe((await verify(signed))!.fingerprint);
  });

  it('names its data files, and is changed by every change of what it says of them', async () => {
    const data = { 'orders 2024.csv': 'a'.repeat(64), 'Ads "de".csv': 'b'.repeat(64) };
    const signed = await sign(TEXT, 'Ada', ada, DAY, data);
    expect(await verify(signed)).toMatchObject({ state: 'unchanged', data });
    expect(await verify(printNotebook(parseNotebook(signed).notebook))).toMatchObject({ state: 'unchanged', data });
    for (const [from, to] of [
      ['a'.repeat(64), 'c'.repeat(64)],
      ['orders 2024', 'orders 2025'],
      [/,"data":\{.*?\}/, ''],
    ] as const) {
      expect(signed).toMatch(from);
      expect((await verify(signed.replace(from, to)))!.state, String(from)).toBe('changed');
    }
    // The order in which the files are named is no change.
    const [orders, ads] = Object.entries(data).map(([name, hash]) => `${JSON.stringify(name)}:"${hash}"`);
    const turned = signed.replace(`${orders},${ads}`, `${ads},${orders}`);
    expect(turned).not.toBe(signed);
    expect(await verify(turned)).toMatchObject({ state: 'unchanged' });
  });

  it('with a signature that is no signature counts as changed and breaks nothing', async () => {
    for (const line of [
      'x',
      '{}',
      '{by: 1}',
      '[',
      '{"by":"A","key":"AAAA","value":"AAAA"}',
      '{"key":"é"}',
      `{"key":"${'A'.repeat(87)}"}`,
      '*a',
      '!!js x',
    ]) {
      expect(await verify(`---\nnotebook: 1\nsignature: ${line}\n---\n# x\n`), line).toMatchObject({
        state: 'changed',
      });
    }
    expect(await verify('# x\n\nsignature: {by: A}\n')).toBeUndefined();
    expect(await verify('---\nsignature: x\n')).toBeUndefined();
  });

  it('keeps its private key where nobody can take it out', async () => {
    expect(ada.privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('jwk', ada.privateKey)).rejects.toThrow();
  });
});

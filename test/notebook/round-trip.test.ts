import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { caseRandom } from './seeded';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { randomFileText, randomNotebook, randomText } from './random-notebook';

const COUNT = 5000;

/** Vitest's own comparison, which takes longer than what is compared, is asked for the words of a difference alone. */
function expectSame(actual: unknown, expected: unknown, seed: number): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, `seed ${seed}`).toEqual(expected);
}

vi.setConfig({ testTimeout: 120_000 });

describe('a text', () => {
  it(`comes out as it went in, byte for byte, in ${COUNT} random files`, () => {
    for (let seed = 0; seed < COUNT; seed++) {
      const random = caseRandom(seed);
      const text = seed % 2 ? randomFileText(random) : randomText(random, 14);
      const lineFeeds = text.replace(/^\uFEFF+/, '').replace(/\r+\n/g, '\n');
      expectSame(printNotebook(parseNotebook(text).notebook), lineFeeds, seed);
    }
  });

  it('gives every cell an id of its own', () => {
    for (let seed = 0; seed < COUNT; seed++) {
      const { cells } = parseNotebook(randomFileText(caseRandom(seed))).notebook;
      const ids = cells.map(({ id }) => id);
      expectSame(
        ids.filter((id, i) => !/^[a-z0-9]+$/.test(id) || ids.indexOf(id) < i),
        [],
        seed,
      );
    }
  });
});

describe('a model', () => {
  it(`comes back as it was, in ${COUNT} random notebooks`, () => {
    for (let seed = 0; seed < COUNT; seed++) {
      const notebook = randomNotebook(caseRandom(seed));
      expectSame(parseNotebook(printNotebook(notebook)).notebook, notebook, seed);
    }
  });

  it('is written the same way each time', () => {
    for (let seed = 0; seed < 500; seed++) {
      const text = printNotebook(randomNotebook(caseRandom(seed)));
      expectSame(printNotebook(parseNotebook(text).notebook), text, seed);
    }
  });
});

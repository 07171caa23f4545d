import { describe, expect, it, vi } from 'vitest';
import { caseRandom } from './seeded';
import { parseNotebook } from '../../src/notebook/parse';
import { printNotebook } from '../../src/notebook/print';
import { randomFileText, randomNotebook, randomText } from './random-notebook';

const COUNT = 5000;

vi.setConfig({ testTimeout: 120_000 });

describe('a text', () => {
  it(`comes out as it went in, byte for byte, in ${COUNT} random files`, () => {
    for (let seed = 0; seed < COUNT; seed++) {
      const random = caseRandom(seed);
      const text = seed % 2 ? randomFileText(random) : randomText(random, 14);
      const lineFeeds = text.replace(/^\uFEFF+/, '').replace(/\r+\n/g, '\n');
      expect(printNotebook(parseNotebook(text).notebook), `seed ${seed}`).toBe(lineFeeds);
    }
  });

  it('gives every cell an id of its own', () => {
    for (let seed = 0; seed < COUNT; seed++) {
      const { cells } = parseNotebook(randomFileText(caseRandom(seed))).notebook;
      const ids = cells.map(({ id }) => id);
      expect(new Set(ids).size, `seed ${seed}`).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z0-9]+$/);
    }
  });
});

describe('a model', () => {
  it(`comes back as it was, in ${COUNT} random notebooks`, () => {
    for (let seed = 0; seed < COUNT; seed++) {
      const notebook = randomNotebook(caseRandom(seed));
      const text = printNotebook(notebook);
      expect(parseNotebook(text).notebook, `seed ${seed}\n${text}`).toEqual(notebook);
    }
  });

  it('is written the same way each time', () => {
    for (let seed = 0; seed < 500; seed++) {
      const text = printNotebook(randomNotebook(caseRandom(seed)));
      expect(printNotebook(parseNotebook(text).notebook), `seed ${seed}`).toBe(text);
    }
  });
});

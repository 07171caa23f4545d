import { tableFromArrays } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import type { GridRequest } from '../../src/ui/grid-source';
import { Pages } from '../../src/ui/grid/pages';

const ROWS = 1_000_000;

/** A source whose answers come when the test says so. */
function slowSource() {
  const asked: { request: GridRequest; answer: () => void; fail: () => void }[] = [];
  const fetch = (request: GridRequest) =>
    new Promise<ReturnType<typeof tableFromArrays>>((done, refuse) => {
      const values = Array.from({ length: request.limit }, (_, i) => request.offset + i);
      asked.push({
        request,
        answer: () => done(tableFromArrays({ value: values })),
        fail: () => refuse(new Error('no')),
      });
    });
  return { asked, fetch };
}

function pagesOver(fetch: ReturnType<typeof slowSource>['fetch'], keep = 5) {
  const heard = { changes: 0, errors: 0 };
  const pages = new Pages({ fetch, size: 100, keep, onchange: () => heard.changes++, onerror: () => heard.errors++ });
  return { pages, heard };
}

const tick = () => new Promise((done) => setTimeout(done));

describe('the pages of a grid', () => {
  it('ask only where a flight over the rows lands', async () => {
    const { asked, fetch } = slowSource();
    const { pages } = pagesOver(fetch);
    for (let row = 0; row < 900_000; row += 1_000) pages.want(row, row + 20, ROWS);
    expect(asked.length).toBe(2);
    asked.forEach((one) => one.answer());
    await tick();
    const later = asked.slice(2).map((one) => one.request.offset);
    expect(later.every((offset) => Math.abs(offset - 899_000) <= 100)).toBe(true);
  });

  it('give each row its own value and nothing for rows not here', async () => {
    const { asked, fetch } = slowSource();
    const { pages } = pagesOver(fetch);
    pages.want(250, 260, ROWS);
    expect(pages.row(250)).toBeUndefined();
    asked[0]!.answer();
    await tick();
    const { table, index } = pages.row(255)!;
    expect(table.getChildAt(0)!.at(index)).toBe(255);
  });

  it('drop an answer that comes after the order changed', async () => {
    const { asked, fetch } = slowSource();
    const { pages, heard } = pagesOver(fetch);
    pages.want(0, 10, ROWS);
    pages.reset({ sort: { column: 'value', descending: true } });
    asked.forEach((one) => one.answer());
    await tick();
    expect(pages.row(0)).toBeUndefined();
    expect(heard.changes).toBe(0);
  });

  it('hold no more pages than they may, and never let go of those in sight', async () => {
    const { asked, fetch } = slowSource();
    const { pages } = pagesOver(fetch, 5);
    let done = 0;
    for (let row = 0; row < 10_000; row += 100) {
      pages.want(row, row + 20, ROWS);
      for (let turn = 0; turn < 4; turn++) {
        asked.slice(done).forEach((one) => one.answer());
        done = asked.length;
        await tick();
      }
      expect(pages.row(row)).toBeDefined();
      expect(pages.held).toBeLessThanOrEqual(5);
    }
  });

  it('tell of a failure once and do not ask the same again and again', async () => {
    const { asked, fetch } = slowSource();
    const { pages, heard } = pagesOver(fetch);
    pages.want(0, 10, 50);
    asked[0]!.fail();
    await tick();
    pages.want(0, 10, 50);
    expect(heard.errors).toBe(1);
    expect(asked.length).toBe(1);
  });
});

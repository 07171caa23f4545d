import { expect, it } from 'vitest';
import { slidesOf } from '../../src/app/slides';
import type { CellKind } from '../../src/notebook/model';

it('begins a slide at each heading of the first two levels, and loses no cell', () => {
  const views = (['md:# A', 'sql:FROM a', 'md:### B', 'md:## C', 'ts:# no heading'] as const).map((text, i) => ({
    cell: { id: `c${i}`, kind: text.split(':')[0] as CellKind, source: text.split(':')[1]! },
  }));
  expect(slidesOf(views).map((slide) => slide.map(({ cell }) => cell.id))).toEqual([
    ['c0', 'c1', 'c2'],
    ['c3', 'c4'],
  ]);
});

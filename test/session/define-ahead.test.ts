import { expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { Cell } from '../../src/notebook/model';
import { defineAhead } from '../../src/session/define-ahead';

const cells = Array.from({ length: 50 }, (_, i): Cell => ({ id: `c${i}`, kind: 'ts', source: `const v${i} = ${i}` }));

it('knows each cell of the notebook, and works out what is written later', async () => {
  let asked = 0;
  const known = await defineAhead(cells, (cell) => (asked++, define(cell)));
  expect(cells.flatMap((cell) => known(cell).outputs)).toEqual(cells.map((_, i) => `v${i}`));
  expect(asked).toBe(50);
  expect(known({ ...cells[0]!, source: 'const other = 1' }).outputs).toEqual(['other']);
});

it('lets others have a turn where there are many', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++);
  const slowly = (cell: Cell) => {
    for (const begun = performance.now(); performance.now() - begun < 5;);
    return define(cell);
  };
  await defineAhead(cells, slowly);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
});

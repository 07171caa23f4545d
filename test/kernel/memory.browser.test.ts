import { expect, it } from 'vitest';
import { openKernel } from './open-kernel';

it('a memory bomb ends the frame and not the page, which says why and goes on', async () => {
  const opened = await openKernel();
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 50);
  const bomb = 'const held = []; for (;;) held.push(new Array(1e6).fill().map((_, i) => ({ i })));';
  const { problem } = await opened.run(bomb);
  clearInterval(timer);
  expect(problem).toMatchObject({ code: 'kernel-memory', message: 'The cell used more memory than the browser allows; it was stopped.' });
  expect(opened.restarts.map(({ code }) => code)).toEqual(['kernel-memory']);
  expect(turns).toBeGreaterThan(10);
  expect((await opened.run('levain$value=("alive");')).output.outputs).toEqual([{ type: 'text', text: 'alive' }]);
  opened.close();
}, 120_000);

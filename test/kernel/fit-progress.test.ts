import { expect, it } from 'vitest';
import { fitProgress } from '../../src/kernel/worker/fit-progress';

const step = (chain: number, done: number, divergences = 0) => ({
  chain,
  chains: 2,
  done,
  total: 1000,
  divergences,
  gradientEvaluations: done,
});

it('gathers the chains into one line', () => {
  let time = 0;
  const told: [number, string][] = [];
  const tell = fitProgress(
    (share, label) => void told.push([share, label]),
    () => time,
  );
  time = 100;
  tell(step(0, 50));
  time = 1000;
  tell(step(1, 450, 3));
  time = 1100;
  tell(step(0, 90)); // too soon after the last to be told
  time = 4000;
  tell(step(0, 1000));
  tell(step(1, 1000, 3));
  expect(told).toEqual([
    [0.025, '50 of 2,000 steps in 2 chains'],
    [0.25, '500 of 2,000 steps in 2 chains, 3 divergent'],
    [0.725, '1,450 of 2,000 steps in 2 chains, 3 divergent'],
    [1, '2,000 of 2,000 steps in 2 chains, 3 divergent'],
  ]);
});

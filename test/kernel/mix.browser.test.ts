import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { seededRandom } from '../../src/base/random';
import { fitMix } from '../../src/stats/mix/fit';
import type { MixModel } from '../../src/stats/mix/model';
import { openKernel, type Opened } from './open-kernel';

let opened: Opened;
beforeAll(async () => void (opened = await openKernel()));
afterAll(() => opened.close());

const WEEKS = 80;
/** More chains than processors, each of several turns, so that chains move from thread to thread. */
const OPTIONS = { chains: 3, warmup: 2000, draws: 1000, seed: 7 };

/** A channel on a level, as plain data that a cell could hold. */
function model(): MixModel {
  const random = seededRandom(3);
  const media = Float64Array.from({ length: WEEKS }, () => Math.abs(random.normal()));
  const outcome = media.map((x) => 1 + 0.4 * Math.tanh(x) + 0.05 * random.normal());
  return {
    outcome,
    outcomeScale: 1,
    baseline: { names: ['level'], columns: [new Float64Array(WEEKS).fill(1)], variance: Float64Array.of(4) },
    channels: [
      {
        name: 'search',
        media,
        mediaScale: 1,
        spend: media,
        adstock: { kind: 'geometric', maxLag: 4 },
        saturation: { kind: 'logistic' },
        priors: {
          adstock: [{ kind: 'beta', a: 1, b: 3 }],
          saturation: [{ kind: 'gamma', shape: 3, rate: 1 }],
          effect: { on: 'coefficient', prior: { kind: 'half-normal', scale: 2 } },
        },
      },
    ],
    sigmaPrior: { kind: 'half-normal', scale: 1 },
    liftTests: [],
  };
}

/** The model as the text of a cell. */
const source = JSON.stringify(model(), (_, value: unknown) =>
  value instanceof Float64Array ? { floats: Array.from(value) } : value,
);
const revive = `JSON.parse(${JSON.stringify(source)}, (_, value) => value?.floats ? Float64Array.from(value.floats) : value)`;

it('a chain on a thread of its own draws what it draws here', async () => {
  const { output, problem } = await opened.run(
    `const fit = await levain.mix.fit(${revive}, ${JSON.stringify(OPTIONS)});
     levain$value=(JSON.stringify(fit.chains.map((chain) => Array.from(chain.columns['search: beta']))));`,
  );
  expect(problem).toBeUndefined();
  const drawn = JSON.parse((output.outputs.at(-1) as { text: string }).text) as number[][];
  const here = await fitMix(model(), OPTIONS);
  expect(drawn).toEqual(here.chains.map((chain) => Array.from(chain.columns['search: beta']!)));
  expect(drawn[0]).not.toEqual(drawn[1]);
});

it('what a chain refuses is the cell’s error', async () => {
  const broken = `{ ...${revive}, sigmaPrior: { kind: 'half-normal', scale: -1 } }`;
  const { problem } = await opened.run(`await levain.mix.fit(${broken}, ${JSON.stringify(OPTIONS)});`);
  expect(problem?.message).toMatch(/half-normal/i);
});

it('a chain tells how far it is, and ends when its cell is stopped', async () => {
  const long = opened.run(`await levain.mix.fit(${revive}, { chains: 2, warmup: 1000, draws: 500000 });`);
  const told = (): readonly unknown[] => opened.outputs.flatMap(({ output }) => output.outputs);
  const label = expect.stringMatching(/of 1,002,000 steps in 2 chains/) as string;
  await vi.waitFor(() => expect(told()).toContainEqual(expect.objectContaining({ type: 'progress', label })), 20_000);
  await opened.kernel.restart();
  expect((await long).problem).toMatchObject({ code: 'cancelled' });
  expect((await opened.run('levain$value=(1 + 1);')).output.outputs).toEqual([{ type: 'number', value: 2 }]);
});

import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import {
  parameterNames,
  type AdstockKind,
  type LiftTest,
  type MixChannel,
  type MixModel,
  type SaturationKind,
} from '../../../src/stats/mix/model';
import { mixPosterior } from '../../../src/stats/mix/posterior';
import { adstockTransform } from '../../../src/stats/mix/transforms/adstock';
import { saturationTransform } from '../../../src/stats/mix/transforms/saturation';
import { simulatedChannel, simulatedModel } from './synthetic';

const ADSTOCKS: AdstockKind[] = ['none', 'geometric', 'delayed', 'weibull-pdf', 'weibull-cdf', 'binomial'];
const SATURATIONS: SaturationKind[] = ['none', 'logistic', 'hill', 'michaelis-menten', 'tanh'];
const ROWS = 40;

/** The greatest difference between the gradient and central differences, relative to the gradient's size. */
function gradientError(model: MixModel, seed: number): number {
  const posterior = mixPosterior(model);
  const position = posterior.initial(seededRandom(seed)).map((u) => Math.max(-4, Math.min(4, u)));
  const gradient = new Float64Array(posterior.dimension);
  const ignored = new Float64Array(posterior.dimension);
  posterior.evaluate(position, gradient);
  const size = Math.max(1, ...gradient.map(Math.abs));
  let worst = 0;
  position.forEach((value, i) => {
    const at = (shift: number): number => posterior.evaluate(position.with(i, value + shift), ignored);
    const h = 1e-4;
    // Fourth order, so that the difference's own error stays far below the bound.
    const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    worst = Math.max(worst, Math.abs(slope - gradient[i]!) / size);
  });
  return worst;
}

function channelsOf(adstock: AdstockKind, saturation: SaturationKind): MixChannel[] {
  const random = seededRandom(11);
  return (['coefficient', 'roi'] as const).map((on) =>
    simulatedChannel(`by ${on}`, ROWS, random, { adstock, saturation, on }),
  );
}

const LIFT: LiftTest = { channel: 'by roi', from: 10, to: 14, until: 17, outcome: 0.4, standardError: 0.1 };

describe('the gradient of the posterior is that of finite differences', () => {
  it.each(ADSTOCKS.flatMap((adstock) => SATURATIONS.map((saturation) => [adstock, saturation] as const)))(
    'with %s adstock and %s saturation',
    (adstock, saturation) => {
      const model = simulatedModel(ROWS, channelsOf(adstock, saturation));
      for (const seed of [1, 2, 3]) expect(gradientError(model, seed)).toBeLessThan(1e-6);
    },
  );

  it('with lift tests of both kinds of prior, at the first rows and past the end of the media', () => {
    const model = {
      ...simulatedModel(ROWS, channelsOf('geometric', 'hill')),
      liftTests: [LIFT, { ...LIFT, channel: 'by coefficient', from: 0, to: 3, until: 3 }, { ...LIFT, until: ROWS }],
    };
    for (const seed of [1, 2, 3]) expect(gradientError(model, seed)).toBeLessThan(1e-6);
  });

  it('with effects that may be below 0', () => {
    const channels = channelsOf('geometric', 'logistic').map((channel) => ({
      ...channel,
      priors: {
        ...channel.priors,
        effect: { ...channel.priors.effect, prior: { kind: 'normal', mean: 0.1, scale: 1 } as const },
      },
    }));
    for (const seed of [1, 2, 3]) expect(gradientError(simulatedModel(ROWS, channels), seed)).toBeLessThan(1e-6);
  });
});

describe('the posterior', () => {
  it('ties the return on investment to the coefficient', () => {
    const model = simulatedModel(ROWS, channelsOf('geometric', 'logistic'));
    const posterior = mixPosterior(model);
    const names = parameterNames(model);
    const out = new Float64Array(names.length);
    posterior.expand(posterior.initial(seededRandom(2)), seededRandom(3), out);
    const value = (name: string): number => out[names.indexOf(`by roi: ${name}`)]!;
    const { media, spend } = model.channels[1]!;
    const response = new Float64Array(ROWS);
    adstockTransform({ kind: 'geometric', maxLag: 8 }).apply(media, [value('alpha')], response);
    saturationTransform('logistic').apply(response, [value('lambda')], response);
    const sum = (values: Float64Array): number => values.reduce((total, one) => total + one, 0);
    expect((model.outcomeScale * value('beta') * sum(response)) / sum(spend)).toBeCloseTo(value('roi'), 12);
  });

  it('counts a lift test as a Normal around what the media of its rows add', () => {
    const model = simulatedModel(ROWS, channelsOf('geometric', 'logistic'));
    const posterior = mixPosterior(model);
    const position = posterior.initial(seededRandom(2));
    const ignored = new Float64Array(posterior.dimension);
    const names = parameterNames(model);
    const out = new Float64Array(names.length);
    posterior.expand(position, seededRandom(3), out);
    const value = (name: string): number => out[names.indexOf(`by roi: ${name}`)]!;
    const responseOf = (media: Float64Array): number => {
      const response = new Float64Array(ROWS);
      adstockTransform({ kind: 'geometric', maxLag: 8 }).apply(media, [value('alpha')], response);
      saturationTransform('logistic').apply(response, [value('lambda')], response);
      return response.slice(LIFT.from, LIFT.until).reduce((sum, one) => sum + one, 0);
    };
    const { media } = model.channels[1]!;
    const lift = value('beta') * (responseOf(media) - responseOf(media.slice().fill(0, LIFT.from, LIFT.to)));
    const z = (LIFT.outcome - lift) / LIFT.standardError;
    const expected = -(z * z) / 2 - Math.log(LIFT.standardError * Math.sqrt(2 * Math.PI));
    const added =
      mixPosterior({ ...model, liftTests: [LIFT] }).evaluate(position, ignored) - posterior.evaluate(position, ignored);
    expect(added).toBeCloseTo(expected, 9);
  });

  it('allows a channel without saturation and adstock, and a model without channels', () => {
    const alone = mixPosterior(simulatedModel(ROWS, []));
    expect(alone.dimension).toBe(1);
    expect(alone.evaluate(Float64Array.of(-1), new Float64Array(1))).toBeLessThan(Infinity);
  });
});

describe('a model that cannot be fitted is refused', () => {
  const [first, second] = channelsOf('geometric', 'logistic') as [MixChannel, MixChannel];
  const good = simulatedModel(ROWS, [first, second]);
  const zeros = new Float64Array(ROWS);
  const withSecond = (change: Partial<MixChannel>): MixModel => ({
    ...good,
    channels: [first, { ...second, ...change }],
  });
  const withLift = (change: Partial<LiftTest>): MixModel => ({ ...good, liftTests: [{ ...LIFT, ...change }] });

  it.each<[string, MixModel, string]>([
    ['no rows', { ...good, outcome: new Float64Array(0) }, 'no rows'],
    ['a gap in the outcome', { ...good, outcome: good.outcome.with(4, NaN) }, 'outcome has no number in row 5'],
    ['media of another length', withSecond({ media: zeros.subarray(1) }), 'media of by roi has 39 rows'],
    ['negative media', withSecond({ media: second.media.with(2, -1) }), 'by roi are negative in row 3: -1'],
    ['a channel without media', withSecond({ media: zeros }), 'by roi never had any media'],
    ['a prior on ROI without spend', withSecond({ spend: zeros }), 'prior on its return on investment, but no spend'],
    ['two channels of one name', withSecond({ name: first.name }), 'two channels named by coefficient'],
    [
      'a prior too few',
      withSecond({ adstock: { kind: 'delayed', maxLag: 8 } }),
      'priors for alpha, theta; there are 1',
    ],
    [
      'a prior variance of 0',
      { ...good, baseline: { ...good.baseline, variance: new Float64Array(6) } },
      'variance of',
    ],
    ['a constant outcome', { ...good, outcome: new Float64Array(ROWS).fill(0.7) }, 'baseline explains exactly'],
    ['an outcome of 0', { ...good, outcome: zeros }, 'baseline explains exactly'],
    ['a lift test of nobody', withLift({ channel: 'tv' }), 'lift test of tv, but no channel'],
    ['a lift test past the end', withLift({ until: 41 }), 'measured until row 41, but there are 40 rows'],
    ['a lift test that ends before it begins', withLift({ to: 10 }), 'covers rows 11 to 10'],
    ['a lift test without a standard error', withLift({ standardError: 0 }), 'has the standard error 0'],
  ])('%s', (_, model, message) => {
    expect(() => mixPosterior(model)).toThrow(message);
  });
});

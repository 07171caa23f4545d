import { beforeAll, describe, expect, it } from 'vitest';
import { priorDraws } from '../../../src/stats/mix/evaluate/prior-draws';
import { fitMix } from '../../../src/stats/mix/fit';
import type { MixDraws } from '../../../src/stats/mix/model';
import { channelReturns, type ChannelReturn } from '../../../src/stats/mix/results/returns';
import { certaintyOf, channelSentence } from '../../../src/stats/mix/verdict/channel-sentence';
import { nextTest } from '../../../src/stats/mix/verdict/next-test';
import { verdictOf, verdictText } from '../../../src/stats/mix/verdict/verdict';
import { listed } from '../../../src/base/listed';
import { wordingOf } from '../../../src/stats/mix/verdict/wording';
import { simulatedWeeks } from './simulated';

function estimate(value: number, lower: number, upper: number) {
  return { value, lower, upper, standardError: (upper - lower) / 3.3, confidence: 0.9 };
}

const search: ChannelReturn = {
  name: 'Search',
  contribution: estimate(2100, 1400, 2900),
  immediate: estimate(1500, 1000, 2000),
  carryover: estimate(600, 400, 900),
  spend: 1000,
  spendShare: 1,
  effectShare: estimate(1, 1, 1),
  roi: estimate(2.1, 1.4, 2.9),
  marginalRoi: estimate(1.2, 0.8, 1.7),
  cost: { value: 1000 / 2100, lower: 1000 / 2900, upper: 1000 / 1400, confidence: 0.9 },
};

describe('a channel’s sentence', () => {
  const euros = wordingOf({ currency: 'EUR' });

  it('says what each euro brought, how sure that is, and what one more would', () => {
    expect(channelSentence(search, euros)).toBe(
      'Search brought €2.10 for each euro (90 % sure: €1.40 to €2.90). One more euro would bring about €1.20.',
    );
    expect(channelSentence(search, wordingOf())).toContain(
      'brought 2.10 for each unit spent (90 % sure: 1.40 to 2.90)',
    );
    expect(channelSentence(search, wordingOf({ currency: 'EUR', locale: 'de' }))).toContain(
      '2,10\u00a0€ for each euro',
    );
  });

  it('says whether the money came back', () => {
    expect(channelSentence({ ...search, roi: estimate(0.6, 0.4, 0.9) }, euros)).toContain(
      'did not bring back its money',
    );
    expect(channelSentence({ ...search, roi: estimate(1.2, 0.4, 2.1) }, euros)).toContain(
      'back its money is open. One more',
    );
    const dear = wordingOf({ currency: 'EUR', breakEven: 1.75 });
    expect(channelSentence({ ...search, roi: estimate(1.2, 0.4, 1.6) }, dear)).toContain(
      'It did not bring back its money in this period, which takes €1.75.',
    );
    expect(channelSentence({ ...search, roi: estimate(1.9, 1.2, 2.6) }, dear)).toContain(
      'Whether it brought back its money, which takes €1.75, is open.',
    );
  });

  it('tells a cost where the outcome is counted, and an amount where there is no spend', () => {
    const orders = wordingOf({ currency: 'EUR', outcomeUnit: 'order' });
    expect(channelSentence(search, orders)).toBe('Search cost €0.48 for each order (90 % sure: €0.34 to €0.71).');
    const endless = { ...search, cost: { ...search.cost!, upper: Infinity } };
    expect(channelSentence(endless, orders)).toContain('€0.34 or more');
    const organic = { ...search, spend: 0, roi: undefined, marginalRoi: undefined, cost: undefined };
    expect(channelSentence(organic, orders)).toBe(
      'Search brought 2,100 orders without known spend (90 % sure: 1,400 orders to 2,900 orders).',
    );
  });

  it('knows clear from rough from open', () => {
    expect(certaintyOf({ lower: 10, upper: 19 })).toBe('clear');
    expect(certaintyOf({ lower: 10, upper: 40 })).toBe('rough');
    expect(certaintyOf({ lower: 10, upper: 60 })).toBe('open');
    expect(certaintyOf({ lower: -1, upper: 1 })).toBe('open');
  });

  it('lists names, and refuses a currency that is none', () => {
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
    expect(() => wordingOf({ currency: 'euros' }).money(3)).toThrow(/no currency “euros”/);
  });
});

describe('the verdict on weeks made from known parameters', () => {
  const weeks = simulatedWeeks(130, 21);
  let draws: MixDraws;
  beforeAll(async () => {
    draws = await fitMix(weeks.model, { chains: 2, warmup: 300, draws: 400, seed: 5 });
  }, 60_000);

  it('tells both channels, has no doubt of the fit, and names an experiment', () => {
    const verdict = verdictOf(weeks, draws, { currency: 'EUR' });
    expect(verdict.headline).toMatch(
      /^From 2021-01-04 to 2023-07-02, revenue came to €[\d,]+\. Search and social brought \d+ % \(90 % sure: \d+ % to \d+ %\); the rest would have come without them\.$/,
    );
    expect(verdict.channels.map(({ name }) => name).sort()).toEqual(['search', 'social']);
    for (const { certainty, sentence } of verdict.channels) {
      expect(certainty).not.toBe('open');
      expect(sentence).toMatch(/^(Search|Social) brought €\d/);
    }
    expect(verdict.cannotTell).toEqual([]);
    expect(verdict.doubts.filter((doubt) => !/draw longer/.test(doubt))).toEqual([]);
    expect(['search', 'social']).toContain(verdict.experiment!.channel);
    expect(verdict.experiment!.sentence).toMatch(/^An experiment with .* would settle most/);
    expect(verdictOf(weeks, draws, { outcomeUnit: 'order' }).headline).toMatch(
      /^From 2021-01-04 to 2023-07-02, there were [\d,]+ orders\. /,
    );
    // Where the draws give the channels more than there was, nobody is told of a rest.
    const INTERCEPT = draws.parameters.find((name) => name.includes('intercept'))!;
    const lower = {
      ...draws,
      chains: draws.chains.map((chain) => ({
        ...chain,
        columns: { ...chain.columns, [INTERCEPT]: chain.columns[INTERCEPT]!.map((value) => value - 0.6) },
      })),
    };
    expect(verdictOf(weeks, lower, { currency: 'EUR' }).headline).toMatch(
      /brought \d{3,} % .*; that is more than there was, so the model gives them too much and is not to be acted on\.$/,
    );
    const text = verdictText(verdict);
    expect(text).toContain(verdict.channels[0]!.sentence);
    expect(text).not.toContain('What these data cannot tell');
  });

  it('doubts a fit that knows nothing, and forecasts that media do not help', () => {
    const forecast = { model: 5, withoutMedia: 4, seasonalNaive: 6, skill: -0.25, coverage: 0.9 };
    const { doubts, cannotTell } = verdictOf(weeks, priorDraws(weeks.model, 200), { forecast });
    expect(doubts.join(' ')).toMatch(/worth only \d+ independent ones/);
    expect(doubts.join(' ')).toMatch(/baseline is below 0 with a probability of/);
    expect(doubts.join(' ')).toMatch(/does not make data like these/);
    expect(doubts.join(' ')).toMatch(/forecast no better than without media/);
    expect(cannotTell.join(' ')).toMatch(/How much .* brought is open/);
  });

  it('says which channels cannot be told apart, and what they brought together', async () => {
    const [only] = weeks.model.channels;
    const model = { ...weeks.model, channels: [only!, { ...only!, name: 'twin' }] };
    const twins = { ...weeks, model };
    const fit = await fitMix(model, { chains: 1, warmup: 300, draws: 400, seed: 2 });
    const verdict = verdictOf(twins, fit, { currency: 'EUR' });
    expect(verdict.cannotTell[0]).toMatch(
      /^Search and twin cannot be told apart; together they brought €[\d,]+ \(90 % sure: €[\d,]+ to €[\d,]+\)\.$/,
    );
    expect(verdict.doubts.join(' ')).toContain('Search and twin can almost be made of the other columns');
  }, 60_000);

  it('passes on the warnings about the data', () => {
    const warnings = [{ code: 'short-history', message: 'The data cover 20 weeks.' }];
    expect(verdictOf({ ...weeks, warnings }, draws).cannotTell).toEqual(['The data cover 20 weeks.']);
  });

  it('recommends the one paid channel where no money can move, and none without spend', () => {
    const { model } = weeks;
    const bare = (names: string[]) => ({
      ...model,
      channels: model.channels.map((c) => (names.includes(c.name) ? { ...c, spend: new Float64Array(130) } : c)),
    });
    const one = bare(['search']);
    expect(nextTest(one, draws, channelReturns(one, draws), 'weekly')).toEqual({
      channel: 'social',
      costOfNotKnowing: 0,
    });
    const none = bare(['search', 'social']);
    expect(nextTest(none, draws, channelReturns(none, draws), 'weekly')).toBe(undefined);
  });
});

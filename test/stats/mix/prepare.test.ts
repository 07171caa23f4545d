import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { dayOf, isoDate } from '../../../src/stats/mix/data/calendar';
import { prepareMix, type MixColumns, type MixOptions } from '../../../src/stats/mix/data/prepare';
import { parameterNames } from '../../../src/stats/mix/model';

/** n weeks with two channels, one of them bought by impressions. */
function weeks(n = 104, change: Partial<MixColumns> = {}): MixColumns {
  const random = seededRandom(5);
  const column = (scale: number): number[] => Array.from({ length: n }, () => scale * random.uniform());
  return {
    dates: Array.from({ length: n }, (_, t) => isoDate(dayOf('2022-01-03') + 7 * t)),
    outcome: { name: 'revenue', values: column(5000).map((value) => value + 1000) },
    channels: [
      { name: 'search', spend: column(200) },
      { name: 'tv', spend: column(900), exposure: column(1e6) },
    ],
    ...change,
  };
}

function with104(row: number, value: number | null): (number | null)[] {
  return Array.from({ length: 104 }, (_, t) => (t === row ? value : 10 + (t % 7)));
}

function codes(columns: MixColumns, options?: MixOptions): string[] {
  return prepareMix(columns, options).warnings.map(({ code }) => code);
}

function expectProblem(columns: MixColumns, code: string, message: RegExp, options?: MixOptions): void {
  const attempt = (): unknown => prepareMix(columns, options);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code }) }));
}

describe('a table prepared for a mix model', () => {
  it('is scaled to 1, with spend as it was and priors for every parameter', () => {
    const columns = weeks();
    const { model, calendar, outcomeName, warnings } = prepareMix(columns);
    const values = Array.from(columns.outcome.values as number[]);
    expect(model.outcomeScale).toBe(Math.max(...values));
    expect(model.outcome.map((value) => value * model.outcomeScale)[17]).toBeCloseTo(values[17]!, 9);
    const [search, tv] = model.channels;
    expect(search!.mediaScale).toBe(Math.max(...(columns.channels[0]!.spend as number[])));
    expect(Array.from(tv!.spend)).toEqual(columns.channels[1]!.spend);
    expect(tv!.mediaScale).toBe(Math.max(...(columns.channels[1]!.exposure as number[])));
    expect(Math.max(...tv!.media)).toBe(1);
    expect(search!.adstock).toEqual({ kind: 'geometric', maxLag: 8 });
    expect([calendar.frequency, outcomeName, warnings]).toEqual(['weekly', 'revenue', []]);
    expect(parameterNames(model).slice(0, 3)).toEqual(['search: alpha', 'search: lambda', 'search: beta']);
  });

  it('takes an organic channel without spend, and a channel of its own kind', () => {
    const { channels } = weeks();
    const newsletter = { name: 'newsletter', exposure: with104(0, 3), saturation: 'none', adstock: 'none' } as const;
    const { model } = prepareMix(weeks(104, { channels: [...channels, newsletter] }), {
      adstock: 'delayed',
      maxLag: 6,
    });
    const organic = model.channels[2]!;
    expect(Array.from(organic.spend)).toEqual(new Array(104).fill(0));
    expect([organic.adstock.kind, organic.saturation.kind, organic.priors.adstock]).toEqual(['none', 'none', []]);
    expect(model.channels[0]!.adstock).toEqual({ kind: 'delayed', maxLag: 6 });
    expect(model.channels[0]!.priors.adstock).toHaveLength(2);
  });

  it('puts a lift test in rows and on the scale of the outcome', () => {
    const lift = { channel: 'tv', from: '2022-02-01', to: '2022-02-20', outcome: 600, standardError: 60 };
    const { model } = prepareMix(weeks(), { liftTests: [lift] });
    const { outcomeScale } = model;
    expect(model.liftTests).toEqual([
      { channel: 'tv', from: 4, to: 7, until: 7, outcome: 600 / outcomeScale, standardError: 60 / outcomeScale },
    ]);
    expectProblem(weeks(), 'unknown-channel', /“radio”, which is no channel/, {
      liftTests: [{ ...lift, channel: 'radio' }],
    });
    expectProblem(weeks(), 'bad-lift-test', /2030-01-01; the data run from 2022-01-03 to 2023-12-31/, {
      liftTests: [{ ...lift, to: '2030-01-01' }],
    });
    expectProblem(weeks(), 'bad-lift-test', /standard error above 0/, { liftTests: [{ ...lift, standardError: 0 }] });
  });

  it('of 5,000 days keeps its weekdays and a longer memory', () => {
    const n = 5000;
    const random = seededRandom(2);
    const { model, calendar } = prepareMix({
      dates: Array.from({ length: n }, (_, t) => isoDate(dayOf('2010-01-01') + t)),
      outcome: { name: 'orders', values: Array.from({ length: n }, () => 50 + 10 * random.uniform()) },
      channels: [{ name: 'search', spend: Array.from({ length: n }, () => random.uniform()) }],
    });
    expect(calendar.frequency).toBe('daily');
    expect(model.channels[0]!.adstock.maxLag).toBe(28);
    expect(model.baseline.names).toContain('weekday: Monday');
    expect(model.baseline.columns.every((column) => column.every(Number.isFinite))).toBe(true);
  });
});

describe('a table that cannot be modelled', () => {
  const search = (spend: (number | null)[]): MixColumns => weeks(104, { channels: [{ name: 'search', spend }] });

  it('has negative, missing or infinite media, and the message names column and row', () => {
    expectProblem(search(with104(41, -3)), 'negative-value', /“search” is -3 in row 42/);
    expectProblem(search(with104(41, null)), 'missing-value', /“search” is missing in row 42/);
    expectProblem(search(with104(6, NaN)), 'missing-value', /“search” is missing in row 7/);
    expectProblem(
      search(with104(6, Infinity)),
      'missing-value',
      /“search” holds Infinity, which is no finite number, in row 7/,
    );
    const both = { name: 'tv', spend: with104(3, 1), exposure: with104(9, -1) };
    expectProblem(weeks(104, { channels: [both] }), 'negative-value', /“tv \(exposure\)” is -1 in row 10/);
  });

  it('has a missing outcome or control', () => {
    const broken = weeks(104, { outcome: { name: 'revenue', values: with104(99, null) } });
    expectProblem(broken, 'missing-value', /“revenue” is missing in row 100/);
    const controls = [{ name: 'price', values: with104(1, null) }];
    expectProblem(weeks(104, { controls }), 'missing-value', /“price” is missing in row 2/);
  });

  it('has a constant outcome', () => {
    const flat = { name: 'revenue', values: new Array<number>(104).fill(7) };
    expectProblem(weeks(104, { outcome: flat }), 'constant-outcome', /“revenue” is 7 in every row/);
    const losses = { name: 'margin', values: Array.from({ length: 104 }, (_, t) => -t) };
    expectProblem(weeks(104, { outcome: losses }), 'constant-outcome', /“margin” is never above 0/);
  });

  it('has one name twice, no channel, or a channel of nothing', () => {
    const [first] = weeks().channels;
    expectProblem(weeks(104, { channels: [first!, first!] }), 'duplicate-name', /“search” is there twice/);
    expectProblem(weeks(104, { channels: [] }), 'no-channels', /at least one channel/);
    expectProblem(weeks(104, { channels: [{ name: 'x' }] }), 'no-media-column', /“x” has neither/);
    expectProblem(search(new Array<number>(104).fill(0)), 'no-channels', /Every channel is 0/);
  });

  it('is too short, or has columns of other lengths', () => {
    expectProblem(weeks(5), 'too-few-rows', /at least 8 rows.*there are 5/);
    expectProblem(search([1, 2, 3]), 'unequal-lengths', /“search” has 3 rows where there are 104 dates/);
  });

  it('has gaps, duplicates or mixed frequencies in its dates', () => {
    const columns = weeks();
    const dates = columns.dates as string[];
    const without = { ...weeks(103), dates: dates.filter((_, t) => t !== 50) };
    expectProblem(without, 'gap-in-dates', /1 week is missing between row 50 \(2022-12-12\) and row 51 \(2022-12-26\)/);
    expectProblem({ ...columns, dates: dates.with(50, dates[49]!) }, 'duplicate-date', /Rows 50 and 51/);
    expectProblem({ ...columns, dates: dates.with(50, '2022-12-20') }, 'mixed-frequency', /row 51 \(2022-12-20\)/);
  });

  it('is given priors that do not fit', () => {
    const priors = { adstock: [] };
    expectProblem(weeks(), 'bad-parameter', /0 priors for the geometric adstock, which has 1 parameters \(alpha\)/, {
      priors,
    });
    expectProblem(weeks(), 'bad-parameter', /maxLag is 0/, { maxLag: 0 });
  });
});

describe('a table that says little is modelled with a warning:', () => {
  const { channels } = weeks();
  const search = channels[0]!;

  it('ten weeks', () => {
    const { warnings } = prepareMix(weeks(10));
    expect(warnings.map(({ code }) => code)).toEqual(['few-rows', 'short-history']);
    expect(warnings[0]!.message).toBe('There are 10 rows for 9 unknowns: the answer will be mostly the prior.');
  });

  it('a channel that never ran is left out', () => {
    const columns = weeks(104, { channels: [...channels, { name: 'radio', spend: new Array<number>(104).fill(0) }] });
    expect(codes(columns)).toEqual(['empty-channel']);
    expect(prepareMix(columns).model.channels.map(({ name }) => name)).toEqual(['search', 'tv']);
  });

  it('one channel twice under two names, and two that nearly are one', () => {
    const twin = { name: 'twin', spend: Array.from(search.spend as number[], (value) => 3 * value) };
    const { warnings } = prepareMix(weeks(104, { channels: [...channels, twin] }));
    expect(warnings.map(({ code, subject }) => [code, subject])).toEqual([['same-media', 'search, twin']]);
    const near = { name: 'near', spend: Array.from(search.spend as number[], (value, t) => value + 30 * (t % 2)) };
    expect(codes(weeks(104, { channels: [...channels, near] }))).toEqual(['collinear-media']);
  });

  it('a channel that hardly ran, never changed, or reached nobody for its money', () => {
    const rare = { name: 'rare', spend: Array.from({ length: 104 }, (_, t) => (t === 7 ? 5 : 0)) };
    expect(codes(weeks(104, { channels: [search, rare] }))).toEqual(['rare-channel']);
    const flat = { name: 'flat', spend: new Array<number>(104).fill(4) };
    expect(codes(weeks(104, { channels: [search, flat] }))).toEqual(['constant-channel']);
    const lost = { name: 'lost', spend: with104(0, 2), exposure: with104(20, 0) };
    const { warnings } = prepareMix(weeks(104, { channels: [search, lost] }));
    expect(warnings.map(({ message }) => message)).toEqual([
      '“lost” has spend but no exposure in 1 row, first in row 21.',
    ]);
  });

  it('a control that never changes', () => {
    expect(codes(weeks(104, { controls: [{ name: 'price', values: new Array<number>(104).fill(2) }] }))).toEqual([
      'constant-control',
    ]);
  });
});

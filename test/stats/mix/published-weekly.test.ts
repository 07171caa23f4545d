import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareMix } from '../../../src/stats/mix/data/prepare';
import { diagnoseMix } from '../../../src/stats/mix/evaluate/diagnose';
import { rollingOrigin } from '../../../src/stats/mix/evaluate/rolling-origin';
import { fitMix } from '../../../src/stats/mix/fit';
import { parameterNames } from '../../../src/stats/mix/model';
import { verdictOf, verdictText } from '../../../src/stats/mix/verdict/verdict';

const path = resolve(import.meta.dirname, '../../../../shared/data/mmm/robyn_dt_simulated_weekly.csv');

describe.skipIf(!existsSync(path))('the published weekly data', () => {
  it('run end to end: checked, fitted, forecast, diagnosed, told', async () => {
    const [header, ...rows] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.replaceAll('"', '').split(','));
    const text = (name: string): string[] => rows.map((row) => row[header!.indexOf(name)]!);
    const numbers = (name: string): Float64Array => Float64Array.from(text(name), Number);
    const dates = text('DATE');
    const prepared = prepareMix(
      {
        dates,
        outcome: { name: 'revenue', values: numbers('revenue') },
        channels: [
          { name: 'tv', spend: numbers('tv_S') },
          { name: 'out of home', spend: numbers('ooh_S') },
          { name: 'print', spend: numbers('print_S') },
          { name: 'facebook', spend: numbers('facebook_S'), exposure: numbers('facebook_I') },
          { name: 'search', spend: numbers('search_S'), exposure: numbers('search_clicks_P') },
          { name: 'newsletter', exposure: numbers('newsletter') },
        ],
        controls: [{ name: 'competitor', values: numbers('competitor_sales_B') }],
      },
      { baseline: { events: text('events').flatMap((name, t) => (name === 'na' ? [] : [{ name, date: dates[t]! }])) } },
    );
    expect(prepared.warnings).toEqual([]);
    expect(prepared.model.baseline.names).toContain('event: event2');

    const options = { chains: 1, warmup: 150, draws: 150, seed: 1 };
    const draws = await fitMix(prepared.model, options);
    const found = diagnoseMix(prepared.model, draws);
    expect(found.quality.r2).toBeGreaterThan(0.85);
    expect(found.inflation.every(({ vif }) => vif! > 1 && vif! < 5)).toBe(true);
    expect(found.learnt.map(({ parameter }) => parameter)).toEqual(parameterNames(prepared.model));
    expect(found.decompRssd).toBeGreaterThan(0.2);
    expect(found.negativeBaseline).toBeLessThan(0.01);

    const { overall } = await rollingOrigin(prepared.model, {
      frequency: prepared.calendar.frequency,
      horizon: 13,
      fit: (model) => fitMix(model, options),
    });
    expect(overall.model).toBeLessThan(0.6 * overall.seasonalNaive);

    const verdict = verdictOf(prepared, draws, { currency: 'EUR', forecast: overall });
    expect(verdict.channels).toHaveLength(6);
    expect(verdictText(verdict)).toMatch(/Tv brought €\d+\.\d\d for each euro \(90 % sure: €/);
  }, 120_000);
});

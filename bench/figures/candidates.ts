import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { centred } from '../../src/stats/mix/fast/columns';
import { createEvaluator } from '../../src/stats/mix/fast/evaluator';
import { fitFast } from '../../src/stats/mix/fast/fit';
import { foldEdges } from '../../src/stats/mix/fast/folds';
import { search } from '../../src/stats/mix/fast/search';
import type { MixModel } from '../../src/stats/mix/model';
import { cpuSeconds } from '../cpu';
import type { Bench } from '../figure';

const CANDIDATES = 10_000;
const data = resolve(import.meta.dirname, '../../../shared/data/mmm/robyn_dt_simulated_weekly.csv');

/** 10,000 candidates of transforms and a ridge, each fitted four times, on Robyn's 208 weeks of 6 channels. */
export const candidates: Bench = async () => {
  if (!existsSync(data)) return [{ what: 'candidates', ours: `not measured: ${data} is not there` }];
  const model = robynModel();
  const fixed = model.baseline.columns.map(centred);
  const outcome = centred(model.outcome);
  const tried = cpuSeconds(5, () => {
    const evaluator = createEvaluator(model, fixed, foldEdges(outcome.length, 3));
    evaluator.setOutcome(outcome);
    search(model, evaluator, { seed: 1, candidates: CANDIDATES });
  });
  const whole = cpuSeconds(5, () => fitFast(model, { candidates: CANDIDATES }));
  return [
    {
      what: '10,000 transform and ridge candidates, 208 weeks × 6 channels × 7 others, 3 folds and a fit to all',
      ours: `${tried.toFixed(2)} CPU s`,
      rival: '127 s (R with glmnet)',
      reach: '1.0 CPU s',
      met: tried <= 1,
    },
    { what: 'fast mode as a whole, with 200 resamples', ours: `${whole.toFixed(2)} CPU s` },
  ];
};

function robynModel(): MixModel {
  const [head, ...rows] = readFileSync(data, 'utf8').replaceAll('"', '').trim().split('\n');
  const names = head!.split(',');
  const column = (name: string) => Float64Array.from(rows, (row) => Number(row.split(',')[names.indexOf(name)]));
  const scaled = (values: Float64Array) => {
    const largest = Math.max(...values);
    return values.map((value) => value / largest);
  };
  const row = (of: (t: number) => number) => Float64Array.from(rows, (_, t) => of(t));
  const wave = (of: (x: number) => number, times: number) => row((t) => of((2 * Math.PI * times * t) / 52.18));
  const columns = [
    row((t) => t / rows.length),
    wave(Math.sin, 1),
    wave(Math.cos, 1),
    wave(Math.sin, 2),
    wave(Math.cos, 2),
    scaled(column('competitor_sales_B')),
    Float64Array.from(rows, (text) => (text.includes('event1') ? 1 : 0)),
  ];
  const media = ['tv_S', 'ooh_S', 'print_S', 'facebook_I', 'search_clicks_P', 'newsletter'];
  const spends = ['tv_S', 'ooh_S', 'print_S', 'facebook_S', 'search_S', undefined];
  const outcome = column('revenue');
  return {
    outcome: scaled(outcome),
    outcomeScale: Math.max(...outcome),
    baseline: {
      names: columns.map((_, k) => `baseline ${k + 1}`),
      columns,
      variance: new Float64Array(columns.length).fill(1),
    },
    channels: media.map((name, c) => ({
      name,
      media: scaled(column(name)),
      mediaScale: Math.max(...column(name)),
      spend: spends[c] ? column(spends[c]) : new Float64Array(rows.length),
      adstock: { kind: 'geometric', maxLag: rows.length },
      saturation: { kind: 'hill' },
      priors: { adstock: [], saturation: [], effect: { on: 'coefficient', prior: { kind: 'half-normal', scale: 1 } } },
    })),
    sigmaPrior: { kind: 'half-normal', scale: 1 },
    liftTests: [],
  };
}

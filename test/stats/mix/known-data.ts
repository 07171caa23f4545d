import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MixChannel, MixModel, Prior } from '../../../src/stats/mix/model';

const root = resolve(import.meta.dirname, '../../../../shared');
const DATA = resolve(root, 'data/mmm');
const REFERENCE = resolve(root, 'reference/mix');

export const hasKnownData = existsSync(DATA) && existsSync(REFERENCE);

type Column = (name: string) => Float64Array;

function readColumns(folder: string, file: string): Column {
  const lines = readFileSync(resolve(folder, file), 'utf8').trim().split('\n');
  const rows = lines.map((line) => line.replaceAll('"', '').split(','));
  return (name) => {
    const j = rows[0]!.indexOf(name);
    return Float64Array.from(rows.slice(1), (row) => Number(row[j]));
  };
}

export function readJson<T>(folder: 'data' | 'reference', file: string): T {
  return JSON.parse(readFileSync(resolve(folder === 'data' ? DATA : REFERENCE, file), 'utf8')) as T;
}

function channel(
  name: string,
  values: Float64Array,
  curve: Pick<MixChannel, 'saturation'> & { priors: Prior[] },
): MixChannel {
  const mediaScale = Math.max(...values);
  return {
    name,
    media: values.map((value) => value / mediaScale),
    mediaScale,
    spend: values,
    adstock: { kind: 'geometric', maxLag: 8 },
    saturation: curve.saturation,
    priors: {
      adstock: [{ kind: 'beta', a: 1, b: 3 }],
      saturation: curve.priors,
      effect: { on: 'coefficient', prior: { kind: 'half-normal', scale: 2 } },
    },
  };
}

/** The model of which Stan drew the reference posterior: two channels, 179 weeks. */
export function stanModel(): MixModel {
  const column = readColumns(REFERENCE, 'case09_scaled_data.csv');
  const { y_scale: outcomeScale } = readJson<{ y_scale: number }>('reference', 'case09_inputs.json');
  const names = ['intercept', 'event_1', 'event_2', 't', 'sin1', 'cos1', 'sin2', 'cos2'];
  const curve = { saturation: { kind: 'logistic' }, priors: [{ kind: 'gamma', shape: 3, rate: 1 }] } as const;
  return {
    outcome: column('y'),
    outcomeScale,
    baseline: { names, columns: names.map(column), variance: Float64Array.of(4, 4, 4, 4, 1, 1, 1, 1) },
    channels: ['x1', 'x2'].map((name) => channel(name, column(name), { ...curve, priors: [...curve.priors] })),
    sigmaPrior: { kind: 'half-normal', scale: 2 },
    liftTests: [],
  };
}

/** A small business simulated by others: four channels that are often off, with Hill curves, 104 weeks. */
export function smallBusinessModel(): MixModel {
  const column = readColumns(DATA, 'pymclabs_small_business.csv');
  const sales = column('y');
  const outcomeScale = Math.max(...sales);
  const year = (t: number): number => (2 * Math.PI * 7 * t) / 365.25;
  const columnOf = (f: (t: number) => number): Float64Array => sales.map((_, t) => f(t));
  const scaled = (name: string): Float64Array => column(name).map((value) => value / Math.max(...column(name)));
  return {
    outcome: sales.map((value) => value / outcomeScale),
    outcomeScale,
    baseline: {
      names: ['intercept', 'sin1', 'cos1', 'sin2', 'cos2', 'c1', 'c2'],
      columns: [
        columnOf(() => 1),
        columnOf((t) => Math.sin(year(t))),
        columnOf((t) => Math.cos(year(t))),
        columnOf((t) => Math.sin(2 * year(t))),
        columnOf((t) => Math.cos(2 * year(t))),
        scaled('c1'),
        scaled('c2'),
      ],
      variance: Float64Array.of(1, 0.04, 0.04, 0.04, 0.04, 0.04, 0.04),
    },
    channels: SMALL_BUSINESS.map(({ column: name }) =>
      channel(name, column(name), {
        saturation: { kind: 'hill' },
        priors: [
          { kind: 'gamma', shape: 6, rate: 4 },
          { kind: 'gamma', shape: 3, rate: 4 },
        ],
      }),
    ),
    sigmaPrior: { kind: 'half-normal', scale: 0.5 },
    liftTests: [],
  };
}

/** Channels of the small business by their column, with the retention they were simulated from. */
export const SMALL_BUSINESS = [
  { column: 'x1_Search-Ads', alpha: 0 },
  { column: 'x2_Social-Media', alpha: 0.2 },
  { column: 'x3_Local-Ads', alpha: 0.4 },
  { column: 'x4_Email', alpha: 0.3 },
];

/** What each of the small business's channels truly brought in all. */
export function smallBusinessTruth(): number[] {
  const column = readColumns(DATA, 'pymclabs_small_business_truth_transformed_spend.csv');
  return SMALL_BUSINESS.map((one) => column(`contribution_${one.column}`).reduce((sum, value) => sum + value, 0));
}

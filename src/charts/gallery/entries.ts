import { seededRandom } from '../../base/random';
import {
  bars,
  channelColors,
  decay,
  fitted,
  intervals,
  ranks,
  responseCurves,
  ruleScatter,
  shareComparison,
  shift,
  stackedArea,
  traces,
  trend,
  waterfall,
} from '..';
import { classifyEntries } from './classify-entries';
import type { Entry } from './entry';
import { retentionEntries } from './retention-entries';
import { segmentEntries } from './segments';

const colors = channelColors(['search', 'social', 'display', 'radio', 'leaflets']);

const weeks = Array.from({ length: 52 }, (_, at) => new Date(Date.UTC(2025, 0, 6 + 7 * at)));
const wave = (at: number, period: number, shift = 0): number => Math.sin((2 * Math.PI * (at + shift)) / period);

const layers = weeks.flatMap((date, at) => [
  { date, part: 'baseline', sales: 9000 + 1200 * wave(at, 52) },
  { date, part: 'search', sales: 1400 + 500 * wave(at, 13) },
  { date, part: 'social', sales: 700 + 500 * Math.max(0, wave(at, 17, 4)) },
  { date, part: 'display', sales: at % 13 < 4 ? 600 : 60 },
]);
const totals = weeks.map((date, at) => ({
  date,
  sales: layers.slice(4 * at, 4 * at + 4).reduce((sum, { sales }) => sum + sales, 0) + 420 * wave(at, 5),
}));

const curve = (channel: string, top: number, half: number) =>
  Array.from({ length: 41 }, (_, i) => {
    const spend = 50 * i;
    const response = (top * spend) / (half + spend);
    return { channel, spend, response, lower: 0.8 * response, upper: 1.2 * response };
  });
const curves = [...curve('search', 5200, 700), ...curve('social', 2600, 500), ...curve('radio', 3400, 2200)];
const today = [curves[16]!, curves[41 + 10]!, curves[82 + 12]!];
const seen = new Map([
  ['search', 1250],
  ['social', 900],
  ['radio', 800],
]);

const random = seededRandom(1);
const chains = [0, 1, 2, 3].map((chain) =>
  Array.from({ length: 400 }, () => 0.4 + 0.03 * random.normal() + 0.002 * chain),
);

const rule = (first: string, then: string, count: number, confidence: number, lift: number) => ({
  antecedent: [first],
  consequent: then,
  count,
  support: count / 12_000,
  confidence: { value: confidence, lower: 0.85 * confidence, upper: 1.16 * confidence },
  lift: { value: lift },
});

export const entries: readonly Entry[] = [
  {
    name: 'trend',
    draw: () =>
      trend(
        totals.map(({ date, sales }) => ({ date, sales, low: 0.93 * sales, high: 1.07 * sales })),
        {
          x: 'date',
          y: 'sales',
          lower: 'low',
          upper: 'high',
          title: 'Sales rose in spring',
          caption: '52 weeks of 2025; band: 90 % interval',
          yLabel: 'Sales (€ a week)',
        },
      ),
  },
  {
    name: 'bars',
    draw: () =>
      bars(
        [
          { channel: 'search', roas: 3.6, low: 3, high: 4.2 },
          { channel: 'social', roas: 2.2, low: 1.1, high: 3.3 },
          { channel: 'display', roas: 0.7, low: 0.1, high: 1.4 },
        ],
        {
          x: 'roas',
          y: 'channel',
          lower: 'low',
          upper: 'high',
          colors,
          reference: { value: 1.75, label: 'pays for itself' },
          title: 'Search pays, display does not',
          caption: '13 weeks; 90 % intervals',
          xLabel: 'Sales for each € spent',
        },
      ),
  },
  {
    name: 'waterfall',
    draw: () =>
      waterfall(
        [
          { name: 'baseline', value: 468_000, lower: 430_000, upper: 506_000 },
          { name: 'search', value: 72_800, lower: 52_000, upper: 96_000 },
          { name: 'social', value: 44_000, lower: 12_000, upper: 71_000 },
          { name: 'display', value: 12_000, lower: -4_000, upper: 25_000 },
          { name: 'price rise', value: -21_000, lower: -34_000, upper: -9_000 },
        ],
        {
          total: 'Sales',
          colors,
          xLabel: 'Sales of 2025 (€)',
          title: 'Advertising brought a fifth of sales',
          caption: '52 weeks of 2025; 90 % intervals at the end of each part',
        },
      ),
  },
  {
    name: 'stacked-area',
    draw: () =>
      stackedArea(layers, {
        x: 'date',
        y: 'sales',
        series: 'part',
        colors,
        actual: { rows: totals, y: 'sales', label: 'actual' },
        yLabel: 'Sales (€ a week)',
        title: 'What each week’s sales are made of',
        caption: '52 weeks of 2025; means of the model',
      }),
  },
  {
    name: 'intervals',
    draw: () =>
      intervals(
        [
          { name: 'search', value: 2.1, lower: 1.4, upper: 2.9, prior: { lower: 0.2, upper: 5.4 } },
          { name: 'social', value: 1.2, lower: 0.3, upper: 2.6, prior: { lower: 0.2, upper: 5.4 } },
          { name: 'radio', value: 1.9, lower: 0.3, upper: 5, prior: { lower: 0.2, upper: 5.4 } },
        ],
        {
          colors,
          reference: { value: 1.6, label: 'pays for itself' },
          xLabel: 'Sales for each € spent',
          title: 'Search pays; of radio the data say little',
          caption: '156 weeks; bars: 90 % intervals, pale: what was believed before',
        },
      ),
  },
  {
    name: 'scenarios',
    draw: () =>
      intervals(
        [
          { name: 'as today', value: 13_900, lower: 12_700, upper: 15_200 },
          { name: 'best split', value: 15_100, lower: 13_400, upper: 17_000, note: 'beats today 91 times in 100' },
          { name: '20 % less', value: 13_100, lower: 11_900, upper: 14_300, note: 'beats today 12 times in 100' },
        ],
        {
          xLabel: 'Sales from advertising (€ a week)',
          title: 'The same money, better split, brings about €1,200 more a week',
          caption: '1,000 draws of the model; 90 % intervals',
        },
      ),
  },
  {
    name: 'response-curves',
    draw: () =>
      responseCurves(curves, {
        colors,
        today,
        seen,
        xLabel: 'Spend (€ a week)',
        yLabel: 'Sales brought (€ a week)',
        title: 'Social is nearly full, radio is not',
        caption: 'Dots: today. Dashed: more than was ever spent. Bands: 90 % intervals',
      }),
  },
  {
    name: 'response-curves-apart',
    draw: () =>
      responseCurves([...curves, ...curve('display', 900, 900), ...curve('leaflets', 2900, 1200)], {
        colors,
        today: [...today, { channel: 'display', spend: 300, response: 225 }],
        seen,
        xLabel: 'Spend (€ a week)',
        yLabel: 'Sales brought (€ a week)',
        title: 'Five channels stand side by side, on common scales',
        caption: 'Dots: today. Dashed: more than was ever spent. Bands: 90 % intervals',
      }),
  },
  {
    name: 'share-comparison',
    draw: () =>
      shareComparison(
        [
          { channel: 'search', spendShare: 0.42, effectShare: 0.55, lower: 0.43, upper: 0.66 },
          { channel: 'social', spendShare: 0.33, effectShare: 0.27, lower: 0.12, upper: 0.4 },
          { channel: 'radio', spendShare: 0.25, effectShare: 0.18, lower: 0.05, upper: 0.36 },
        ],
        {
          colors,
          title: 'Search brings more than its share of the money',
          caption: '156 weeks; 90 % intervals',
        },
      ),
  },
  {
    name: 'fitted',
    draw: () =>
      fitted(
        totals.map(({ date, sales }, at) => {
          const said = sales - 420 * wave(at, 5);
          return { date, actual: sales, fitted: said, lower: said - 700, upper: said + 700 };
        }),
        {
          heldOut: weeks[44]!,
          yLabel: 'Sales (€ a week)',
          title: 'The model follows the weeks it was not shown',
          caption: '52 weeks of 2025; band: where 90 of 100 weeks should lie',
        },
      ),
  },
  {
    name: 'decay',
    draw: () =>
      decay(
        [
          ['search', 0.15],
          ['social', 0.45],
          ['radio', 0.7],
        ].flatMap(([channel, rate]) =>
          Array.from({ length: 9 }, (_, lag) => {
            const weight = (1 - Number(rate)) * Number(rate) ** lag;
            return { channel: String(channel), lag, weight, lower: 0.8 * weight, upper: Math.min(1, 1.2 * weight) };
          }),
        ),
        {
          colors,
          period: 'weeks',
          title: 'Radio works for a month',
          caption: 'Share of the effect by week; 90 % intervals',
        },
      ),
  },
  {
    name: 'traces',
    draw: () => traces(chains, { title: 'Four chains that agree', caption: 'Carryover of search; 400 draws a chain' }),
  },
  {
    name: 'ranks',
    draw: () =>
      ranks(chains, { title: 'Ranks of the draws', caption: 'Carryover of search; dashed: chains that agree' }),
  },
  {
    name: 'shift',
    draw: () =>
      shift(
        [
          { channel: 'search', from: 800, to: 1150, most: 1250 },
          { channel: 'social', from: 500, to: 310, most: 900 },
          { channel: 'radio', from: 600, to: 900, most: 800 },
          { channel: 'leaflets', from: 240, to: 240, most: 300 },
        ],
        {
          colors,
          xLabel: 'Spend (€ a week)',
          title: 'Move money from social to search and radio',
          caption: 'Rings: today. Arrow: the proposal',
        },
      ),
  },
  {
    name: 'rule-scatter',
    draw: () =>
      ruleScatter(
        [
          rule('croissants', 'rolls', 195, 0.29, 2.4),
          rule('spelt loaf', 'grain salad', 41, 0.19, 3.6),
          rule('coffee', 'cookie', 122, 0.08, 1.3),
          rule('soup', 'lunch box', 88, 0.22, 1.9),
          rule('rolls', 'coffee', 60, 0.04, 0.6),
          { ...rule('macarons', 'fruit tart', 33, 0.24, 3.1), antecedent: ['birthday cake', 'macarons'] },
        ],
        {
          named: 3,
          title: 'Spelt and grain salad go together 3.6 times as often as by chance',
          caption: '12,000 baskets; larger: higher lift; lines: 90 % intervals; ring: seldomer together than by chance',
        },
      ),
  },
  ...segmentEntries,
  ...retentionEntries,
  ...classifyEntries,
];

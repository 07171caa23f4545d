import type { CellOutput, TreeElement, TreeNode } from '../../output/output';

const WEEKS = 26;
const WIDTH = 704;
const HEIGHT = 300;

const el = (tag: string, attrs: Record<string, string | number>, ...children: TreeNode[]): TreeElement => ({
  tag,
  attrs: Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, String(value)])),
  children,
});

const x = (week: number): number => 48 + (week / (WEEKS - 1)) * (WIDTH - 48 - 72);
const y = (value: number): number => HEIGHT - 32 - (value / 5000) * (HEIGHT - 56);
const series = (start: number, swing: number): number[] =>
  Array.from({ length: WEEKS }, (_, i) => start + swing * Math.sin(i / 2.7 + start) + i * 22);
const path = (values: readonly number[]): string =>
  values.map((v, i) => `${i ? 'L' : 'M'}${x(i).toFixed(1)},${y(v).toFixed(1)}`).join('');

function chart(): TreeElement {
  const lines: [string, number[]][] = [
    ['Suche', series(2900, 420)],
    ['Social', series(1600, 300)],
    ['E-Mail', series(700, 160)],
  ];
  const svg = el(
    'svg',
    {
      class: 'plot-d6a7b5',
      width: WIDTH,
      height: HEIGHT,
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      'font-size': 12,
      fill: 'currentColor',
    },
    ...[0, 1000, 2000, 3000, 4000].map((value) =>
      el(
        'g',
        { class: 'tick' },
        el('line', { x1: 48, x2: WIDTH - 72, y1: y(value), y2: y(value), stroke: 'var(--line)' }),
        el('text', { x: 40, y: y(value) + 4, 'text-anchor': 'end', fill: 'var(--quiet)' }, value.toLocaleString('en')),
      ),
    ),
    ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'].map((month, i) =>
      el('text', { x: x(i * 4.3), y: HEIGHT - 10, fill: 'var(--quiet)' }, month),
    ),
    ...lines.flatMap(([name, values], i) => [
      el('path', {
        d: path(values),
        fill: 'none',
        stroke: `var(--chart-${i + 1})`,
        'stroke-width': 2,
        'stroke-linejoin': 'round',
      }),
      el(
        'text',
        { x: x(WEEKS - 1) + 8, y: y(values.at(-1)!) + 4, fill: `var(--chart-${i + 1})`, 'font-weight': 600 },
        name,
      ),
    ]),
  );
  return el(
    'figure',
    { class: 'plot-d6a7b5-figure' },
    el('h2', {}, 'Search carries the growth; e-mail is flat'),
    el('h3', {}, 'Revenue by week, €'),
    svg,
    el('figcaption', {}, 'n = 26 weeks, January to June 2024, orders.csv'),
  );
}

export const chartOutput: CellOutput = {
  outputs: [{ type: 'tree', root: chart(), surface: 'gallery-chart' }],
  log: [],
};

export const tableOutput: CellOutput = {
  outputs: [{ type: 'table', relation: 'orders', columns: [], rows: 60_214 }],
  log: [],
};

export const inputOutput: CellOutput = {
  outputs: [
    {
      type: 'input',
      key: 'channel',
      spec: { kind: 'select', label: 'Channel', choices: ['All', 'Search', 'Social'], multiple: false },
      value: 'All',
    },
    {
      type: 'input',
      key: 'weeks',
      spec: { kind: 'slider', label: 'Window', min: 1, max: 26, step: 1, unit: 'weeks' },
      value: 8,
    },
    { type: 'input', key: 'period', spec: { kind: 'dateRange', label: 'Period' }, value: ['2024-01-01', '2024-06-30'] },
    {
      type: 'input',
      key: 'products',
      spec: { kind: 'select', label: 'Products', choices: ['Roggenmischbrot', 'Croissant', 'Brezel'], multiple: true },
      value: ['Roggenmischbrot', 'Brezel'],
    },
    { type: 'input', key: 'margin', spec: { kind: 'checkbox', label: 'Margin in place of revenue' }, value: true },
    { type: 'input', key: 'least', spec: { kind: 'number', label: 'At least', min: 0, step: 1 }, value: 20 },
    { type: 'input', key: 'find', spec: { kind: 'text', label: 'Find', placeholder: 'Product or city' }, value: '' },
    {
      type: 'input',
      key: 'segments',
      spec: {
        kind: 'table',
        label: 'Segments',
        columns: ['Segment', 'Customers', 'Revenue'],
        rows: [
          ['Champions', '412', '€38,120'],
          ['At risk', '1,204', '€21,480'],
          ['New', '690', '€9,310'],
        ],
      },
      value: ['At risk\t1,204\t€21,480'],
    },
  ],
  log: [],
};

export const errorOutput: CellOutput = {
  outputs: [],
  problem: {
    code: 'unknown-column',
    message: 'There is no column "revenu" in orders.',
    hint: 'Did you mean "revenue"?',
    line: 2,
    column: 12,
  },
  log: [],
};

export const errorSource =
  "SELECT date_trunc('week', day) AS week,\n       sum(revenu) AS revenue\nFROM orders\nGROUP BY week";

export const valueOutput: CellOutput = {
  outputs: [
    { type: 'number', value: 48213.5 },
    {
      type: 'value',
      value: {
        kind: 'list',
        label: 'Object (3)',
        more: 0,
        entries: [
          { key: 'roas', value: { kind: 'scalar', text: '2.1', of: 'number' } },
          {
            key: 'interval',
            value: {
              kind: 'list',
              label: 'Array (2)',
              more: 0,
              entries: [
                { key: '0', value: { kind: 'scalar', text: '1.4', of: 'number' } },
                { key: '1', value: { kind: 'scalar', text: '2.9', of: 'number' } },
              ],
            },
          },
          { key: 'channel', value: { kind: 'scalar', text: 'Suche', of: 'string' } },
        ],
      },
    },
    { type: 'progress', label: 'Drawing posterior samples, chain 2 of 4', share: 0.42 },
  ],
  log: [
    { level: 'log', text: 'seed 7' },
    { level: 'warn', text: '3 weeks have no spend and were set to 0' },
  ],
};

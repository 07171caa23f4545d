import * as Plot from '@observablehq/plot';
import { seededRandom } from '../../src/base/random';

const random = seededRandom(7);
const channels = ['search', 'social', 'email', 'display'];
const points = Array.from({ length: 120 }, (_, i) => ({
  x: random.normal() * 10 + i / 10,
  y: random.normal() * 5 + i / 20,
  size: random.uniform() * 30,
  channel: channels[i % 4]!,
  region: i % 3 === 0 ? 'north' : 'south',
  day: new Date(Date.UTC(2024, 0, 1 + i)),
  name: `point ${i} <&> "é"`,
}));
const weekly = Array.from({ length: 26 }, (_, i) => ({
  week: new Date(Date.UTC(2024, 0, 1 + 7 * i)),
  spend: 100 + 50 * Math.sin(i / 3),
  roas: 2 + Math.cos(i / 4),
}));
const totals = channels.map((channel, i) => ({ channel, spend: 100 * (i + 1), revenue: 350 - 40 * i }));
const paths = ['site/shop/bread', 'site/shop/cake', 'site/blog/news', 'site/blog/recipes', 'site/about'];
const ring = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [-10, 35],
      [30, 35],
      [30, 60],
      [-10, 60],
      [-10, 35],
    ],
  ],
};
const letters = Array.from('the quick brown fox jumps over the lazy dog'.replaceAll(' ', ''), (letter) => ({ letter }));

type Drawing = (document: Document) => Element;

/** Draws with the options and the document given. */
const plot =
  (options: Plot.PlotOptions): Drawing =>
  (document) =>
    Plot.plot({ ...options, document } as Plot.PlotOptions);
/** Makes its marks anew for each drawing, where a mark keeps state. */
const make =
  (options: () => Plot.PlotOptions): Drawing =>
  (document) =>
    Plot.plot({ ...options(), document } as Plot.PlotOptions);
const legend =
  (options: Record<string, unknown>): Drawing =>
  (document) =>
    Plot.legend({ ...options, document } as unknown as Plot.LegendOptions) as Element;

/** Of each common mark, transform, legend and decoration at least one. */
export const plots: Readonly<Record<string, Drawing>> = {
  dot: plot({ marks: [Plot.dot(points, { x: 'x', y: 'y' })] }),
  'dot coloured with a legend': plot({
    color: { legend: true },
    marks: [Plot.dot(points, { x: 'x', y: 'y', fill: 'channel' })],
  }),
  'dot by symbol with a legend': plot({
    symbol: { legend: true },
    marks: [Plot.dot(points, { x: 'x', y: 'y', symbol: 'channel', stroke: 'channel' })],
  }),
  'dot by radius': plot({ r: { range: [0, 12] }, marks: [Plot.dot(points, { x: 'x', y: 'y', r: 'size' })] }),
  'dot with title and link': plot({
    marks: [Plot.dot(points, { x: 'x', y: 'y', title: 'name', href: () => '#a', target: '_blank' })],
  }),
  'dodged dots': plot({ height: 120, marks: [Plot.dotX(points, Plot.dodgeY({ x: 'x', anchor: 'middle' }))] }),
  hexagon: plot({ marks: [Plot.hexagon(points, { x: 'x', y: 'y' })] }),
  line: plot({ marks: [Plot.line(weekly, { x: 'week', y: 'spend' })] }),
  'line with markers and curve': plot({
    marks: [Plot.lineY(weekly, { x: 'week', y: 'spend', marker: 'circle', curve: 'monotone-x' })],
  }),
  'line with arrow marker': plot({
    marks: [Plot.lineY(weekly, { x: 'week', y: 'spend', markerEnd: 'arrow', marker: 'tick' })],
  }),
  'lines by series': plot({ marks: [Plot.line(points, { x: 'day', y: 'y', stroke: 'channel', z: 'channel' })] }),
  'line with varying colour': plot({
    color: { legend: true },
    marks: [Plot.line(weekly, { x: 'week', y: 'spend', z: null, stroke: 'roas' })],
  }),
  area: plot({ marks: [Plot.areaY(weekly, { x: 'week', y: 'spend', fillOpacity: 0.3 }), Plot.ruleY([0])] }),
  'stacked area': plot({
    marks: [Plot.areaY(points, Plot.binX({ y: 'count' }, { x: 'x', fill: 'channel' } as Plot.AreaYOptions))],
  }),
  bar: plot({ marks: [Plot.barY(totals, { x: 'channel', y: 'spend', sort: { x: 'y', reverse: true } })] }),
  'horizontal bar with text': plot({
    marginLeft: 60,
    marks: [
      Plot.barX(totals, { y: 'channel', x: 'spend' }),
      Plot.text(totals, { y: 'channel', x: 'spend', text: 'spend', dx: 4, textAnchor: 'start' }),
    ],
  }),
  'rounded bar': plot({ marks: [Plot.barY(totals, { x: 'channel', y: 'spend', ry1: 6 })] }),
  'stacked bar': plot({
    color: { legend: true, scheme: 'tableau10' },
    marks: [Plot.barY(points, Plot.groupX({ y: 'count' }, { x: 'region', fill: 'channel' }))],
  }),
  histogram: plot({ marks: [Plot.rectY(points, Plot.binX({ y: 'count' }, { x: 'x' })), Plot.ruleY([0])] }),
  'rect heat map': plot({
    color: { legend: true, scheme: 'ylgnbu' },
    marks: [Plot.rect(points, Plot.bin({ fill: 'count' }, { x: 'x', y: 'y' }))],
  }),
  cell: plot({
    color: { legend: true },
    marks: [Plot.cell(points, Plot.group({ fill: 'count' }, { x: 'channel', y: 'region' }))],
  }),
  text: plot({ marks: [Plot.text(points.slice(0, 10), { x: 'x', y: 'y', text: 'name', rotate: 10, fontSize: 12 })] }),
  'wrapped and cut text': plot({
    marks: [
      Plot.text(['A long line of words that must be wrapped at some width, and a word: incomprehensibilities'], {
        lineWidth: 10,
        textOverflow: 'ellipsis-end',
        frameAnchor: 'top-left',
      }),
    ],
  }),
  tip: make(() => ({
    marks: [Plot.dot(points, { x: 'x', y: 'y' }), Plot.tip(points.slice(0, 2), { x: 'x', y: 'y', title: 'name' })],
  })),
  'pointer tip': make(() => ({ marks: [Plot.dot(points, { x: 'x', y: 'y', tip: true })] })),
  crosshair: make(() => ({
    marks: [Plot.dot(points, { x: 'x', y: 'y' }), Plot.crosshair(points, { x: 'x', y: 'y' })],
  })),
  link: plot({ marks: [Plot.link(totals, { x1: 'spend', x2: 'revenue', y: 'channel', markerEnd: 'arrow' })] }),
  arrow: plot({ marks: [Plot.arrow(totals, { x1: 'spend', y1: 0, x2: 'revenue', y2: 'spend', bend: true })] }),
  vector: plot({
    marks: [Plot.vector(points, { x: 'x', y: 'y', length: 'size', rotate: (d: { x: number }) => d.x * 9 })],
  }),
  spike: plot({ marks: [Plot.spike(points, { x: 'x', y: 'y', length: 'size' })] }),
  tree: plot({ axis: null, marginRight: 120, marks: [Plot.tree(paths)] }),
  cluster: plot({ axis: null, marks: [Plot.cluster(paths, { treeSort: 'node:height' })] }),
  density: plot({ marks: [Plot.density(points, { x: 'x', y: 'y', stroke: 'density' })] }),
  contour: plot({ marks: [Plot.contour(points, { x: 'x', y: 'y', fill: 'size', blur: 4 })] }),
  'contour of a function': plot({
    marks: [Plot.contour({ x1: 0, y1: 0, x2: 6, y2: 4, fill: (x: number, y: number) => Math.sin(x) * Math.cos(y) })],
  }),
  raster: plot({
    color: { legend: true },
    marks: [
      Plot.raster({
        x1: 0,
        y1: 0,
        x2: 6,
        y2: 4,
        pixelSize: 4,
        fill: (x: number, y: number) => Math.sin(x) * Math.cos(y),
      }),
    ],
  }),
  'raster of points': plot({
    marks: [Plot.raster(points, { x: 'x', y: 'y', fill: 'size', interpolate: 'nearest', pixelSize: 8 })],
  }),
  hexbin: plot({
    color: { legend: true },
    marks: [Plot.dot(points, Plot.hexbin({ fill: 'count' }, { x: 'x', y: 'y' })), Plot.hexgrid()],
  }),
  waffle: plot({ marks: [Plot.waffleY(totals, { x: 'channel', y: 'spend', unit: 10 })] }),
  box: plot({ marks: [Plot.boxY(points, { x: 'channel', y: 'y' })] }),
  'linear regression': plot({
    marks: [Plot.dot(points, { x: 'x', y: 'y' }), Plot.linearRegressionY(points, { x: 'x', y: 'y', stroke: 'red' })],
  }),
  'globe with a shape': plot({
    projection: { type: 'orthographic', rotate: [-10, -40] },
    marks: [Plot.sphere(), Plot.graticule(), Plot.geo(ring as never, { fill: 'steelblue' })],
  }),
  'clipped projection': plot({ projection: 'equal-earth', marks: [Plot.geo(ring as never, { clip: 'sphere' })] }),
  facets: plot({
    facet: { data: points, x: 'region', y: 'channel' },
    marks: [Plot.frame(), Plot.dot(points, { x: 'x', y: 'y' })],
  }),
  'facets of marks with labels': plot({
    fx: { label: 'Region' },
    marks: [
      Plot.barY(points, Plot.groupX({ y: 'count' }, { fx: 'region', x: 'channel', fill: 'channel' })),
      Plot.ruleY([0]),
    ],
  }),
  'facets with a tip': make(() => ({ marks: [Plot.dot(points, { x: 'x', y: 'y', fx: 'region', tip: 'x' })] })),
  'clipped to the frame': plot({ x: { domain: [0, 5] }, marks: [Plot.line(points, { x: 'x', y: 'y', clip: true })] }),
  'axes by hand': plot({
    marks: [
      Plot.axisX({ anchor: 'top', label: 'Above', ticks: 4 }),
      Plot.axisY({ tickRotate: 30 }),
      Plot.gridX({ strokeDasharray: '2' }),
      Plot.dot(points, { x: 'x', y: 'y' }),
    ],
  }),
  'temporal and log scales': plot({
    y: { type: 'log', grid: true },
    marks: [Plot.line(weekly, { x: 'week', y: 'spend' })],
  }),
  'title, subtitle and caption': plot({
    title: 'Spend',
    subtitle: 'by week',
    caption: 'Source: <ads>',
    marks: [Plot.line(weekly, { x: 'week', y: 'spend' })],
  }),
  'style and class': plot({
    className: 'plot-mine',
    style: { fontSize: '14px', background: 'none' },
    ariaLabel: 'A plot',
    marks: [Plot.dot(points, { x: 'x', y: 'y', mixBlendMode: 'multiply', ariaLabel: 'dots' })],
  }),
  difference: plot({ marks: [Plot.differenceY(weekly, { x: 'week', y1: 'spend', y2: 120 })] }),
  'window and map': plot({ marks: [Plot.lineY(weekly, Plot.windowY(4, { x: 'week', y: 'spend' }))] }),
  'voronoi, delaunay, hull': plot({
    marks: [
      Plot.voronoi(points, { x: 'x', y: 'y', stroke: '#ccc' }),
      Plot.delaunayMesh(points, { x: 'x', y: 'y' }),
      Plot.hull(points, { x: 'x', y: 'y', z: 'channel' }),
    ],
  }),
  'bollinger and moving average': plot({
    marks: [
      Plot.bollingerY(
        weekly.map((d) => d.spend),
        { n: 5 },
      ),
    ],
  }),
  auto: plot({ marks: [Plot.auto(points, { x: 'x', y: 'y', color: 'channel' })] }),
  'tick and rule': plot({ marks: [Plot.tickX(points, { x: 'x', y: 'channel' }), Plot.ruleX([0], { stroke: 'red' })] }),
  'image in the text': plot({
    marks: [
      Plot.image(points.slice(0, 2), { x: 'x', y: 'y', src: () => 'data:image/png;base64,iVBORw0KGgo=', width: 10 }),
    ],
  }),
  'letters by frequency': plot({
    x: { label: null },
    marks: [Plot.barY(letters, Plot.groupX({ y: 'proportion' }, { x: 'letter', sort: { x: '-y' } }))],
  }),
  'marks as functions': plot({
    marks: [
      Plot.dot(points, { x: 'x', y: 'y' }),
      (_index, _scales, _values, { width }, { document }) => {
        const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
        text.setAttribute('x', String(width / 2));
        text.textContent = 'by hand';
        return text as SVGElement;
      },
    ],
  }),
  'marks with gradients': plot({
    marks: [
      ((_i: unknown, _s: unknown, _v: unknown, _d: unknown, { document }: { document: Document }) => {
        const make = (tag: string) => document.createElementNS('http://www.w3.org/2000/svg', tag);
        const gradient = make('linearGradient');
        gradient.setAttribute('id', 'g1');
        const stop = make('stop');
        stop.setAttribute('offset', '5%');
        gradient.append(stop);
        return gradient as SVGElement;
      }) as never,
      Plot.barY(totals, { x: 'channel', y: 'spend', fill: 'url(#g1)' }),
    ],
  }),
  'swatch legend': legend({ color: { type: 'categorical', domain: channels } }),
  'swatch legend in columns': legend({
    color: { type: 'categorical', domain: channels },
    columns: '80px',
    label: 'Channel',
  }),
  'ramp legend': legend({ color: { type: 'linear', domain: [0, 100] }, label: 'Spend' }),
  'diverging ramp legend': legend({ color: { type: 'diverging', domain: [-1, 1], scheme: 'rdbu' }, label: 'Change' }),
  'quantile ramp legend': legend({
    color: { type: 'quantile', domain: points.map((d) => d.y), n: 5, scheme: 'blues' },
    label: 'Quantile',
  }),
  'threshold ramp legend': legend({ color: { type: 'threshold', domain: [1, 2, 5], scheme: 'reds' } }),
  'ordinal ramp legend': legend({ color: { type: 'ordinal', domain: ['a', 'b', 'c'] }, legend: 'ramp' }),
  'symbol legend': legend({ symbol: { domain: channels }, fill: 'steelblue' }),
  'opacity legend': legend({ opacity: { domain: [0, 10] }, label: 'Share' }),
};

import type { Column } from '../../table/decode';
import { isNumeric, isTime } from '../grid/format';

export const CHART_KINDS = ['line', 'bars', 'points', 'histogram'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

/** What is made of the rows that share a place on the chart. */
export const MEASURES = ['sum', 'mean', 'median'] as const;
export type Measure = (typeof MEASURES)[number];

/** A chart of a table's rows. */
export interface ChartChoice {
  readonly kind: ChartKind;
  /** Along the time, by which bars are told apart, or what is counted in bins. */
  readonly x: string;
  /** Absent where rows are counted. */
  readonly y?: string;
  readonly measure: Measure;
  readonly color?: string;
}

/** The columns that may play each part in a chart of a kind. */
export function columnsFor(
  kind: ChartKind,
  columns: readonly Column[],
): Record<'x' | 'y' | 'color', readonly Column[]> {
  const numbers = columns.filter(({ type }) => isNumeric(type));
  const flat = columns.filter(({ type }) => !/[[(]|^(BLOB|BIT|INTERVAL)/.test(type) || isNumeric(type));
  const names = flat.filter(({ type }) => !isNumeric(type) && !isTime(type));
  switch (kind) {
    case 'line':
      return { x: flat.filter(({ type }) => isNumeric(type) || isMoment(type)), y: numbers, color: names };
    case 'bars':
      return { x: flat, y: numbers, color: names };
    case 'points':
      return { x: numbers, y: numbers, color: names };
    case 'histogram':
      return { x: numbers, y: [], color: [] };
  }
}

/** Whether a chart of a kind can be drawn of these columns at all. */
export function canDraw(kind: ChartKind, columns: readonly Column[]): boolean {
  return columnsFor(kind, columns).x.length >= (kind === 'points' ? 2 : 1);
}

/** The chart that these columns ask for most; undefined where they allow none. */
export function suggestedChart(columns: readonly Column[]): ChartChoice | undefined {
  const { x: flat, y: all } = columnsFor('bars', columns);
  const numbers = all.filter(({ name }) => !NUMBER_OF_A_THING.test(name));
  const moment = flat.find(({ type }) => isMoment(type));
  const text = flat.find(({ type }) => !isNumeric(type) && !isTime(type));
  const kind = moment
    ? 'line'
    : text
      ? 'bars'
      : numbers.length > 1
        ? 'points'
        : numbers.length > 0
          ? 'histogram'
          : 'bars';
  const x = moment ?? text ?? numbers[0] ?? flat[0];
  if (!x) return undefined;
  const y = numbers.find((column) => column !== x);
  return chosen(kind, columns, { x: x.name, ...(y && { y: y.name }), measure: measureFor(y?.name) });
}

/** A chart of another kind, with what of the choice still fits it. */
export function chosen(kind: ChartKind, columns: readonly Column[], wanted: Omit<ChartChoice, 'kind'>): ChartChoice {
  const fit = columnsFor(kind, columns);
  const has = (part: 'x' | 'y' | 'color', name: string | undefined): boolean =>
    fit[part].some((column) => column.name === name);
  const x = has('x', wanted.x) ? wanted.x : fit.x[0]!.name;
  const others = fit.y.filter(({ name }) => name !== x);
  const y = has('y', wanted.y) && wanted.y !== x ? wanted.y : kind === 'points' ? others[0]?.name : undefined;
  const color = has('color', wanted.color) && wanted.color !== x ? wanted.color : undefined;
  return {
    kind,
    x,
    measure: wanted.measure,
    ...(y !== undefined && { y }),
    // Parts of a bar add up to it, which means and medians do not.
    ...(color !== undefined && (kind !== 'bars' || y === undefined || wanted.measure === 'sum') && { color }),
  };
}

/** Shares and prices are no parts of a whole: their sum says nothing. */
export function measureFor(name: string | undefined): Measure {
  return name !== undefined && RATIO.test(name) ? 'mean' : 'sum';
}

const RATIO =
  /(^|_|\b)(roas|roi|cpa|cac|cpc|cpm|ctr|aov|ltv|avg|mean|median|average|rate|ratio|share|percent|pct|price|score|age|margin_pct|quote|anteil|preis|durchschnitt)($|_|\b)/i;
const NUMBER_OF_A_THING = /(^|_)(id|no|nr|number|nummer|zip|plz|year|jahr)$/i;

export const isMoment = (type: string): boolean => /^(DATE|TIMESTAMP)/i.test(type);

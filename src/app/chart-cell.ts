import { capital } from '../base/capital';
import { newCellId } from '../notebook/edit';
import type { Cell } from '../notebook/model';
import { filterQuery } from '../session/explore/sql';
import { writtenIdentifier } from '../session/written-identifier';
import { isMoment, type ChartChoice } from '../ui/chart/choice';
import type { TableOutput } from '../output/output';
import { decodeTable, type Column } from '../table/decode';
import type { Filter } from '../table/filter';
import { freeName } from './free-name';
import type { Workspace } from './workspace.svelte';

/** More bars, lines of a colour and points than these are no picture. */
const MOST_BARS = 20;
/** Months, weeks, quarters written as texts: these stand in the order of time. */
const MOST_PERIODS = 60;
const PERIODS = String.raw`\d{4}([-/.]?(Q[1-4]|[WK]W?\d{2}|\d{2}([-/.]\d{2})?))?`;
const MOST_LINES = 8;
const MOST_POINTS = 5_000;

/**
 * Puts a chart of the rows of a cell's table that pass the filters below it, and runs it. A cell without a name gets one, since
 * only by it is its table read.
 */
export async function addChart(
  workspace: Workspace,
  id: string,
  { columns, relation }: TableOutput,
  choice: ChartChoice,
  filters: readonly Filter[],
): Promise<void> {
  const interval = await intervalOf(workspace, relation, columns, choice);
  const cells = workspace.notebook?.cells ?? [];
  const at = cells.findIndex((cell) => cell.id === id);
  if (at < 0) return;
  const name = cells[at]!.name ?? freeName(workspace, 'result');
  if (cells[at]!.name === undefined && !workspace.edit({ type: 'setName', id, name })) return;
  const cell: Cell = {
    id: newCellId(cells),
    kind: 'ts',
    source: chartSource(name, columns, choice, filters, interval),
    folded: true,
  };
  if (!workspace.edit({ type: 'insert', index: at + 1, cell })) return;
  workspace.selected = cell.id;
  workspace.mode = 'command';
  void workspace.run([cell.id]);
}

/**
 * TypeScript that draws a table. What is drawn is asked of the database, so that a large table is no trouble; what is left
 * out of a crowded picture is said under it.
 */
export function chartSource(
  table: string,
  columns: readonly Column[],
  choice: ChartChoice,
  filters: readonly Filter[] = [],
  interval = 'day',
): string {
  const rows =
    filters.length > 0
      ? `(\n${filterQuery(table, filters, columns).replace(/^/gm, '  ')}\n)`
      : writtenIdentifier(table);
  const { mark, sql, encoding, options, ground, paints } = DRAWN[choice.kind](rows, columns, choice, interval);
  const paint = choice.color === undefined ? `${paints}: '#4269d0', ` : '';
  const indented = inTemplate(sql).replace(/^/gm, '        ');
  const written = [
    ...options,
    ...(filters.length > 0 ? [`subtitle: 'Rows that pass the filter of the table'`] : []),
    ...(choice.color === undefined ? [] : ['color: { legend: true }']),
    `marks: [\n    ${ground},\n    ${mark}(\n      await sql\`\n${indented}\n      \`,\n      { ${encoding}, ${paint}tip: true },\n    ),\n  ]`,
  ];
  return `Plot.plot({\n${written.map((option) => `  ${option},\n`).join('')}})`;
}

interface Drawn {
  readonly mark: string;
  readonly sql: string;
  readonly encoding: string;
  /** What a colour fills of the mark. */
  readonly paints: 'fill' | 'stroke';
  readonly options: readonly string[];
  /** What lies under the mark. */
  readonly ground: string;
}

type Draw = (table: string, columns: readonly Column[], choice: ChartChoice, interval: string) => Drawn;

/** Days of a table, for charts along the time. */
const dayOf = (column: string, columns: readonly Column[]): string =>
  /^TIMESTAMP/i.test(typeOf(column, columns)) ? `${written(column)}::DATE AS ${written(column)}` : written(column);

const typeOf = (column: string, columns: readonly Column[]): string =>
  columns.find(({ name }) => name === column)?.type ?? '';

/** How wide bars along a time are: where each date begins a month, a month. `period` where texts name times, as `2026-03` does. */
async function intervalOf(
  { session }: Workspace,
  relation: string,
  columns: readonly Column[],
  { kind, x }: ChartChoice,
): Promise<string> {
  const type = typeOf(x, columns);
  if (!session || kind !== 'bars' || !(isMoment(type) || type === 'VARCHAR')) return 'day';
  const begins = (part: string): string => `bool_and(day = date_trunc('${part}', day))`;
  const asked = (text: string): Promise<string> =>
    session.reader.query('interval', { text, parameters: [] }).then(
      (found) => String(decodeTable(found).toArray()[0]!.part),
      () => 'day',
    );
  if (type === 'VARCHAR') {
    return asked(`
      SELECT CASE WHEN count(DISTINCT ${written(x)}) > 1 AND bool_and(regexp_full_match(${written(x)}, '${PERIODS}'))
        THEN 'period' ELSE 'day' END AS part
      FROM ${written(relation)}`);
  }
  return asked(`
    SELECT CASE
      WHEN count(*) < 2 THEN 'day'
      WHEN ${begins('year')} THEN 'year'
      WHEN ${begins('quarter')} THEN 'quarter'
      WHEN ${begins('month')} THEN 'month'
      WHEN min(isodow(day)) = max(isodow(day)) THEN lower(any_value(dayname(day)))
      ELSE 'day'
    END AS part
    FROM (SELECT DISTINCT ${written(x)}::DATE AS day FROM ${written(relation)} WHERE ${written(x)} IS NOT NULL)`);
}

const DRAWN: Readonly<Record<ChartChoice['kind'], Draw>> = {
  line: (table, columns, choice) => alongTime(table, columns, choice, { mark: 'Plot.lineY', paints: 'stroke' }),

  bars(table, columns, choice, interval) {
    const { x, color } = choice;
    if (isMoment(typeOf(x, columns)))
      return alongTime(table, columns, choice, { mark: 'Plot.rectY', paints: 'fill', interval });
    const value = valueOf(choice);
    const selected = [named(x), ...(color === undefined ? [] : [named(color)]), value.sql];
    const rows = `SELECT ${selected.join(', ')}\nFROM ${table}\nGROUP BY ALL`;
    const byTime = interval === 'period';
    const [sql, caption] = byTime
      ? [latest(rows, x, MOST_PERIODS), `The last ${MOST_PERIODS}, where there are more.`]
      : [
          color === undefined
            ? `${rows}\nORDER BY ${written(value.name)} DESC NULLS LAST\nLIMIT ${MOST_BARS}`
            : largest(rows, x, value.name, MOST_BARS),
          `The ${MOST_BARS} largest, where there are more.`,
        ];
    return {
      mark: 'Plot.barX',
      sql,
      encoding: [
        `x: ${text(value.name)}`,
        `y: ${text(x)}`,
        ...(color === undefined ? [] : [`fill: ${text(color)}`]),
        ...(byTime ? [] : [`sort: { y: '-x' }`]),
      ].join(', '),
      options: [
        `title: ${text(titled(`${value.name} by ${x}`))}`,
        `caption: ${text(caption)}`,
        `x: { grid: true, label: ${text(value.label)} }`,
        'y: { label: null }',
      ],
      ground: 'Plot.ruleX([0])',
      paints: 'fill',
    };
  },

  points(table, _, { x, y = x, color }) {
    const selected = [written(x), written(y), ...(color === undefined ? [] : [named(color)])];
    return {
      mark: 'Plot.dot',
      sql: [
        `SELECT ${selected.join(', ')}`,
        `FROM (FROM ${table} WHERE ${written(x)} IS NOT NULL AND ${written(y)} IS NOT NULL)`,
        `USING SAMPLE reservoir(${MOST_POINTS} ROWS) REPEATABLE (1)`,
      ].join('\n'),
      encoding: [`x: ${text(x)}`, `y: ${text(y)}`, ...(color === undefined ? [] : [`stroke: ${text(color)}`])].join(
        ', ',
      ),
      options: [
        `title: ${text(titled(`${y} against ${x}`))}`,
        `caption: ${text(`A point for each row; ${MOST_POINTS.toLocaleString('en')} drawn at random, where there are more.`)}`,
        'grid: true',
      ],
      ground: 'Plot.frame({ strokeOpacity: 0.2 })',
      paints: 'stroke',
    };
  },

  histogram(table, _, { x }) {
    return {
      mark: 'Plot.rectY',
      sql: `SELECT ${written(x)}::DOUBLE AS ${written(x)}, count(*)::DOUBLE AS "${ROWS}"\nFROM ${table}\nWHERE ${written(x)} IS NOT NULL\nGROUP BY ALL`,
      encoding: `...Plot.binX({ y: 'sum' }, { x: ${text(x)}, y: ${text(ROWS)}, thresholds: 30 })`,
      options: [`title: ${text(titled(`distribution of ${x}`))}`, `y: { grid: true, label: ${text(ROWS)} }`],
      ground: 'Plot.ruleY([0])',
      paints: 'fill',
    };
  },
};

/** What rows come to at each place along the time, or for each number, of the largest colours. */
function alongTime(
  table: string,
  columns: readonly Column[],
  choice: ChartChoice,
  { mark, paints, interval }: Pick<Drawn, 'mark' | 'paints'> & { readonly interval?: string },
): Drawn {
  const { x, color } = choice;
  const value = valueOf(choice);
  const selected = [dayOf(x, columns), ...(color === undefined ? [] : [named(color)]), value.sql];
  const rows = `SELECT ${selected.join(', ')}\nFROM ${table}\nWHERE ${written(x)} IS NOT NULL\nGROUP BY ALL`;
  return {
    mark,
    sql: `${color === undefined ? rows : largest(rows, color, value.name, MOST_LINES)}\nORDER BY ${written(x)}`,
    encoding: [
      `x: ${text(x)}`,
      ...(interval === undefined ? [] : [`interval: ${text(interval)}`]),
      `y: ${text(value.name)}`,
      ...(color === undefined ? [] : [`${paints}: ${text(color)}`]),
    ].join(', '),
    options: [
      `title: ${text(titled(`${value.name} by ${x}`))}`,
      ...(color === undefined
        ? []
        : [`caption: ${text(`The ${MOST_LINES} largest by ${color}, where there are more.`)}`]),
      ...(isMoment(typeOf(x, columns)) ? ['x: { label: null }'] : []),
      `y: { grid: true, label: ${text(value.label)} }`,
    ],
    ground: 'Plot.ruleY([0])',
    paints,
  };
}

const ROWS = 'number of rows';
const FUNCTIONS = { sum: 'sum', mean: 'avg', median: 'median' } as const;

/** What the rows of each place come to. */
function valueOf({ y, measure }: ChartChoice): { readonly name: string; readonly sql: string; readonly label: string } {
  if (y === undefined) return { name: ROWS, sql: `count(*)::DOUBLE AS "${ROWS}"`, label: ROWS };
  const sql = `${FUNCTIONS[measure]}(${written(y)})::DOUBLE AS ${written(y)}`;
  return { name: y, sql, label: `${measure} of ${y}` };
}

/** A column by whose values rows are told apart; rows without one are together. */
const named = (column: string): string => `coalesce(${written(column)}::VARCHAR, '(none)') AS ${written(column)}`;

/** Rows of the values of a column that come to most. */
function largest(rows: string, column: string, value: string, most: number): string {
  const name = written(column);
  return [
    `WITH totals AS (\n${rows.replace(/^/gm, '  ')}\n)`,
    'FROM totals',
    `WHERE ${name} IN (`,
    `  SELECT ${name} FROM totals GROUP BY ALL ORDER BY sum(${written(value)}) DESC NULLS LAST LIMIT ${most}`,
    ')',
  ].join('\n');
}

/** Rows of the last values of a column, in their order. */
function latest(rows: string, column: string, most: number): string {
  const name = written(column);
  return [
    `WITH totals AS (\n${rows.replace(/^/gm, '  ')}\n)`,
    'FROM totals',
    `WHERE ${name} IN (SELECT DISTINCT ${name} FROM totals ORDER BY ${name} DESC LIMIT ${most})`,
    `ORDER BY ${name}`,
  ].join('\n');
}

const written = writtenIdentifier;

/** A text as TypeScript writes it. */
const text = (value: string): string =>
  `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

/** SQL within backquotes. */
const inTemplate = (sql: string): string => sql.replace(/[\\`]|\$(?=\{)/g, '\\$&');

/** `order_value by day` → `Order value by day`. */
const titled = (words: string): string => capital(words.replaceAll('_', ' '));

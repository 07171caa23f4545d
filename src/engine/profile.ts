import { decodeTable, type Column } from '../table/decode';
import { LONGEST_TEXT } from '../table/profile';
import { numberEdges, timeEdges } from './edges';
import type { ColumnProfile, Profile, ProfileOptions } from './engine';
import { whereClause } from './filters';
import { identifier, text } from './literal';

/**
 * Up to here distinct values are counted exactly, and columns share statements. Beyond, what one column takes is so long
 * that other questions should not have to wait for more, and grouping is quicker than the functions that need no group.
 */
const EXACT_ROWS = 200_000;
/** So many values, each counted, are little to hold; of more the most frequent are found roughly. */
const MOST_GROUPS = 1_000_000;
/** A text column with at most so many different values in so many rows has few. */
const FEW = { values: 2_000, rows: 20_000 };
const BINS = 20;
const TOP = 8;
/** Columns summarised by one statement: a table of 5,000 columns would make one too large to plan. */
const CHUNK = 25;
const LARGE_CHUNK = 3;

/** What is profiled. */
export interface Profiled {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly view: boolean;
}

type Top = readonly { readonly value: string; readonly count: number }[];
type Run = (sql: string) => Promise<Uint8Array[]>;
type Row = Record<string, unknown>;

/**
 * Counts, extremes and a small distribution for every column, in two passes over the data: the first finds counts and
 * extremes, the second fills the bins and counts values. Of a large table, text columns with few values take one pass, in
 * which each value is counted; of those with more than a million, and of a view, the first pass finds candidates for the
 * most frequent values, and the second counts these.
 */
export async function profile(
  run: Run,
  { name, columns, view }: Profiled,
  { explore = false, within }: ProfileOptions = {},
): Promise<Profile> {
  const from = `FROM ${identifier(name)} ${whereClause(within?.filters, columns)}`;
  const rows = Number((await one(run, `SELECT count(*) AS n ${from}`)).n);
  // A view may be of a file that each statement reads anew.
  const apart = rows > EXACT_ROWS && !view;
  const profiled = columns.map((column, i): ProfiledColumn => {
    const whole = within?.whole.columns[i];
    return { ...column, ...kindOf(column), explore, whole, rough: !whole && (view || rows > MOST_GROUPS) };
  });
  const profiles: ColumnProfile[] = [];
  const few = apart ? await withFewValues(run, from, profiled) : [];
  for (const column of few) {
    const counted = await countValues(run, from, column, rows);
    if (counted) profiles[profiled.indexOf(column)] = counted;
  }
  const left = profiled.filter((_, i) => !profiles[i]);
  const size = apart ? LARGE_CHUNK : CHUNK;
  for (let start = 0; start < left.length; start += size) {
    const chunk = left.slice(start, start + size);
    const first = await one(run, `SELECT ${chunk.flatMap((c, i) => summary(c, i, rows)).join(', ')} ${from}`);
    const counted = await countMostFrequent(run, from, view ? [] : chunk, first);
    const binned = chunk.map((c, i): Binned => ({ ...c, ...binsOf(c, i, first), most: counted.get(i) }));
    const grouped = binned.map((c, i) => (apart ? bin(c, i, first) : undefined));
    const second = binned.flatMap((c, i) => (grouped[i] ? [] : distribution(c, i, first)));
    const counts = second.length ? await one(run, `SELECT ${second.join(', ')} ${from}`) : {};
    for (const [i, column] of binned.entries()) {
      const into = grouped[i];
      if (into) counts[`bins${i}`] = await countBins(run, from, into, column.position);
      profiles[profiled.indexOf(chunk[i]!)] = columnProfile(column, i, rows, first, counts);
    }
  }
  return { rows, columns: profiles };
}

/** The columns of text, by a look at some rows, of which every value can be counted. */
async function withFewValues(run: Run, from: string, columns: readonly ProfiledColumn[]): Promise<ProfiledColumn[]> {
  const texts = columns.filter(({ kind, whole }) => kind === 'other' && !whole);
  if (texts.length === 0 || texts.length > CHUNK) return [];
  const values = texts.map(({ value }, i) => `${value}::VARCHAR AS v${i}`).join(', ');
  const wanted = texts
    .map((_, i) => `approx_count_distinct(v${i}) AS n${i}, max(length(v${i})) AS long${i}`)
    .join(', ');
  const seen = await one(run, `SELECT ${wanted} FROM (SELECT ${values} ${from} LIMIT ${FEW.rows})`);
  return texts.filter((_, i) => Number(seen[`n${i}`]) <= FEW.values && Number(seen[`long${i}`] ?? 0) < LONGEST_TEXT);
}

/** Everything about a column from its values, each counted; null where one is too long to be shown whole. */
async function countValues(
  run: Run,
  from: string,
  column: ProfiledColumn,
  rows: number,
): Promise<ColumnProfile | null> {
  const { name, type, value } = column;
  const most = (what: string): string => `(SELECT list(${what} ORDER BY n DESC, v) FROM most)`;
  const found = await one(
    run,
    `WITH counted AS MATERIALIZED (SELECT ${value}::VARCHAR AS v, count(*) AS n ${from} GROUP BY 1),
      most AS (FROM counted WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT ${TOP})
    SELECT count(v) AS distinct_values, coalesce(sum(n) FILTER (v IS NULL), 0)::BIGINT AS nulls, min(v) AS least,
      max(v) AS greatest, max(length(v)) AS long, ${most('v')} AS top, ${most('n')} AS counts FROM counted`,
  );
  if (Number(found['long'] ?? 0) >= LONGEST_TEXT) return null;
  const counts = [...((found['counts'] ?? []) as Iterable<number | bigint>)].map(Number);
  return {
    name,
    type,
    nulls: Math.min(rows, Number(found['nulls'])),
    distinct: Number(found['distinct_values']),
    approximate: false,
    ...(found['least'] !== null && { min: found['least'] as string, max: found['greatest'] as string }),
    top: listed(found['top']).map((text, i) => ({ value: text, count: counts[i]! })),
  };
}

/** The most frequent values of the text columns with no more than can be counted each, by place. Long texts are cut, and count together. */
async function countMostFrequent(
  run: Run,
  from: string,
  columns: readonly ProfiledColumn[],
  first: Row,
): Promise<ReadonlyMap<number, Top>> {
  const places = columns.flatMap(({ kind, whole }, i) =>
    kind !== 'other' || whole || Number(first[`distinct${i}`]) > MOST_GROUPS ? [] : [i],
  );
  if (places.length === 0) return new Map();
  const counted = places.map((i) => {
    const { value } = columns[i]!;
    const written = `left(${value}::VARCHAR, ${LONGEST_TEXT})`;
    return `(SELECT ${i} AS i, ${written} AS v, count(*) AS n FROM (SELECT ${value} ${from}) WHERE ${value} IS NOT NULL GROUP BY 2 ORDER BY n DESC, v LIMIT ${TOP})`;
  });
  const found = decodeTable(
    await run(`FROM (${counted.join(' UNION ALL ')}) ORDER BY i, n DESC, v`),
  ).toArray() as Row[];
  const of = (i: number): Top =>
    found.flatMap((row) => (Number(row['i']) === i ? [{ value: row['v'] as string, count: Number(row['n']) }] : []));
  return new Map(places.map((i) => [i, of(i)]));
}

/** How many values fall into each bin. */
async function countBins(run: Run, from: string, into: string, position: string): Promise<Map<number, number>> {
  // Of a value that is missing the least is the other: such rows stand in the last bin, and are not counted there.
  const text = `SELECT ${into} AS bin, count(${position}) AS n ${from} GROUP BY 1`;
  const found = decodeTable(await run(text)).toArray() as Row[];
  return new Map(found.map(({ bin, n }) => [Number(bin), Number(n)]));
}

interface Kind {
  readonly kind: 'number' | 'time' | 'other';
  /** The value as a finite DOUBLE for the bins, or NULL. */
  readonly position: string;
  readonly value: string;
}

type ProfiledColumn = Column &
  Kind & {
    readonly explore: boolean;
    readonly whole: ColumnProfile | undefined;
    /** Its most frequent values are looked for roughly. */
    readonly rough: boolean;
  };

/** What is counted of a column in the second pass. */
type Binned = ProfiledColumn & {
  readonly edges?: readonly number[] | undefined;
  readonly candidates: readonly string[];
  /** Its most frequent values where each was counted. */
  readonly most: Top | undefined;
};

/** The bins and values of the whole where there is one, else those that the first pass found. */
function binsOf(
  { kind, explore, type, whole }: ProfiledColumn,
  i: number,
  first: Row,
): Pick<Binned, 'edges' | 'candidates'> {
  if (whole) return { edges: whole.edges, candidates: whole.top?.map(({ value }) => value) ?? [] };
  if (kind === 'other') return { candidates: listed(first[`top${i}`]) };
  const [low, high] = [first[`low${i}`], first[`high${i}`]] as (number | null)[];
  if (!explore || low == null || high == null) return { candidates: [] };
  const edges = kind === 'time' ? timeEdges(low, high, type === 'DATE') : numberEdges(low, high, /INT/.test(type));
  return { edges, candidates: [] };
}

function kindOf({ name, type }: Column): Kind {
  const value = identifier(name);
  if (/^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL.*)$/.test(type)) {
    return { kind: 'number', value, position: `${value}::DOUBLE` };
  }
  if (/^(?:DOUBLE|FLOAT)$/.test(type)) {
    return { kind: 'number', value, position: `CASE WHEN isfinite(${value}) THEN ${value}::DOUBLE END` };
  }
  if (/^(?:DATE|TIMESTAMP(?:_S|_MS|_NS)?)$/.test(type)) {
    return { kind: 'time', value, position: `CASE WHEN isfinite(${value}) THEN epoch(${value}::TIMESTAMP) END` };
  }
  return { kind: 'other', value, position: 'NULL' };
}

function summary({ kind, value, position, explore, rough }: ProfiledColumn, i: number, rows: number): string[] {
  const comparable = kind === 'other' ? `${value}::VARCHAR` : value;
  const distinct = rows <= EXACT_ROWS ? `count(DISTINCT ${comparable})` : `approx_count_distinct(${comparable})`;
  const extremes = ['min', 'max'].map((f) => `left(${f}(${comparable})::VARCHAR, ${LONGEST_TEXT}) AS ${f}${i}`);
  const parts = [`count(${value}) AS count${i}`, `${distinct} AS distinct${i}`, ...extremes];
  if (kind === 'other') {
    if (rough) parts.push(`approx_top_k(${comparable}, ${TOP * 2}) AS top${i}`);
  } else parts.push(`min(${position}) AS low${i}`, `max(${position}) AS high${i}`);
  if (kind === 'number') parts.push(`avg(${position}) AS mean${i}`);
  if (kind === 'number' && explore) {
    const quantile = rows <= EXACT_ROWS ? 'quantile_cont' : 'approx_quantile';
    parts.push(
      `stddev_samp(CASE WHEN abs(${position}) < 1e150 THEN ${position} END) AS deviation${i}`,
      `${quantile}(${position}, [0.25, 0.5, 0.75]) AS quartiles${i}`,
    );
  }
  return parts;
}

function distribution(column: Binned, i: number, first: Row): string[] {
  const { kind, value, position, edges, candidates, most } = column;
  if (kind === 'other') {
    if (most) return [];
    const written = `${value}::VARCHAR`;
    return candidates.map((v, n) => {
      const alike = v.length < LONGEST_TEXT ? `${written} = ${text(v)}` : `starts_with(${written}, ${text(v)})`;
      return `count(*) FILTER (${alike}) AS top${i}_${n}`;
    });
  }
  const low = first[`low${i}`] as number | null;
  if (low === null || first[`high${i}`] === null) return [];
  if (edges) {
    // DuckDB's bins hold their upper bound; turned around, each holds its lower one. So a bin counts what a filter finds.
    const bounds = edges.slice(0, -1).map((edge) => exact(-edge));
    return [`histogram(-(${position}), [${bounds.reverse().join(', ')}]) FILTER (${position} IS NOT NULL) AS bins${i}`];
  }
  const into = bin(column, i, first);
  return into ? [`histogram(${into}) FILTER (${position} IS NOT NULL) AS bins${i}`] : [];
}

/** The bin of equal width that a value of a column falls into, from 0; undefined where it has none, or others. */
function bin({ kind, position, edges }: Binned, i: number, first: Row): string | undefined {
  const [low, high] = [first[`low${i}`], first[`high${i}`]] as (number | null)[];
  if (kind === 'other' || edges || low == null || high == null) return undefined;
  const width = (high - low) / BINS;
  if (!(width > 0) || !Number.isFinite(width)) return undefined;
  return `least(${BINS - 1}, floor((${position} - ${exact(low)}) / ${exact(width)}))::INTEGER`;
}

function columnProfile(column: Binned, i: number, rows: number, first: Row, second: Row): ColumnProfile {
  const count = Number(first[`count${i}`]);
  const min = first[`min${i}`] as string | null;
  const max = first[`max${i}`] as string | null;
  const mean = first[`mean${i}`] as number | null | undefined;
  const deviation = first[`deviation${i}`] as number | null | undefined;
  const quartiles = first[`quartiles${i}`] as Iterable<number> | null | undefined;
  return {
    name: column.name,
    type: column.type,
    nulls: rows - count,
    distinct: Math.min(Number(first[`distinct${i}`]), count),
    approximate: rows > EXACT_ROWS,
    ...(min === null || max === null ? {} : { min, max }),
    ...(mean === null || mean === undefined ? {} : { mean }),
    ...(deviation === null || deviation === undefined ? {} : { deviation }),
    ...(quartiles && { quartiles: [...quartiles] as [number, number, number] }),
    ...(column.kind === 'other' ? { top: top(column, second, i) } : histogram(column, count, first, second, i)),
    ...(isRough(column) && { topApproximate: true }),
  };
}

function histogram(
  { edges }: Binned,
  count: number,
  first: Row,
  second: Row,
  i: number,
): Pick<ColumnProfile, 'histogram' | 'edges'> {
  const counted = second[`bins${i}`] as Map<number, number> | null | undefined;
  if (edges) {
    const bins = new Array<number>(edges.length - 1).fill(0);
    for (const [edge, n] of counted ?? []) {
      const at = edges.indexOf(-edge);
      if (at >= 0) bins[at] = Number(n);
    }
    return { histogram: bins, edges };
  }
  if (first[`low${i}`] === null) return {};
  const bins = Array.from({ length: BINS }, () => 0);
  // All values are the same: they stand in the first bin.
  if (!counted) bins[0] = count;
  else for (const [bin, n] of counted) bins[bin] = Number(n);
  return { histogram: bins };
}

function isRough({ kind, most, whole }: Binned): boolean {
  return kind === 'other' && !most && (whole?.topApproximate ?? true);
}

/** The most frequent of the candidates; those of the whole all stay, in their order. */
function top({ candidates, whole, most }: Binned, second: Row, i: number): Top {
  if (most) return most;
  const counted = candidates.map((value, n) => ({
    value: value.slice(0, LONGEST_TEXT),
    count: Number(second[`top${i}_${n}`]),
  }));
  if (whole) return counted;
  return counted.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, TOP);
}

function listed(list: unknown): string[] {
  return list === null || list === undefined ? [] : [...(list as Iterable<string | null>)].filter((v) => v !== null);
}

async function one(run: Run, sql: string): Promise<Row> {
  return decodeTable(await run(sql)).at(0) as Row;
}

function exact(value: number): string {
  return `(${value})::DOUBLE`;
}

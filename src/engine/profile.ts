import { decodeTable, type Column } from '../table/decode';
import type { ColumnProfile, Profile } from './engine';
import { identifier, text } from './literal';

/** Up to here distinct values are counted exactly. */
const EXACT_ROWS = 200_000;
const BINS = 20;
const TOP = 8;
/** Columns summarised by one statement: a table of 5,000 columns would make one too large to plan. */
const CHUNK = 25;
/** Extremes and frequent values are for looking at: longer texts are cut. */
const LONGEST = 200;

type Run = (sql: string) => Promise<Uint8Array[]>;
type Row = Record<string, unknown>;

/**
 * Counts, extremes and a small distribution for every column, in two passes over the data: the first finds counts,
 * extremes and candidates for the most frequent values, the second fills the bins and counts the candidates.
 */
export async function profile(run: Run, relation: string, columns: readonly Column[]): Promise<Profile> {
  const rows = Number((await one(run, `SELECT count(*) AS n FROM ${relation}`)).n);
  const profiles: ColumnProfile[] = [];
  for (let start = 0; start < columns.length; start += CHUNK) {
    const chunk = columns.slice(start, start + CHUNK).map((column) => ({ ...column, ...kindOf(column) }));
    const first = await one(run, `SELECT ${chunk.flatMap((c, i) => summary(c, i, rows)).join(', ')} FROM ${relation}`);
    const second = chunk.flatMap((c, i) => distribution(c, i, first));
    const counts = second.length ? await one(run, `SELECT ${second.join(', ')} FROM ${relation}`) : {};
    profiles.push(...chunk.map((c, i) => columnProfile(c, i, rows, first, counts)));
  }
  return { rows, columns: profiles };
}

interface Kind {
  readonly kind: 'number' | 'time' | 'other';
  /** The value as a finite DOUBLE for the bins, or NULL. */
  readonly position: string;
  readonly value: string;
}

type Profiled = Column & Kind;

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

function summary({ kind, value, position }: Profiled, i: number, rows: number): string[] {
  const comparable = kind === 'other' ? `${value}::VARCHAR` : value;
  const distinct = rows <= EXACT_ROWS ? `count(DISTINCT ${comparable})` : `approx_count_distinct(${comparable})`;
  const extremes = ['min', 'max'].map((f) => `left(${f}(${comparable})::VARCHAR, ${LONGEST}) AS ${f}${i}`);
  const parts = [`count(${value}) AS count${i}`, `${distinct} AS distinct${i}`, ...extremes];
  if (kind === 'other') parts.push(`approx_top_k(${comparable}, ${TOP * 2}) AS top${i}`);
  else parts.push(`min(${position}) AS low${i}`, `max(${position}) AS high${i}`);
  if (kind === 'number') parts.push(`avg(${position}) AS mean${i}`);
  return parts;
}

function distribution({ kind, value, position }: Profiled, i: number, first: Row): string[] {
  if (kind === 'other') {
    return candidates(first[`top${i}`]).map(
      (v, n) => `count(*) FILTER (${value}::VARCHAR = ${text(v)}) AS top${i}_${n}`,
    );
  }
  const low = first[`low${i}`] as number | null;
  const high = first[`high${i}`] as number | null;
  if (low === null || high === null) return [];
  const width = (high - low) / BINS;
  if (!(width > 0) || !Number.isFinite(width)) return [];
  const bin = `least(${BINS - 1}, floor((${position} - ${exact(low)}) / ${exact(width)}))::INTEGER`;
  return [`histogram(${bin}) FILTER (${position} IS NOT NULL) AS bins${i}`];
}

function columnProfile(column: Profiled, i: number, rows: number, first: Row, second: Row): ColumnProfile {
  const count = Number(first[`count${i}`]);
  const min = first[`min${i}`] as string | null;
  const max = first[`max${i}`] as string | null;
  const mean = first[`mean${i}`] as number | null | undefined;
  return {
    name: column.name,
    type: column.type,
    nulls: rows - count,
    distinct: Math.min(Number(first[`distinct${i}`]), count),
    approximate: rows > EXACT_ROWS,
    ...(min === null || max === null ? {} : { min, max }),
    ...(mean === null || mean === undefined ? {} : { mean }),
    ...(column.kind === 'other' ? { top: top(first, second, i) } : histogram(count, first, second, i)),
  };
}

function histogram(count: number, first: Row, second: Row, i: number): { histogram?: readonly number[] } {
  if (first[`low${i}`] === null) return {};
  const bins = Array.from({ length: BINS }, () => 0);
  const counted = second[`bins${i}`] as Map<number, number> | null | undefined;
  // All values are the same: they stand in the first bin.
  if (!counted) bins[0] = count;
  else for (const [bin, n] of counted) bins[bin] = Number(n);
  return { histogram: bins };
}

function top(first: Row, second: Row, i: number): { value: string; count: number }[] {
  return candidates(first[`top${i}`])
    .map((value, n) => ({ value: value.slice(0, LONGEST), count: Number(second[`top${i}_${n}`]) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, TOP);
}

function candidates(list: unknown): string[] {
  return list === null || list === undefined ? [] : [...(list as Iterable<string | null>)].filter((v) => v !== null);
}

async function one(run: Run, sql: string): Promise<Row> {
  return decodeTable(await run(sql)).at(0) as Row;
}

function exact(value: number): string {
  return `(${value})::DOUBLE`;
}

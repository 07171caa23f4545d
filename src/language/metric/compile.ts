import type { Problem } from '../../base/problem';
import type { Definition, Metric, MetricBody } from '../definition';
import { compileSql } from '../sql/compile';
import { lex } from '../sql/lex';
import { uniqueIgnoringCase } from '../unique';

const KEYS = ['from', 'numerator', 'denominator', 'where', 'date', 'period', 'unit', 'format', 'target'] as const;
type Key = (typeof KEYS)[number];
type Fields = Partial<Record<Key, { readonly text: string; readonly line: number }>>;

const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;

/**
 * A metric cell: `key: value` lines (see docs/format.md). It defines its name twice: SQL cells write `name()` for
 * the ratio of sums in any grouping of the metric's table, and `name` is a table of the metric by period.
 */
export function compileMetric(source: string, name: string | undefined): Definition {
  // Nothing has been written yet: nothing is wrong, and nothing is to be run.
  if (source.trim() === '') return compileSql('');
  const problems: Problem[] = [];
  const fields = readFields(source, problems);
  const lack = (['from', 'numerator'] as const).find((key) => !fields[key]);
  if (name === undefined) {
    problems.push({
      code: 'no-name',
      message: 'This metric has no name, so no cell can read it.',
      hint: 'Give the cell a name, such as roas.',
    });
  }
  if (lack) {
    problems.push({
      code: 'syntax',
      message: `The metric does not say its ${lack}.`,
      hint: lack === 'from' ? 'Write from: and a table.' : 'Write numerator: and a sum, such as sum(revenue).',
    });
  }
  const outputs = name === undefined ? [] : [name];
  const body = bodyOf(fields, name ?? 'metric', problems);
  if (lack) return { inputs: [], outputs, body, problems };
  const compiled = compileSql(body.query);
  const [problem] = compiled.problems;
  if (problem)
    problems.push({ code: problem.code, message: problem.message, ...(problem.hint && { hint: problem.hint }) });
  const inputs = uniqueIgnoringCase(compiled.inputs);
  return { inputs, outputs, calls: compiled.calls ?? [], body: { ...body, tables: inputs }, problems };
}

function readFields(source: string, problems: Problem[]): Fields {
  const fields: Fields = {};
  source.split('\n').forEach((text, at) => {
    if (/^\s*(?:$|#|--)/.test(text)) return;
    const [, word = '', value = ''] = /^\s*(\w+)\s*:\s*(.*?)\s*$/.exec(text) ?? [];
    const key = KEYS.find((known) => known === word.toLowerCase());
    const comment = lex(value).find(({ kind, open }) => kind === 'comment' || kind === 'hole' || open);
    if (comment) {
      const message = `${comment.text} cannot stand in a metric.`;
      problems.push({
        code: 'syntax',
        message,
        hint: 'Put notes on lines of their own, after #.',
        line: at + 1,
        column: 1,
      });
    } else if (key && value !== '' && !fields[key]) fields[key] = { text: value, line: at + 1 };
    else {
      problems.push({
        code: 'syntax',
        message: key && fields[key] ? `${key} is said twice.` : `“${text.trim()}” says nothing of a metric.`,
        hint: `Write one of these and a value on each line: ${KEYS.join(', ')}.`,
        line: at + 1,
        column: 1,
      });
    }
  });
  return fields;
}

function bodyOf(fields: Fields, name: string, problems: Problem[]): MetricBody {
  const numerator = summed('numerator', fields, problems);
  const denominator = fields.denominator && summed('denominator', fields, problems);
  const where = fields.where?.text;
  const within = (sum: string): string => {
    if (!where) return sum;
    const [, call, own] = FILTERED.exec(sum) ?? [];
    return call ? `${call} FILTER (WHERE (${own}) AND (${where}))` : `${sum} FILTER (WHERE ${where})`;
  };
  const ratio = (top: string, bottom: string | undefined): string =>
    bottom === undefined ? `(${top})` : `((${top})::DOUBLE / nullif((${bottom})::DOUBLE, 0))`;
  const metric = metricOf(name, fields, problems);
  return {
    type: 'metric',
    expression: ratio(within(numerator), denominator && within(denominator)),
    query: query(fields, metric, numerator, denominator, ratio),
    metric,
    tables: [],
  };
}

/**
 * The metric by period: sums first, then their ratio, so that days with many orders weigh what they should. A period is
 * `complete` when the data reach its last day; the one before is the one before in the calendar, not in the table.
 */
function query(
  { from, date, where }: Fields,
  { period, target }: Metric,
  top: string,
  bottom: string | undefined,
  ratio: (top: string, bottom: string | undefined) => string,
): string {
  const table = from?.text ?? 'nothing';
  const rows = where ? `(${where.text})` : 'true';
  const goal = target ? `${target.value}::DOUBLE` : 'NULL::DOUBLE';
  const value = ratio('numerator', bottom && 'denominator');
  const below = bottom ?? 'NULL';
  if (!date || !period) {
    return `SELECT numerator, denominator, ${value} AS value, ${goal} AS target
FROM (SELECT ${top} AS numerator, ${below} AS denominator FROM ${table} WHERE ${rows})`;
  }
  const day = `(${date.text})`;
  return `WITH sums AS (
  SELECT date_trunc('${period}', ${day}::TIMESTAMP)::DATE AS period, ${top} AS numerator, ${below} AS denominator
  FROM ${table} WHERE ${day} IS NOT NULL AND ${rows} GROUP BY 1
), reach AS (SELECT max(${day}::TIMESTAMP)::DATE AS newest FROM ${table}),
ratios AS (SELECT period, numerator, denominator, ${value} AS value FROM sums)
SELECT now.period, now.numerator, now.denominator, now.value, former.value AS previous,
  now.value / nullif(former.value, 0) - 1 AS change, ${goal} AS target,
  newest >= (now.period + INTERVAL 1 ${period.toUpperCase()})::DATE - 1 AS complete
FROM ratios AS now LEFT JOIN ratios AS former ON now.period = (former.period + INTERVAL 1 ${period.toUpperCase()})::DATE
CROSS JOIN reach ORDER BY now.period`;
}

/**
 * One sum or count, so that the metric is a ratio of sums however it is grouped and a filter reaches all of it; what has none
 * is summed.
 */
function summed(key: 'numerator' | 'denominator', fields: Fields, problems: Problem[]): string {
  const { text, line } = fields[key] ?? { text: '0', line: 1 };
  const words = lex(text).filter(({ kind }) => kind === 'word');
  const other = words.find((word) =>
    /^(?:avg|mean|median|min|max|quantile\w*|mode|first|last|any_value)$/i.test(word.text),
  );
  if (other) {
    problems.push({
      code: 'not-a-sum',
      message: `${other.text} cannot be added up over groups, so the metric would differ by how it is grouped.`,
      hint: 'Write a sum or a count, such as sum(revenue) or count(*).',
      line,
      column: 1,
    });
  }
  if (!words.some((word) => /^(?:sum|count)$/i.test(word.text))) return `sum(${text})`;
  if (!isOneCall(text)) {
    problems.push({
      code: 'not-a-sum',
      message: `The ${key} is more than one sum.`,
      hint: 'Put it into one: sum(revenue - refunds) in place of sum(revenue) - sum(refunds).',
      line,
      column: 1,
    });
  }
  return text;
}

/** A sum or count of some rows alone, and which those are. */
const FILTERED = /^((?:sum|count)\s*\(.*\))\s*filter\s*\(\s*where\b(.*)\)$/is;

/** Whether a text is `sum(…)` or `count(…)` from end to end, of all rows or of some. */
function isOneCall(text: string): boolean {
  const call = /^(?:sum|count)\s*(\(.*\))$/is.exec(FILTERED.exec(text)?.[1] ?? text)?.[1];
  if (!call) return false;
  let depth = 0;
  return lex(call).every(({ kind, text: sign }, i, all) => {
    if (kind === 'operator') depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    return depth > 0 || i === all.length - 1;
  });
}

function metricOf(name: string, fields: Fields, problems: Problem[]): Metric {
  const wrong = (key: Key, message: string, hint: string): void => {
    problems.push({ code: 'syntax', message, hint, line: fields[key]!.line, column: 1 });
  };
  const period = PERIODS.find((known) => known === (fields.period?.text.toLowerCase() ?? 'month'));
  if (!period) wrong('period', `“${fields.period!.text}” is no period.`, `Write ${PERIODS.join(', ')}.`);
  const [, goal, limit, share] =
    /^(at least|at most|>=|<=)?\s*(-?\d+(?:\.\d+)?)\s*(%)?$/i.exec(fields.target?.text ?? '') ?? [];
  if (fields.target && !limit) {
    wrong('target', `“${fields.target.text}” is no target.`, 'Write at least or at most and a number: at least 3.');
  }
  const format = fields.format?.text ?? '0.00';
  if (!/^0(?:\.0+)?%?$/.test(format)) wrong('format', `“${format}” is no format.`, 'Write 0, 0.00 or 0.0%.');
  return {
    name,
    ...(fields.date && period && { period }),
    ...(fields.unit && { unit: fields.unit.text }),
    percent: format.endsWith('%'),
    digits: /\.(0+)/.exec(format)?.[1]?.length ?? 0,
    ...(limit && {
      target: {
        sign: /most|<=/i.test(goal ?? '') ? 'at most' : 'at least',
        value: Number(limit) / (share ? 100 : 1),
      },
    }),
  };
}

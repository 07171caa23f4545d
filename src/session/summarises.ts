import type { Body } from '../language/definition';
import { lex } from '../language/sql/lex';

/** Functions that make one value of many rows. */
const AGGREGATE =
  /^(?:count|sum|avg|mean|min|max|median|mode|stddev\w*|var\w*|quantile\w*|approx_\w+|corr|covar\w*|regr_\w+|bool_and|bool_or|product|skewness|kurtosis\w*|entropy)$/i;
/** Functions that keep single values, whatever the rows are put together by. */
const KEEPS =
  /^(?:list|array_agg|string_agg|group_concat|listagg|first|last|any_value|arg_min|arg_max|min_by|max_by|histogram)$/i;

/**
 * Whether a query puts rows together: its last statement groups, or consists of sums and counts alone, keeps no list of
 * single values, and does not pick the first of its groups, which may be of one row each. How many rows it leaves of how many
 * is not looked at.
 */
export function summarises(body: Body): boolean {
  if (body.type === 'metric') return true;
  const text = body.type === 'sql' ? body.statements.at(-1)?.text : undefined;
  if (text === undefined) return false;
  let depth = 0;
  let groups = false;
  let aggregates = false;
  let windows = false;
  const tokens = lex(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  for (const [i, token] of tokens.entries()) {
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    if (token.kind !== 'word') continue;
    const called = tokens[i + 1]?.text === '(';
    if (called && KEEPS.test(token.text)) return false;
    if (depth > 0) continue;
    if (/^group$/i.test(token.text) && /^by$/i.test(tokens[i + 1]?.text ?? '')) groups = true;
    // What stands beside it may be rows.
    if (/^(?:union|intersect|except)$/i.test(token.text)) return false;
    if (/^(?:limit|qualify)$/i.test(token.text)) return false;
    if (/^over$/i.test(token.text)) windows = true;
    if (called && AGGREGATE.test(token.text)) aggregates = true;
  }
  // Beside a window, a sum stands on every row.
  return groups || (aggregates && !windows);
}

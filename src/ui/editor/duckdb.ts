import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql';
import { SQL_KEYWORDS, SQL_TYPES } from '../highlight/sql-words';

const FUNCTIONS =
  'any_value arg_max arg_min approx_count_distinct approx_quantile avg count count_if date_diff date_part date_trunc epoch first last list list_aggregate list_filter list_transform max median min mode quantile_cont quantile_disc regr_intercept regr_r2 regr_slope round row_number rank dense_rank lag lead ntile stddev strftime strptime string_agg string_split sum unnest var_samp coalesce nullif greatest least regexp_matches regexp_replace regexp_extract split_part lower upper trim length substring replace concat concat_ws printf abs ceil floor ln log exp power sqrt today now age make_date generate_series range';

/** DuckDB's SQL: the words that the page colours without the editor too, `$1`, `//` as an operator, `"quoted"` names. */
export const DuckDB = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: SQL_KEYWORDS,
  types: SQL_TYPES,
  builtin: FUNCTIONS,
  doubleDollarQuotedStrings: true,
  identifierQuotes: '"',
  operatorChars: '+-*/<>=~!@#%^&|`?',
  specialVar: '$',
});

/** Functions offered by completion. */
export const duckdbFunctions: readonly string[] = FUNCTIONS.split(' ');

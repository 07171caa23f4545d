/** What is coloured as a keyword of SQL, in the editor and before it has loaded. */
export const SQL_KEYWORDS =
  'select from where group by order having limit offset with recursive as and or not in is null like ilike between case when then else end join left right inner outer full cross asof on using union all except intersect distinct values insert into create replace table view macro pivot unpivot window over partition rows range preceding following current row unbounded filter qualify sample describe summarize asc desc nulls first last cast try_cast interval exists true false lateral positional exclude anti semi glob materialized columns name attach detach pragma export import install load within ignore respect lambda alter add column drop delete update set unique primary key references default check constraint if only both leading trailing for to temp temporary schema type sequence grouping sets cube rollup returning escape similar isnull notnull';

/** What is coloured as a type of SQL. */
export const SQL_TYPES =
  'bigint hugeint integer double decimal varchar boolean date timestamp time struct map list array uhugeint ubigint uinteger usmallint utinyint tinyint blob float enum timestamp_s timestamp_ms timestamp_ns timestamptz uuid bit';

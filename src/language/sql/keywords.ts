/** Words that a query may begin with. */
export const QUERY_START: ReadonlySet<string> = new Set([
  'SELECT',
  'FROM',
  'WITH',
  'VALUES',
  'TABLE',
  'PIVOT',
  'PIVOT_WIDER',
  'UNPIVOT',
  'PIVOT_LONGER',
  'DESCRIBE',
  'DESC',
  'SUMMARIZE',
  'SHOW',
]);

/** Words that other statements begin with, which give no rows to keep. What begins with none of these is misspelt. */
export const STATEMENT_START: ReadonlySet<string> = new Set([
  ...['CREATE', 'DROP', 'ALTER', 'COMMENT', 'INSERT', 'MERGE', 'UPDATE', 'DELETE', 'TRUNCATE', 'COPY', 'EXPORT'],
  ...['IMPORT', 'SET', 'RESET', 'PRAGMA', 'USE', 'ATTACH', 'DETACH', 'INSTALL', 'LOAD', 'BEGIN', 'COMMIT', 'ROLLBACK'],
  ...['PREPARE', 'EXECUTE', 'DEALLOCATE', 'CHECKPOINT', 'VACUUM', 'ANALYZE'],
]);

/** Words that end a list of tables. */
export const CLAUSE_START: ReadonlySet<string> = new Set([
  ...['SELECT', 'WHERE', 'GROUP', 'HAVING', 'WINDOW', 'QUALIFY', 'ORDER', 'LIMIT', 'OFFSET', 'FETCH'],
  ...['UNION', 'INTERSECT', 'EXCEPT', 'SET', 'RETURNING', 'WHEN', 'VALUES', 'INTO', 'SAMPLE', 'FROM'],
]);

/** Functions whose arguments may hold a FROM that names no table: `extract(year FROM day)`. */
export const FROM_IN_ARGUMENTS: ReadonlySet<string> = new Set(['EXTRACT', 'SUBSTRING', 'TRIM', 'OVERLAY', 'POSITION']);

/** Schemas whose relations are this notebook's own. */
export const OWN_SCHEMAS: ReadonlySet<string> = new Set(['main', 'memory', 'temp']);

/** Views that the database itself brings. */
export const SYSTEM_VIEW = /^(?:duckdb_|pg_|pragma_|sqlite_)/i;

/** What `SHOW` may be followed by that is no table. */
export const SHOW_WORDS: ReadonlySet<string> = new Set(['TABLES', 'ALL', 'DATABASES', 'SCHEMAS', 'VARIABLES']);

/** Words that DuckDB 1.4 reserves: they are no table names without quotes (`duckdb_keywords()`, category reserved). */
export const RESERVED: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default
  deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect
  into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary
  qualify references returning select show some summarize symmetric table then to trailing true union unique unpivot
  using variadic when where window with`.split(/\s+/),
);

/** Words that DuckDB 1.4 keeps for joins, types and operators: no table names without quotes either (category type_function). */
export const RESERVED_FOR_FUNCTIONS: ReadonlySet<string> = new Set(
  `anti asof at authorization binary collation columns concurrently cross freeze full generated glob ilike inner is isnull
  join left like map natural notnull outer overlaps positional right semi similar struct tablesample try_cast unpack
  verbose`.split(/\s+/),
);

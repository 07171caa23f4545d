/** Refused with the reader's own zone in it; `missing.ts` knows the sentence. */
const NO_ZONES = "error('no-time-zones: ' || zone)";

const ZONES = `CREATE MACRO timezone(zone, stamp) AS
     CASE WHEN upper(zone) IN ('UTC', 'GMT', 'Z', 'ETC/UTC', 'ETC/GMT') THEN stamp::TIMESTAMP ELSE ${NO_ZONES} END`;

const ALWAYS: readonly string[] = [
  'CREATE SCHEMA levain',
  'CREATE MACRO now() AS system.main.now()::TIMESTAMP',
  'CREATE MACRO get_current_timestamp() AS system.main.now()::TIMESTAMP',
  'CREATE MACRO transaction_timestamp() AS system.main.now()::TIMESTAMP',
  'CREATE MACRO current_date() AS system.main.now()::TIMESTAMP::DATE',
  'CREATE MACRO today() AS system.main.now()::TIMESTAMP::DATE',
  'CREATE MACRO get_current_time() AS system.main.now()::TIMESTAMP::TIME',
  'CREATE MACRO current_localtime() AS system.main.now()::TIMESTAMP::TIME',
  'CREATE MACRO current_localtimestamp() AS system.main.now()::TIMESTAMP',
  'CREATE MACRO to_timestamp(seconds) AS make_timestamp((seconds::DOUBLE * 1000000)::BIGINT)',
];

/**
 * What DuckDB's `icu` extension would bring, as macros, in UTC. The current moment is a TIMESTAMP here, and not a TIMESTAMP
 * WITH TIME ZONE, because without `icu` nothing can be done with the latter: no date_trunc, no intervals. Where the
 * extension is there time zones are its own; what the rest gives stays, so that a notebook gives the same on every page.
 */
export const shims = (has: (extension: string) => boolean): readonly string[] => [
  ...ALWAYS,
  ...(has('icu') ? ["SET TimeZone='UTC'"] : [ZONES]),
];

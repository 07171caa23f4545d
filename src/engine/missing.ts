import type { Problem } from '../base/problem';

interface Entry {
  readonly pattern: RegExp;
  readonly code: string;
  /** What is missing, and what to write instead. May use the pattern's groups as `$1`. */
  readonly message: string;
  readonly hint: string;
}

const ZONES_HINT =
  'All times here are UTC. Add the offset yourself, as in ts + INTERVAL 1 HOUR. Whoever hosts the page can add the icu extension.';
const LOCKED_HINT = 'Settings are locked so that a notebook cannot open a way out. All times are UTC.';
const JSON_HINT =
  'Take the field out with regexp_extract(text, \'"name":"([^"]*)"\', 1), or parse the column in a TypeScript cell. Whoever hosts the page can add the json extension.';

/** Messages of DuckDB without its extensions, and what to say instead. The first that matches counts. */
const MESSAGES: readonly Entry[] = [
  {
    pattern: /^Allocation failure|^failed to allocate|could not allocate/i,
    code: 'out-of-memory',
    message: 'The database needs more memory for this than the browser gives it.',
    hint: 'Read fewer columns or rows, or sum up earlier.',
  },
  {
    pattern: /no-time-zones: (.*)/,
    code: 'missing-icu',
    message: "Time zones are not available here, so AT TIME ZONE '$1' cannot be computed.",
    hint: ZONES_HINT,
  },
  {
    pattern: /Collation with name "?(\w+)"? is not in the catalog/,
    code: 'missing-icu',
    message: 'The collation "$1" is not available here.',
    hint: 'Write COLLATE NOCASE or COLLATE NOACCENT, or NOCASE.NOACCENT for both.',
  },
  {
    pattern: /name "(->>|json\w*|to_json|from_json\w*|row_to_json|array_to_json|read_json\w*|read_ndjson\w*|JSON)"/i,
    code: 'missing-json',
    message: '$1 needs JSON support, which this database does not have.',
    hint: JSON_HINT,
  },
  {
    pattern: /name "((?:read_|parquet_)?parquet\w*)"|name (\S+\.parquet) does not exist/i,
    code: 'missing-parquet',
    message: 'SQL cannot read Parquet files here.',
    hint: 'Drop the file on the page and query the table it becomes.',
  },
  {
    pattern: /Unimplemented type for cast \((?:TIMESTAMP WITH TIME ZONE -> |.* -> TIMESTAMP WITH TIME ZONE)/,
    code: 'missing-icu',
    message: 'A TIMESTAMP WITH TIME ZONE cannot be cast to this type here.',
    hint: 'Cast it to TIMESTAMP (UTC) first: (ts::TIMESTAMP)::DATE.',
  },
  {
    pattern: /No function matches the given name and argument types '([^(']+)\([^']*TIMESTAMP WITH TIME ZONE/,
    code: 'missing-icu',
    message: '$1 does not work on a TIMESTAMP WITH TIME ZONE here.',
    hint: 'Cast the value to TIMESTAMP (UTC) first, as in ts::TIMESTAMP.',
  },
  {
    pattern: /required extension 'icu'|exists in the icu extension/,
    code: 'missing-icu',
    message: 'Dates with time zones are not available here.',
    hint: "Cast the value to TIMESTAMP (UTC) first, as in date_trunc('month', ts::TIMESTAMP).",
  },
  {
    pattern: /name "?([^"]+?)"? is not in the catalog, but it exists in the (\w+) extension/,
    code: 'missing-extension',
    message: '$1 belongs to the DuckDB extension $2, which is not available here.',
    hint: 'This page loads nothing from the network. Compute it in a TypeScript cell, or in SQL with built-in functions.',
  },
  {
    pattern: /required extension '(\w+)'|Loading external extensions is disabled/,
    code: 'missing-extension',
    message: 'DuckDB extensions cannot be loaded here.',
    hint: 'This page loads nothing from the network. Everything in core DuckDB works without them.',
  },
  {
    pattern: /Cannot access (?:file|directory) "((?:https?|s3|gcs|hf|az):[^"]*)"/,
    code: 'missing-network',
    message: 'SQL cannot read $1: nothing here reaches the network.',
    hint: 'Download the file and drop it on the page.',
  },
  {
    pattern: /Cannot access (?:file|directory) "([^"]*)"/,
    code: 'missing-file',
    message: 'SQL cannot open the file "$1" by its path.',
    hint: 'Drop the file on the page and query the table it becomes.',
  },
  {
    pattern: /Cannot change configuration option "?(\w+)"?/,
    code: 'locked',
    message: 'The setting $1 cannot be changed here.',
    hint: LOCKED_HINT,
  },
];

/** Statements that would do nothing, or not what they say, since each one here runs on a connection of its own. */
const STATEMENTS: readonly Entry[] = [
  {
    pattern: /^(?:FORCE\s+)?(INSTALL|LOAD|UPDATE EXTENSIONS)\b/i,
    code: 'missing-extension',
    message: 'DuckDB extensions cannot be loaded here.',
    hint: 'What this page has of them is loaded already, and nothing is fetched from the network. Remove the statement.',
  },
  {
    pattern: /^(BEGIN|START|COMMIT|END|ROLLBACK|ABORT)\b/i,
    code: 'no-transactions',
    message: 'Transactions cannot span statements here: each statement is one of its own.',
    hint: 'Remove $1. A statement that fails leaves nothing half done.',
  },
  {
    pattern: /^(PREPARE|EXECUTE|DEALLOCATE)\b/i,
    code: 'no-prepare',
    message: '$1 is not available here: a prepared statement would be forgotten at once.',
    hint: 'Put values into SQL with ${…}, or define a macro with CREATE MACRO.',
  },
  {
    pattern: /^(SET|RESET)\s+VARIABLE\b/i,
    code: 'no-variables',
    message: 'SQL variables would be forgotten at once here.',
    hint: 'Put a value into SQL with ${…} from a TypeScript cell, or define CREATE MACRO name() AS value.',
  },
  {
    pattern: /^(?:SET|RESET)\s+(?:(?:GLOBAL|SESSION|LOCAL)\s+)?(\w+)/i,
    code: 'locked',
    message: 'The setting $1 cannot be changed here.',
    hint: LOCKED_HINT,
  },
  {
    pattern: /^CREATE\s+(?:OR\s+REPLACE\s+)?(TEMP|TEMPORARY)\s+(?!MACRO)/i,
    code: 'no-temporary',
    message: 'Temporary tables would be forgotten at once here.',
    hint: 'Give the query a cell of its own: its name is a table for all other cells.',
  },
  {
    pattern: /^(ATTACH|DETACH|USE)\b/i,
    code: 'no-attach',
    message: '$1 is not available here: a notebook has one database, in memory.',
    hint: 'Drop files on the page to query them.',
  },
  {
    pattern: /^(COPY|EXPORT|IMPORT)\b/i,
    code: 'no-copy',
    message: '$1 is not available here: SQL cannot read or write files by path.',
    hint: 'Export a table with the button above its grid; drop files on the page to read them.',
  },
];

/** A problem in the reader's terms where the database lacks something; else the problem as it is. */
export function explain(problem: Problem): Problem {
  return apply(MESSAGES, problem.message, problem) ?? problem;
}

/** Why a statement (without leading comments) is not run at all; null when it may run. */
export function refused(statement: string): Problem | null {
  return apply(STATEMENTS, statement, { code: '', message: '' });
}

function apply(entries: readonly Entry[], subject: string, problem: Problem): Problem | null {
  for (const { pattern, code, message, hint } of entries) {
    const hit = pattern.exec(subject);
    if (!hit) continue;
    const fill = (template: string): string =>
      template.replace(/\$(\d)/g, (_, n: string) => hit[Number(n)]?.split('\n')[0] ?? '');
    return { ...problem, code, message: fill(message), hint: fill(hint) };
  }
  return null;
}

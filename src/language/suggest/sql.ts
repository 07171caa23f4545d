import type { Problem } from '../../base/problem';
import { caretPlace, type StatementPlace } from './caret';
import { INSTEAD } from './functions';
import type { Explained, Known } from './known';
import { syntax } from './syntax';
import { nearest, nearestBeginning } from '../../base/nearest';

type Rule = readonly [pattern: RegExp, explain: (match: RegExpExecArray, known: Known, text: string) => Explained];

/** A name as SQL writes it. */
const written = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const didYouMean = (name: string | undefined): { hint?: string } =>
  name ? { hint: `Did you mean ${written(name)}?` } : {};

/** The columns of the tables that the statement names, or of all when it names none of them. */
function columnsIn(known: Known, text: string): string[] {
  const named = known.tables.filter(({ name }) => text.toLowerCase().includes(name.toLowerCase()));
  return (named.length > 0 ? named : known.tables).flatMap(({ columns }) => columns);
}

function unknownColumn(column: string, known: Known, text: string, candidates: string): Explained {
  const bindings = [...candidates.matchAll(/"([^"]+)"/g)].map((match) => match[1]!.split('.').at(-1)!);
  const columns = columnsIn(known, text);
  const meant = nearest(column, [...columns, ...bindings]);
  const found = { code: 'unknown-column', message: `There is no column ${column}.`, subject: column };
  const value = known.values?.find((name) => name.toLowerCase() === column.toLowerCase());
  if (value) return { ...found, hint: `${value} is a value of a TypeScript cell: write \${${value}}.` };
  const called = known.headers?.get(column.toLowerCase());
  if (called) return { ...found, hint: `The file's column ${column} is called ${written(called)} here.` };
  const [, call, part] = DATE_CALL.exec(text) ?? [];
  if (call && part?.toLowerCase() === column.toLowerCase())
    return { ...found, hint: CALLS[`date_${call.toLowerCase()}`]! };
  if (meant) return { ...found, ...didYouMean(meant) };
  if (text.includes(`"${column}"`)) {
    return {
      ...found,
      hint: `A text stands in single quotes: '${column.replaceAll("'", "''")}'. Double quotes are for names.`,
    };
  }
  return columns.length > 0 ? { ...found, hint: listOf([...new Set(columns)]) } : found;
}

/** What there is, as far as it can be read at a glance. */
function listOf(names: readonly string[]): string {
  const more = names.length > 12 ? ` and ${names.length - 12} more` : '';
  return `There are: ${names.slice(0, 12).join(', ')}${more}.`;
}

function unknownTable(table: string, known: Known): Explained {
  const names = known.tables.map(({ name }) => name);
  const meant = nearest(table, names) ?? nearestBeginning(table, names);
  const found = { code: 'unknown-table', message: `There is no table ${table}.`, subject: table };
  // What is defined in TypeScript and still is no table is something else, or a list that holds nothing.
  if (known.values?.some((name) => name.toLowerCase() === table.toLowerCase()))
    return {
      ...found,
      message: `${table} is no table.`,
      hint: `SQL reads tables and lists of at least one object, whose keys are the columns: one that is empty has none. One value is written \${${table}}.`,
    };
  if (meant) return { ...found, ...didYouMean(meant) };
  const hint = names.length > 0 ? listOf(names) : 'Drop a CSV file on the page, or name a cell.';
  return { ...found, hint };
}

function unknownFunction(name: string, proposed: string | undefined): Explained {
  const instead = INSTEAD[name.toLowerCase()];
  const hint = instead
    ? `Write ${instead}.`
    : proposed && nearest(name, [proposed])
      ? `Did you mean ${proposed}?`
      : undefined;
  return { code: 'unknown-function', message: `There is no function ${name}.`, subject: name, ...(hint && { hint }) };
}

/** The format of a date that is not written year-month-day, as `strptime` names it. */
function dateFormat(value: string): string {
  const [, first, mark, second, , third] = /^(\d{1,4})([./-])(\d{1,2})([./-])(\d{1,4})/.exec(value) ?? [];
  if (!mark) return '%d/%m/%Y';
  if (first!.length === 4) return ['%Y', '%m', '%d'].join(mark);
  const year = third!.length <= 2 ? '%y' : '%Y';
  return (+second! > 12 ? ['%m', '%d', year] : ['%d', '%m', year]).join(mark);
}

function conversion(value: string, type: string): Explained {
  const message = `${value === '' ? 'An empty text' : `“${value}”`} cannot be read as ${TYPE_NAMES[type] ?? type}.`;
  const hint = /^-?\d+(?:\.\d{3})*,\d+$/.test(value)
    ? "Write replace(replace(x, '.', ''), ',', '.')::DOUBLE for a decimal comma."
    : 'Write TRY_CAST(x AS …) to get NULL for such values, which sums then leave out, or choose the others with WHERE.';
  return { code: 'conversion', message, hint, subject: value };
}

/** How functions are called whose arguments stand in another order, or are fewer, elsewhere. */
const CALLS: Readonly<Record<string, string>> = {
  datediff: "Write date_diff('day', start, end).",
  date_diff: "Write date_diff('day', start, end).",
  date_trunc: "Write date_trunc('month', day).",
  date_part: "Write date_part('year', day).",
  date_add: 'Write day + INTERVAL 7 DAY.',
  date_sub: 'Write day - INTERVAL 7 DAY.',
  strftime: "Write strftime(day, '%Y-%m').",
};

/** A part of a date without its quotes, as other databases take it. */
const DATE_CALL = /\bdate_?(diff|trunc|part|add|sub)\s*\(\s*(\w+)\s*,/i;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  ...{
    INT8: 'a whole number',
    INT16: 'a whole number',
    INT32: 'a whole number',
    INT64: 'a whole number',
    INT128: 'a whole number',
  },
  ...{ DOUBLE: 'a number', FLOAT: 'a number', BOOL: 'true or false', BOOLEAN: 'true or false' },
};

const RULES: readonly Rule[] = [
  [/Function with name `__postfix/, (match, known, text) => syntax('`', text, match.input, known)],
  [
    /Referenced column "?(.+?)"? (?:not found in FROM clause|was not found because the FROM clause is missing)(?:!| and)?(?:\s*Candidate bindings:([^\n]*))?/,
    ([, column, candidates], known, text) => unknownColumn(column!, known, text, candidates ?? ''),
  ],
  [
    /(?:Table|Values list) "(.+?)" does not have a column named "(.+?)"(?:\s*Candidate bindings:([^\n]*))?/,
    ([, , column, candidates], known, text) => unknownColumn(column!, known, text, candidates ?? ''),
  ],
  [
    /Column "(.+?)" in (?:EXCLUDE|REPLACE|RENAME) list not found/,
    ([, column], known, text) => unknownColumn(column!, known, text, ''),
  ],
  [/Table with name "?(.+?)"? does not exist/, ([, table], known) => unknownTable(table!, known)],
  [
    /Referenced table "(.+?)" not found!/,
    ([, table], known, text) => ({
      ...unknownTable(table!, known),
      message: `${table} is not among the tables after FROM.`,
      ...(new RegExp(`"${table}"`).test(text)
        ? {}
        : { hint: `Add it after FROM, or use the short name given there (FROM orders AS o is then o.day).` }),
    }),
  ],
  [
    /(?:Scalar |Aggregate |Table |Macro )?Function with name "?(\w+)"? is not in the catalog, but it exists in the (\w+) extension/,
    ([, name, extension]) => ({
      code: 'missing-extension',
      message: `${name} needs DuckDB's ${extension} extension, which is not in this page.`,
      hint: INSTEAD[name!.toLowerCase()]
        ? `Write ${INSTEAD[name!.toLowerCase()]}.`
        : 'Use a function of date, text or numbers that needs no extension.',
      subject: name!,
    }),
  ],
  [
    /Function with name "?(\w+)"? does not exist!(?:\s*Did you mean "(.+?)")?/,
    ([, name, proposed]) => unknownFunction(name!, proposed),
  ],
  [
    /column "?(.+?)"? must appear in the GROUP BY clause or (?:must )?be/,
    ([, column]) => ({
      code: 'not-grouped',
      message: `${column} is neither grouped by nor summed up.`,
      hint: `Add ${column} to GROUP BY (or write GROUP BY ALL), or take one value of each group: any_value(${column}).`,
      subject: column!,
    }),
  ],
  [
    /Combining QUALIFY with GROUP BY ALL is not supported/,
    () => ({
      code: 'qualify-group-all',
      message: 'QUALIFY does not work beside GROUP BY ALL.',
      hint: 'Name the columns after GROUP BY, or group in one cell and write QUALIFY in the next.',
    }),
  ],
  [
    /WHERE clause cannot contain aggregates/,
    () => ({
      code: 'aggregate-in-where',
      message: 'WHERE looks at single rows and cannot hold a sum or a count.',
      hint: 'Put the condition into HAVING, after GROUP BY.',
    }),
  ],
  [
    /WHERE clause cannot contain window functions/,
    () => ({
      code: 'window-in-where',
      message: 'WHERE cannot hold a window function.',
      hint: 'Put the condition into QUALIFY, after WHERE.',
    }),
  ],
  [
    /aggregate function calls cannot be nested/i,
    () => ({
      code: 'nested-aggregate',
      message: 'A sum cannot be taken of a sum in one step.',
      hint: 'Compute the inner one in a cell of its own, or in WITH, and the outer one from that.',
    }),
  ],
  [
    /Ambiguous reference to (?:column name|table) "(.+?)"(?: \(use: (.+?)\))?/,
    ([, name, uses]) => ({
      code: 'ambiguous-column',
      message: `${name} is in more than one of the tables.`,
      hint: `Say whose: ${(uses ?? '').replaceAll('"', '') || `table.${name}`}.`,
      subject: name!,
    }),
  ],
  [
    /No function matches the given name and argument types '(\w+|[^\s(]+)\((.*)\)'/,
    ([, name, types]) => {
      const text = /VARCHAR/.test(types!);
      const hint =
        text && /^(?:sum|avg|mean|median|round|stddev|abs)$/i.test(name!)
          ? `Make it a number first: ${name}(x::DOUBLE), which says what is none, or count what it says: ${name}((x = 'yes')::INT).`
          : name === '&&'
            ? 'Write AND.'
            : (CALLS[name!.toLowerCase()] ?? 'Change the type of a value with CAST(x AS type).');
      return {
        code: 'argument-types',
        message: `${name} does not work with ${types!.replaceAll('VARCHAR', 'text').replaceAll('_LITERAL', '')}.`,
        hint,
        subject: name!,
      };
    },
  ],
  [
    /Could not choose a best candidate function for the function call "(.+?)\((.*?)\)"/,
    ([, name, types]) => ({
      code: 'argument-types',
      message: `${name} cannot tell what ${types!.replaceAll('_LITERAL', '')} are meant to be.`,
      hint: 'Say the type: CAST(x AS DOUBLE), CAST(x AS DATE).',
      subject: name!,
    }),
  ],
  [/Could not convert string '([\s\S]*?)' to (\w+)/, ([, value, type]) => conversion(value!, type!)],
  [
    /invalid (date|timestamp|time) field format: "(.*?)"/i,
    ([, type, value]) => ({
      ...conversion(value!, `a ${type!.toLowerCase()}`),
      hint: `Dates are written 2024-12-31. For another form: strptime('${value}', '${dateFormat(value!)}').`,
    }),
  ],
  [
    /(date|timestamp|time) field value out of range: "(.*?)"/i,
    ([, type, value]) => ({
      code: 'conversion',
      message: `“${value}” is no ${type!.toLowerCase()} of the calendar.`,
      hint: /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(value!)
        ? `Dates are written 2024-12-31. For another form: strptime('${value}', '${dateFormat(value!)}').`
        : 'Dates are written year-month-day: 2024-12-31.',
      subject: value!,
    }),
  ],
  [
    /Type (\w+) with value (\S+) can't be cast because the value is out of range for the destination type (\w+)/,
    ([, , value, type]) => ({
      code: 'conversion',
      message: `${value} is too large for ${type}.`,
      hint: 'Cast to BIGINT, HUGEINT or DOUBLE instead.',
      subject: value!,
    }),
  ],
  [
    /Unimplemented type for cast \((\w+) -> \1\[\]\)/,
    () => ({
      code: 'conversion',
      message: 'A list stands in brackets of its own after IN, and one value is no list.',
      hint: 'Write IN ${list}, without the brackets, or list_contains(list, x).',
    }),
  ],
  [
    /with name "(.+?)" already exists/,
    ([, name]) => ({
      code: 'already-there',
      message: `There is a “${name}” already, of an earlier run of this cell or of another.`,
      hint: 'Write CREATE OR REPLACE, so that the cell can run again.',
      subject: name!,
    }),
  ],
  [
    /More than one row returned by a subquery/i,
    () => ({
      code: 'several-rows',
      message: 'A query in brackets stands for one value, and this one gives several rows.',
      hint: 'Take one (LIMIT 1, max(…)), or ask with IN whether a value is among them.',
    }),
  ],
  [
    /ORDER BY non-integer literal has no effect/i,
    () => ({
      code: 'order-by-text',
      message: 'Rows are put in the order of a column, and here stands a text.',
      hint: 'Write the column without quotes; of a name in a value, ${id(name)}.',
    }),
  ],
  [
    /Unimplemented type for cast \((.+?) -> (.+?)\)/,
    ([, from, to]) => ({
      code: 'conversion',
      message: `A ${from} cannot be made a ${to}.`,
      hint: 'Go by way of text, or use a function such as make_date(year, month, day).',
    }),
  ],
  [
    /Overflow in (\w+) of (\w+) \((.+?)\)/,
    ([, operation, , values]) => ({
      code: 'overflow',
      message: `The ${operation} ${values} gives a number too large for its type.`,
      hint: 'Write one of the two as x::DOUBLE or x::HUGEINT.',
      subject: values!,
    }),
  ],
  [
    /division by zero/i,
    () => ({
      code: 'division',
      message: 'Something is divided by zero.',
      hint: 'Write a / nullif(b, 0): NULL where b is zero.',
    }),
  ],
  [
    /Could not parse string "(.*?)" according to format specifier "(.*?)"/,
    ([, value, format]) => ({
      code: 'conversion',
      message: `“${value}” is not written as ${format} says.`,
      hint: 'Use try_strptime(…) to get NULL for such values, or correct the format: %d day, %m month, %Y year.',
      subject: value!,
    }),
  ],
  [
    /(?:extract|date part) specifier "(.*?)" not recognized/i,
    ([, part]) => ({
      code: 'date-part',
      message: `“${part}” is no part of a date.`,
      ...didYouMean(
        nearest(part!, ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'isodow', 'dow']),
      ),
      subject: part!,
    }),
  ],
  [
    /Subquery returns (\d+) columns - expected 1/,
    ([, count]) => ({
      code: 'subquery-columns',
      message: `The query in brackets gives ${count} columns where one is expected.`,
      hint: 'Select one column in it.',
    }),
  ],
  [
    /Set operations can only apply to expressions with the same number of result columns/,
    () => ({
      code: 'union-columns',
      message: 'The queries joined by UNION have different numbers of columns.',
      hint: 'Select the same columns in each, or write UNION ALL BY NAME.',
    }),
  ],
  [
    /unterminated quoted string/,
    () => ({
      code: 'syntax',
      message: 'A text is not closed.',
      hint: "Add the missing single quote. A quote within a text is written twice: 'it''s'.",
    }),
  ],
  [
    /unterminated quoted identifier/,
    () => ({
      code: 'syntax',
      message: 'A name in double quotes is not closed.',
      hint: 'Add the missing double quote.',
    }),
  ],
  [/syntax error at or near "([\s\S]+?)"/, (match, known, text) => syntax(match[1]!, text, match.input, known)],
  [
    /syntax error at end of input/,
    () => ({
      code: 'syntax',
      message: 'The query ends too early.',
      hint: 'Something is missing at its end: a condition, a bracket, END after CASE.',
    }),
  ],
  [
    /No files found that match the pattern "(.*?)"/,
    ([, file]) => ({
      code: 'file-in-sql',
      message: `SQL cannot read the file ${file}.`,
      hint: "Drop it on the page and write its table's name instead.",
      subject: file!,
    }),
  ],
  [
    /Type with name (\S+) does not exist/,
    ([, type]) => ({
      code: 'unknown-type',
      message: `There is no type ${type}.`,
      hint: 'Usual types: VARCHAR, DOUBLE, BIGINT, DATE, TIMESTAMP, BOOLEAN.',
      subject: type!,
    }),
  ],
  [
    /Out of Memory Error|could not allocate/i,
    () => ({
      code: 'memory',
      message: 'The query needs more memory than the page has.',
      hint: 'Read fewer rows or columns, or sum up earlier.',
    }),
  ],
  [
    /Permission Error|disabled through configuration|configuration has been locked/i,
    () => ({
      code: 'not-allowed',
      message: 'The database is locked: it reaches neither the network nor files.',
      hint: 'Drop the data on the page instead.',
    }),
  ],
];

/**
 * An error of DuckDB's in plain words: what is wrong, where in the cell, and what to write instead where there is a
 * usual answer (the nearest column or table, GROUP BY, HAVING, quotes, another database's function).
 *
 * @param message DuckDB's own message, with its `LINE n:` block if it has one
 * @param statement the text it was given, and the 0-based line of the cell on which that begins
 * @param known the tables of the notebook and their columns
 */
export function explainSqlError(message: string, statement: StatementPlace, known: Known): Problem {
  const place = caretPlace(message, statement) ?? { line: statement.line + 1 };
  for (const [pattern, explain] of RULES) {
    const match = pattern.exec(message);
    if (match) return { ...explain(match, known, statement.text), ...place };
  }
  const plain = message
    .replace(/\n+LINE \d+:[\s\S]*$/, '')
    .replace(/^(?:\w+ )+Error: /, '')
    .trim();
  return { code: 'sql', message: plain, ...place };
}

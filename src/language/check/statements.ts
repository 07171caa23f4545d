/** What one line of a check cell asks the database. */
export interface CheckQuery {
  /** Gives one row: `bad`, how many rows (or 1) break it, and `example`, a text. */
  readonly sql: string;
  /** The rows that break it, where it is about rows. */
  readonly rows?: string;
  /** What is told where it is broken: `{n}` stands for the rows, `{example}` for the example. */
  readonly says: string;
}

const NAME = String.raw`"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*`;
const COLUMN = String.raw`(?:${NAME})\.(?:${NAME})`;
const COLUMNS = String.raw`${COLUMN}(?:(?:\s*,\s*|\s+and\s+)${COLUMN})*`;
const NUMBER = String.raw`-?\d[\d_]*(?:\.\d+)?`;
const VALUE = String.raw`${NUMBER}|'(?:[^']|'')*'|\d{4}-\d{2}-\d{2}`;
const SIDE = String.raw`(?:sum|avg|min|max|count)\s*\(\s*${COLUMN}\s*\)|rows\s+of\s+(?:${NAME})|${NUMBER}`;

type Read = (parts: Record<string, string>) => CheckQuery | string;

/** Each form of a line: what it looks like, and what it asks. A text in place of a query says what is wrong. */
const FORMS: readonly (readonly [RegExp, Read])[] = [
  [line(String.raw`(?<columns>${COLUMNS})\s+(?:is|are)\s+unique`), unique],
  [line(String.raw`(?<columns>${COLUMNS})\s+(?:is|are)\s+(?:not\s+null|never\s+empty|not\s+empty)`), notNull],
  [
    line(String.raw`(?<column>${COLUMN})\s+is\s+between\s+(?<low>${VALUE})\s+and\s+(?<high>${VALUE})`),
    ({ column, low, high }) => inRange(column!, `BETWEEN ${value(low!)} AND ${value(high!)}`),
  ],
  [
    line(String.raw`(?<column>${COLUMN})\s+is\s+(?<way>at\s+least|at\s+most|above|below)\s+(?<limit>${VALUE})`),
    ({ column, way, limit }) => inRange(column!, `${WAYS[way!.toLowerCase().replace(/\s+/g, ' ')]} ${value(limit!)}`),
  ],
  [
    line(String.raw`(?<column>${COLUMN})\s*(?<sign><=|>=|<|>)\s*(?<limit>${VALUE})`),
    ({ column, sign, limit }) => inRange(column!, `${sign} ${value(limit!)}`),
  ],
  [line(String.raw`(?<column>${COLUMN})\s+is\s+one\s+of\s+(?<values>(?:${VALUE})(?:\s*,\s*(?:${VALUE}))*)`), oneOf],
  [line(String.raw`(?<column>${COLUMN})\s+is\s+in\s+(?<other>${COLUMN})`), foundIn],
  [line(String.raw`(?<column>${COLUMN})\s+is\s+fresh\s+within\s+(?<days>\d+)\s+days?`), fresh],
  [line(String.raw`(?<table>${NAME})\s+has\s+(?:at\s+least\s+(?<least>\d[\d_]*)\s+)?rows?`), hasRows],
  [
    line(
      String.raw`(?<left>${SIDE})\s*(?<sign>=|<=|>=|<|>|\bmatches\b)\s*(?<right>${SIDE})(?:\s+within\s+(?<within>${NUMBER})\s*(?<percent>%)?)?`,
    ),
    compared,
  ],
  [line(String.raw`(?:every\s+row\s+of\s+)?(?<table>${NAME})\s*:\s*(?<condition>\S.*)`), everyRow],
];

const WAYS: Readonly<Record<string, string>> = { 'at least': '>=', 'at most': '<=', above: '>', below: '<' };

/** Reads one line; undefined where it is in none of the forms, a text where it is but cannot be. */
export function readCheck(text: string): CheckQuery | string | undefined {
  for (const [form, read] of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups) return read(groups);
  }
  return undefined;
}

function line(pattern: string): RegExp {
  return new RegExp(`^\\s*(?:-\\s+)?${pattern}\\s*\\.?\\s*$`, 'iu');
}

function unique({ columns }: Record<string, string>): CheckQuery | string {
  const read = columnsOf(columns!);
  if (typeof read === 'string') return read;
  const { table, names } = read;
  const present = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const example = `concat_ws(', ', ${names.map((name) => `${name}::VARCHAR`).join(', ')})`;
  const groups = `SELECT count(*) AS n, min(${example}) AS example FROM ${table} WHERE ${present} GROUP BY ${names.join(', ')} HAVING count(*) > 1`;
  return {
    sql: `SELECT coalesce(sum(n), 0)::BIGINT AS bad, min(example) AS example FROM (${groups})`,
    rows: `FROM ${table} WHERE ${present} QUALIFY count(*) OVER (PARTITION BY ${names.join(', ')}) > 1`,
    says: '{n} share it with another row, such as {example}',
  };
}

function notNull({ columns }: Record<string, string>): CheckQuery | string {
  const read = columnsOf(columns!);
  if (typeof read === 'string') return read;
  return rowsWhere(read.table, read.names.map((name) => `${name} IS NULL`).join(' OR '), 'NULL', '{n} have no value');
}

function inRange(column: string, range: string): CheckQuery {
  const { table, name } = columnOf(column);
  return rowsWhere(table, `NOT (${name} ${range})`, `${name}::VARCHAR`, '{n} are outside, such as {example}');
}

function oneOf({ column, values }: Record<string, string>): CheckQuery {
  const { table, name } = columnOf(column!);
  const list = Array.from(values!.matchAll(new RegExp(VALUE, 'gu')), ([each]) => `(${value(each)})::VARCHAR`);
  return rowsWhere(
    table,
    `${name}::VARCHAR NOT IN (${list.join(', ')})`,
    `${name}::VARCHAR`,
    '{n} hold something else, such as {example}',
  );
}

function foundIn({ column, other }: Record<string, string>): CheckQuery {
  const { table, name } = columnOf(column!);
  const there = columnOf(other!);
  const known = `SELECT ${there.name} FROM ${there.table} WHERE ${there.name} IS NOT NULL`;
  return rowsWhere(table, `${name} NOT IN (${known})`, `${name}::VARCHAR`, `{n} are not there, such as {example}`);
}

/** Days ahead of tomorrow do not count: one misread date would make any export fresh. */
function fresh({ column, days }: Record<string, string>): CheckQuery {
  const { table, name } = columnOf(column!);
  const newest = `max(${name}::DATE) FILTER (WHERE ${name}::DATE <= today() + 1)`;
  return {
    sql: `SELECT CASE WHEN ${newest} >= today() - ${days} THEN 0 ELSE 1 END AS bad, coalesce(${newest}::VARCHAR, 'not there') AS example FROM ${table}`,
    says: 'the newest is {example}',
  };
}

function hasRows({ table, least }: Record<string, string>): CheckQuery {
  const most = Number((least ?? '1').replaceAll('_', ''));
  return {
    sql: `SELECT CASE WHEN count(*) >= ${most} THEN 0 ELSE 1 END AS bad, count(*)::VARCHAR AS example FROM ${table}`,
    says: 'it has {example}',
  };
}

function compared({ left, sign, right, within, percent }: Record<string, string>): CheckQuery {
  const [a, b] = [sideOf(left!), sideOf(right!)];
  const relation = sign!.toLowerCase() === 'matches' ? '=' : sign!;
  // Sums of decimals in another order differ in their last digits.
  const share = percent ? `${within} / 100` : '1e-9';
  const slack = within && !percent ? within : `${share} * greatest(abs(a), abs(b))`;
  const holds =
    relation === '='
      ? `abs(a - b) <= ${slack}`
      : relation.startsWith('<')
        ? `a ${relation} b + ${within ? slack : '0'}`
        : `a ${relation} b - ${within ? slack : '0'}`;
  return {
    sql: `SELECT CASE WHEN ${holds} THEN 0 ELSE 1 END AS bad, concat(a, ' and ', b, ', apart by ', abs(a - b)) AS example FROM (SELECT coalesce((${a})::DOUBLE, 0) AS a, coalesce((${b})::DOUBLE, 0) AS b)`,
    says: 'they are {example}',
  };
}

function everyRow({ table, condition }: Record<string, string>): CheckQuery {
  return rowsWhere(table!, `NOT (${condition}\n)`, 'NULL', '{n} do not fulfil it');
}

function rowsWhere(table: string, condition: string, example: string, says: string): CheckQuery {
  const rows = `FROM ${table} WHERE ${condition}`;
  return { sql: `SELECT count(*) AS bad, min(${example}) AS example ${rows}`, rows, says };
}

/** An aggregate as a subquery of its own, so that both sides may be of other tables. */
function sideOf(side: string): string {
  const rows = /^rows\s+of\s+(.*)$/isu.exec(side)?.[1];
  if (rows) return `SELECT count(*) FROM ${rows}`;
  const [, aggregate, column] = /^(\w+)\s*\(\s*(.*?)\s*\)$/su.exec(side) ?? [];
  if (!aggregate || !column) return side;
  const { table, name } = columnOf(column);
  return `SELECT ${aggregate}(${name}) FROM ${table}`;
}

function columnsOf(list: string): { table: string; names: string[] } | string {
  const columns = Array.from(list.matchAll(new RegExp(COLUMN, 'gu')), ([column]) => columnOf(column));
  const tables = new Set(columns.map(({ table }) => table.toLowerCase()));
  if (tables.size > 1) return 'Columns that are checked together stand in one table.';
  return { table: columns[0]!.table, names: columns.map(({ name }) => name) };
}

function columnOf(column: string): { table: string; name: string } {
  const [, table, name] = new RegExp(`^(${NAME})\\.(${NAME})$`, 'u').exec(column) as unknown as [
    string,
    string,
    string,
  ];
  return { table, name };
}

/** A value as SQL has it; a day may be written without quotes. */
function value(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `DATE '${text}'`;
  return text.startsWith("'") ? text : text.replaceAll('_', '');
}

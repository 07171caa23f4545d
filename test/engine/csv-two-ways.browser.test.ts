import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LevainError } from '../../src/base/problem';
import { seededRandom, type Random } from '../../src/base/random';
import { assets } from '../../src/engine/assets';
import { ingestCsv } from '../../src/engine/csv/ingest';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import { Database } from '../../src/engine/database';
import type { CsvPlan, Ingested, PlannedColumn } from '../../src/engine/engine';
import { identifier } from '../../src/engine/literal';
import { decodeTable } from '../../src/table/decode';

let database: Database;
beforeAll(async () => {
  database = await Database.open(assets());
});
afterAll(() => database.terminate(new LevainError({ code: 'engine-closed', message: 'The test is over.' })));

const ingest = (file: File, plan: CsvPlan): Promise<Ingested> =>
  ingestCsv(database, file, plan, { signal: new AbortController().signal, onProgress: () => {} });

async function number(sql: string): Promise<number> {
  return Number(
    decodeTable(await database.run(sql))
      .getChildAt(0)!
      .at(0),
  );
}

type Cell = (random: Random) => string;
const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!;
const digits = (random: Random, most: number): string =>
  Array.from({ length: 1 + random.integer(most) }, () => random.integer(10)).join('');
const pad = (n: number): string => String(n).padStart(2, '0');
const day = (random: Random): [string, string, string] => [
  pick(random, ['0001', '1582', '1899', '1900', '1969', '1970', '2000', '2023', '2024', '2100', '9999']),
  pad(1 + random.integer(12)),
  pad(1 + random.integer(28 + random.integer(2) * 3)),
];
const clock = (random: Random): string =>
  `${pad(random.integer(24))}:${pad(random.integer(60))}:${pad(random.integer(60))}`;
const fraction = (random: Random): string => `.${digits(random, 6)}`;

/** How cells of a column may be written, by the column. */
const COLUMNS: readonly (readonly [Omit<PlannedColumn, 'name' | 'source'>, Cell])[] = [
  [{ type: 'BIGINT' }, (r) => pick(r, ['', '-'])! + String(Number(digits(r, 15)))],
  [
    { type: 'BIGINT' },
    (r) =>
      pick(r, [
        '0',
        '-0',
        '7',
        '2147483647',
        '2147483648',
        '-2147483649',
        '4294967296',
        '-4294967297',
        '999999999999999',
        '1000000000000000',
        '999999999999999999',
        '-999999999999999999',
        '-9007199254740993',
      ]),
  ],
  [{ type: 'HUGEINT' }, (r) => pick(r, ['', '-'])! + BigInt(digits(r, 38))],
  [{ type: 'DOUBLE' }, (r) => `${pick(r, ['', '-'])}${digits(r, 9)}.${digits(r, 6)}`],
  [
    { type: 'DOUBLE' },
    (r) =>
      pick(r, [
        '0',
        '-0',
        '-0.0',
        '.5',
        '5.',
        '+2.5',
        '007.50',
        '1e-5',
        '1.5E+300',
        '9007199254740993',
        '0.1',
        '123456789012345.678',
        '1.7976931348623157e+308',
        '4.9e-324',
        `${digits(r, 25)}.${digits(r, 25)}`,
      ]),
  ],
  [{ type: 'DATE' }, (r) => day(r).join('-')],
  [{ type: 'DATE', format: '%d/%m/%Y' }, (r) => day(r).reverse().join('/')],
  [
    { type: 'TIMESTAMP' },
    (r) => `${day(r).join('-')}${pick(r, [' ', 'T'])}${clock(r)}${pick(r, ['', fraction(r)])}${pick(r, ['', 'Z'])}`,
  ],
  [{ type: 'TIMESTAMP' }, (r) => `2024-03-05 ${clock(r)}${pick(r, ['+01:00', '-0730', ' UTC', '', '.25+02'])}`],
  [
    { type: 'TIMESTAMP', clock: 60 },
    (r) => `2024-03-05 ${clock(r)}${pick(r, ['+01:00', ' +0200', '+00', '', '.25+01'])}`,
  ],
  [
    { type: 'TIMESTAMP', clock: -300, chosen: true },
    (r) => `2024-03-05T${clock(r)}${pick(r, ['-05:00', '-04:00', '', 'Z', '+01:00'])}`,
  ],
  [{ type: 'TIMESTAMP', format: '%d.%m.%Y %H:%M' }, (r) => `${day(r).reverse().join('.')} ${clock(r).slice(0, 5)}`],
  [{ type: 'BOOLEAN' }, (r) => pick(r, ['true', 'false', 'TRUE', 'False', 'fALSE'])],
  [{ type: 'TIME' }, (r) => clock(r) + pick(r, ['', fraction(r)])],
  [
    { type: 'VARCHAR' },
    (r) =>
      pick(r, [
        'plain',
        'é',
        '🥐 à la carte',
        '007',
        'NULL',
        'null',
        'nul',
        '-',
        '--',
        'N/A',
        'x'.repeat(30),
        'long '.repeat(40),
      ]),
  ],
  [
    { type: 'VARCHAR' },
    (r) =>
      Array.from({ length: r.integer(9) }, () => pick(r, ['a', ',', '"', '\n', '\r\n', ' ', 'ü', '語', '🥖'])).join(''),
  ],
];

/** A cell as a CSV has it: quoted where it must be, and sometimes where it need not. */
function written(random: Random, text: string): string {
  if (/[",\r\n]/.test(text) || random.uniform() < 0.1) return `"${text.replaceAll('"', '""')}"`;
  return text;
}

/** A file of good rows, and now and then one that is short or holds a value that does not fit. */
function randomFile(seed: number): { text: string; columns: PlannedColumn[] } {
  const random = seededRandom(seed);
  const chosen = Array.from({ length: 2 + random.integer(6) }, () => pick(random, COLUMNS));
  const newline = pick(random, ['\n', '\r\n']);
  const columns = chosen.map(([column], i): PlannedColumn => ({ name: `c${i}`, source: `c${i}`, ...column }));
  const lines = [columns.map((column) => column.name).join(',')];
  const rows = 20 + random.integer(2500);
  for (let row = 0; row < rows; row++) {
    const cells = chosen.map(([, cell]) => (random.uniform() < 0.05 ? pick(random, ['', 'NULL']) : cell(random)));
    const kind = seed % 3 === 0 ? random.uniform() : 1;
    if (kind < 0.002) cells.pop();
    else if (kind < 0.004) cells[random.integer(cells.length)] = 'none of it';
    else if (kind < 0.006) cells.push('');
    else if (kind < 0.008) cells[0] = ` ${cells[0]!} `;
    lines.push(cells.map((cell) => written(random, cell)).join(','));
  }
  return { text: lines.join(newline) + (random.uniform() < 0.5 ? newline : ''), columns };
}

describe('a file read into a table and the same file read in place by the database itself', () => {
  it('hold the same rows, in the same order, and reject the same, on 25 random files', async () => {
    let compared = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const { text, columns } = randomFile(seed);
      const file = new File([text], 'two_ways.csv');
      const plan = {
        ...sniffCsv(await sampleFile(file), []),
        columns,
        delimiter: ',',
        quote: '"',
        header: true,
        preamble: 0,
      };
      const table = await ingest(file, { ...plan, table: 'as_table' });
      const view = await ingest(file, { ...plan, table: 'as_view', inPlace: true });
      const about = JSON.stringify({ seed, columns });
      expect(table.rejects, about).toEqual(view.rejects);
      expect(table.relation.columns, about).toEqual(view.relation.columns);
      expect([table.found, table.rejected], about).toEqual([view.found, view.rejected]);
      const texts = table.relation.columns.map(({ name }) => `${identifier(name)}::VARCHAR AS ${identifier(name)}`);
      const numbered = (from: string): string => `(SELECT row_number() OVER () AS n, ${texts.join(', ')} FROM ${from})`;
      const differing = `SELECT 'table' AS side, * FROM (FROM ${numbered('as_table')} EXCEPT ALL FROM ${numbered('as_view')})
        UNION ALL SELECT 'view', * FROM (FROM ${numbered('as_view')} EXCEPT ALL FROM ${numbered('as_table')})
        ORDER BY n, side LIMIT 6`;
      expect(decodeTable(await database.run(differing)).toArray(), about).toEqual([]);
      compared += await number('SELECT count(*) FROM as_table');
    }
    expect(compared).toBeGreaterThan(15_000);
  }, 240_000);
});

import { describe, expect, it } from 'vitest';
import { adaptPlan } from '../../src/engine/csv/adapt';
import { checksOf, misfit } from '../../src/engine/csv/checks';
import { columnReader } from '../../src/engine/csv/columns';
import { inferColumn, type Surroundings } from '../../src/engine/csv/infer';
import { refinePlan } from '../../src/engine/csv/refine';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';
import type { CsvPlan } from '../../src/engine/engine';
import { readBy } from './read-all';

const english: Surroundings = { decimal: '.', delimiter: ',', nulls: new Set(['']), american: false };
const german: Surroundings = { decimal: ',', delimiter: ';', nulls: new Set(['']), american: false };

const small = Array.from({ length: 200 }, (_, i) => i + 1);

describe('a point in a file with decimal commas', () => {
  it('is not of thousands behind a nought: no 0.125 becomes 125', () => {
    const read = columnReader({ type: 'BIGINT', strip: '.' }, german);
    expect(['1.250', '0.125', '-0.125', '12.345.678', '00.125'].map(read)).toEqual([
      '1250',
      null,
      null,
      '12345678',
      null,
    ]);
  });

  it('is of thousands where nothing else is said, which is told where every number may be a fraction', () => {
    expect(inferColumn('lat', ['52.137', '52.174', '51.999'], german)).toEqual({
      type: 'BIGINT',
      strip: '.',
      note: 'lat: 52.137 is read as 52137. If it means 52.137, choose the decimal point.',
      doubtful: true,
    });
    expect(inferColumn('klicks', ['980', '2.050', '3.417'], german)).toEqual({ type: 'BIGINT', strip: '.' });
  });
});

describe('a column whose largest numbers alone are grouped', () => {
  const clicks = [...small.map(String), '1,204', '12,655'];
  const amounts = [...small.map((n) => `${n},50`), '1.320,00', '-11.204,10'];

  it('is read with its groups: whole numbers', () => {
    const found = inferColumn('clicks', clicks, english);
    expect(found).toMatchObject({ type: 'BIGINT', strip: ',' });
    const read = columnReader(found, english);
    expect(clicks.map(read)).toEqual([...small.map(String), '1204', '12655']);
  });

  it('is read with its groups: amounts', () => {
    const found = inferColumn('umsatz', amounts, german);
    expect(found).toMatchObject({ type: 'DOUBLE', strip: '.' });
    const read = columnReader(found, german);
    expect(amounts.slice(-2).map(read)).toEqual(['1320.00', '-11204.10']);
    expect(amounts.filter((amount) => read(amount) === null)).toEqual([]);
  });

  it('is not bent by a few broken values, which are rejected as before', () => {
    expect(inferColumn('clicks', [...small.map(String), 'x', '1,2,3'], english)).toEqual({ type: 'BIGINT' });
    expect(inferColumn('share', [...small.map((n) => `0.${n}`), 'unknown'], english)).toEqual({ type: 'DOUBLE' });
  });
});

describe('a column whose grouped numbers come late', () => {
  const plan = (columns: CsvPlan['columns'], decimal: CsvPlan['decimal'] = '.'): CsvPlan => ({
    table: 't',
    encoding: 'utf-8',
    compression: 'none',
    delimiter: ';',
    quote: '"',
    header: true,
    preamble: 0,
    decimal,
    nulls: [''],
    columns,
    notes: [],
  });
  const adapted = (given: CsvPlan, values: readonly string[]): CsvPlan['columns'][number] | undefined => {
    const checks = checksOf(given);
    for (const value of values) misfit(checks[0]!, value, 5000, given);
    const evidence = {
      ledger: { rows: 1000, rejected: values.length },
      checks,
      source: { invalid: 0, wide: 0, nuls: 0 },
    };
    return adaptPlan(given, evidence)?.columns[0];
  };
  const column = { name: 'n', source: 'n' } as const;

  it('is read again with its groups', () => {
    expect(adapted(plan([{ ...column, type: 'BIGINT' }]), ['1,204', '12,655'])).toMatchObject({
      type: 'BIGINT',
      strip: ',',
    });
    expect(adapted(plan([{ ...column, type: 'BIGINT' }]), ['1,204.50'])).toMatchObject({ type: 'DOUBLE', strip: ',' });
    expect(adapted(plan([{ ...column, type: 'DOUBLE' }], ','), ['1.320,00'])).toMatchObject({
      type: 'DOUBLE',
      strip: '.',
    });
    expect(adapted(plan([{ ...column, type: 'DOUBLE', strip: '€' }]), ['€ 1,320.00'])).toMatchObject({ strip: '€,' });
  });

  it('is not read as one currency where there are two', () => {
    expect(adapted(plan([{ ...column, type: 'DOUBLE', strip: '€' }]), ['$ 5.00'])).toBeUndefined();
    expect(adapted(plan([{ ...column, type: 'DOUBLE' }]), ['$ 5.00', '€ 5.00'])).toBeUndefined();
  });

  it('stays as it is where the reader chose its type', () => {
    expect(adapted(plan([{ ...column, type: 'BIGINT', chosen: true }]), ['1,204'])).toBeUndefined();
  });
});

describe('numbers with three digits behind every point', () => {
  it('are decimal numbers, and it is said that they may be thousands', () => {
    const found = inferColumn('preis', ['1.200', '12.900', '-3.750', '80'], { ...english, delimiter: ';' });
    expect(found.type).toBe('DOUBLE');
    expect(found.note).toBe('preis: 1.200 is read as 1.2. If it means 1200, choose the decimal comma.');
  });

  it.each([
    ['one has two', ['1.200', '2.25']],
    ['a nought stands before the point', ['0.125', '0.250']],
  ])('are that without a word where %s', (_, values) => {
    expect(inferColumn('share', values, english)).toEqual({ type: 'DOUBLE' });
  });
});

it('says of numbers that are longer than a number with decimals keeps that they are rounded', () => {
  const found = inferColumn('amount', ['99999999999999999999.99', '12.5'], english);
  expect(found).toMatchObject({ type: 'DOUBLE', doubtful: true });
  expect(found.note).toContain('numbers like 99999999999999999999.99 have more digits than the 15');
  expect(inferColumn('share', ['0.1234567890123456789', '12.5'], english)).toEqual({ type: 'DOUBLE' });
});

describe('numbers of which some have a decimal comma and others a point', () => {
  it('stay text, and it is said why', () => {
    for (const around of [english, german]) {
      const found = inferColumn('preis', ['1,50', '2.25', '3', '1,99'], around);
      expect(found).toMatchObject({ type: 'VARCHAR' });
      expect(found.note).toBe('preis: kept as text, since 1,50 has a decimal comma and 2.25 a point.');
      const grouped = inferColumn('kosten', ['1.234,50', '99.5', '12'], around);
      expect(grouped).toEqual({
        type: 'VARCHAR',
        doubtful: true,
        note: 'kosten: kept as text, since 1.234,50 has a decimal comma and 99.5 a point.',
      });
    }
  });

  it('are not spoken of where other text stands between them', () => {
    expect(inferColumn('preis', ['1,50', '2.25', 'auf Anfrage'], german).note).toBeUndefined();
  });
});

describe('times with an offset from UTC', () => {
  const of = (...values: string[]) => inferColumn('at', values, english);

  it.each([
    ['one place', ['2024-03-05 10:00:00 +0100', '2024-03-06 00:30:00 +0100'], 60],
    ['one place in winter and summer', ['2024-07-05T10:00:00+02:00', '2024-03-05T10:00:00+01:00'], 60],
    ['one place far west', ['2024-07-05T10:00:00-04:00', '2024-03-05T10:00:00-05:00'], -300],
    ['half an hour more', ['2024-07-05T10:00:00+05:30'], 330],
    ['London', ['2024-07-05T10:00:00+01:00', '2024-03-05T10:00:00+00:00'], 0],
  ])('of %s are kept as its clock showed them', (_, values, clock) =>
    expect(of(...values)).toEqual({ type: 'TIMESTAMP', clock }),
  );

  it('of several places are turned into UTC, which is said', () =>
    expect(of('2024-03-05 10:00:00 +0100', '2024-03-05 10:00:00 -0500')).toEqual({
      type: 'TIMESTAMP',
      note: 'at: its times carry different offsets from UTC and are turned into UTC.',
      doubtful: true,
    }));

  it('that are UTC are that, which is said', () =>
    expect(of('2024-03-05T10:00:00Z').note).toBe('at: its times are UTC, so a day begins at midnight UTC.'));

  it('become UTC where the reader wants that, and are the clock’s again', async () => {
    const rows = '2024-03-05 00:30:00 +0100,1\n2024-03-06 00:30:00 +0100,2\n';
    const looked = await sampleFile(new File([`at,n\n${rows}`], 'a.csv'));
    const read = (plan: CsvPlan) => columnReader(plan.columns[0]!, plan)('2024-03-05 00:30:00 +0100');
    const finding = (of: CsvPlan) => of.findings!.find(({ kind }) => kind === 'clock')!;
    const plan = sniffCsv(looked, []);
    expect(finding(plan)).toMatchObject({ accepted: true, after: '2024-03-05 00:30:00' });
    expect(read(plan)).toBe('2024-03-05 00:30:00');
    const utc = refinePlan(plan, finding(plan).decline!, looked);
    expect(finding(utc).accepted).toBe(false);
    expect(read(utc)).toBe('2024-03-04 23:30:00');
    expect(read(refinePlan(utc, finding(utc).accept!, looked))).toBe('2024-03-05 00:30:00');
  });

  it.each(['2024-03-05 10:00:00 -0500', '2024-03-05T10:00:00Z'])(
    'become UTC, all of them, where %s comes after those of one clock, which is told',
    async (late) => {
      const usual = '2024-03-05 00:30:00 +0100';
      const rows = Array.from({ length: 60_000 }, (_, i) => `${i === 22_222 ? late : usual},${i}`);
      const file = new File([`placed,n\n${rows.join('\n')}\n`], 'late.csv');
      const first = sniffCsv(await sampleFile(file), []);
      expect(first.columns[0]).toMatchObject({ clock: 60 });
      const { ledger, plan } = await readBy(file, first);
      expect(ledger).toMatchObject({ rows: 60_000, rejected: 0 });
      expect(plan.columns[0]).toEqual({ name: 'placed', source: 'placed', type: 'TIMESTAMP' });
      const found = `placed: its times carry different offsets from UTC and are turned into UTC (first: "${late}" in row 22,224).`;
      expect(plan.findings).toEqual([{ kind: 'told', found }]);
    },
  );
});

describe('values that differ in capitals or blanks alone', () => {
  const told = async (header: string, values: readonly string[]): Promise<readonly string[]> => {
    const file = new File([`${header},n\n${values.map((value, i) => `${value},${i}`).join('\n')}\n`], 'a.csv');
    return sniffCsv(await sampleFile(file), []).findings!.flatMap(({ kind, found }) =>
      kind === 'told' ? [found] : [],
    );
  };

  it('are told, with what makes one of them', async () => {
    expect(await told('Marketing Kanal', ['Meta', 'TikTok', 'Meta ', 'tiktok'])).toEqual([
      'Marketing Kanal has “Meta” and “Meta ”, which count as two: lower(trim(marketing_kanal)) makes one of values that differ only in capitals or in blanks at their ends.',
    ]);
    expect(await told('mail', ['ADA@example.com', 'ben@example.com', 'ada@example.com'])).toHaveLength(1);
  });

  it('are none where every value is another or the same', async () => {
    expect(await told('channel', ['Meta', 'TikTok', 'Meta', 'Meta Ads', '-', '-'])).toEqual([]);
    expect(await told('day', ['2024-01-01', '2024-01-01 '])).toEqual([]);
  });
});

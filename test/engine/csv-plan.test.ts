import { describe, expect, it } from 'vitest';
import { cleanName, columnNames, tableName } from '../../src/engine/csv/names';
import { fileFromPaste } from '../../src/engine/csv/paste';
import { refinePlan } from '../../src/engine/csv/refine';
import { sampleFile } from '../../src/engine/csv/sample';
import { sniffCsv } from '../../src/engine/csv/sniff';

describe('table names', () => {
  it.each([
    ['Orders 2024 (1).csv', 'orders_2024_1'],
    ['order.csv', 'order_'],
    ['2024-orders.csv.gz', '_2024_orders'],
    ['Größe & Umsatz.tsv', 'grosse_umsatz'],
    ['日本.csv', 'table_1'],
    ['adSpendByDay.csv', 'ad_spend_by_day'],
  ])('of %s is %s', (file, name) => expect(tableName(file, [])).toBe(name));

  it('are unique without regard to case', () =>
    expect(tableName('orders.csv', ['Orders', 'ORDERS_2'])).toBe('orders_3'));
});

describe('column names', () => {
  it('are clean, unique and never empty', () => {
    expect(columnNames(['Order ID', 'order id', '', 'CTR (%)', '# clicks', 'select', '2024'])).toEqual([
      'order_id',
      'order_id_2',
      'column_3',
      'ctr_percent',
      'number_clicks',
      'select_',
      '_2024',
    ]);
  });
  it('keep letters of other scripts', () => expect(cleanName('السعر الكلي')).toBe('السعر_الكلي'));
});

describe('a plan that the reader changes', () => {
  const file = new File(['Report\nday;cost\n01/02/2024;1,5\n02/03/2024;2,5\n'], 'ads.csv');

  it('finds the columns anew for another delimiter, and keeps the table', async () => {
    const sample = await sampleFile(file);
    const plan = sniffCsv(sample, ['ads']);
    expect(plan).toMatchObject({ table: 'ads_2', delimiter: ';', preamble: 1, decimal: ',' });
    const changed = refinePlan(plan, { delimiter: ',' }, sample);
    expect(changed).toMatchObject({ table: 'ads_2', delimiter: ',' });
    expect(changed.columns.length).toBe(2);
    expect(refinePlan(changed, { delimiter: ';' }, sample)).toEqual(plan);
  });

  it('takes the header for a row when told so', async () => {
    const sample = await sampleFile(file);
    const changed = refinePlan(sniffCsv(sample, []), { header: false }, sample);
    expect(changed.columns.map((column) => [column.name, column.type])).toEqual([
      ['column_1', 'VARCHAR'],
      ['column_2', 'VARCHAR'],
    ]);
  });

  it('keeps totals when told so', async () => {
    const totals = await sampleFile(new File(['product,n\nRye,1\nTotal,2\n'], 'totals.csv'));
    const plan = sniffCsv(totals, []);
    expect(plan.notes.join()).toContain('totals');
    expect(refinePlan(plan, { totals: 'keep' }, totals)).toMatchObject({ totals: 'keep', notes: [] });
  });
});

it.each([
  ['tag;betrag\n05.03.24;1.234\n06.03.24;12.000\n', ',', 'BIGINT', /numbers in groups of three digits/],
  ['tag;betrag\n05.03.24;1.234\n06.03.24;0.500\n', '.', 'DOUBLE', undefined],
  ['day,amount\n2024-03-05,1.234\n2024-03-06,12.000\n', '.', 'DOUBLE', /1\.234 is read as 1\.234\. If it means 1234/],
])('reads the numbers of %j with the decimal mark %s, and tells on the card what they may be', async (...expected) => {
  const [text, decimal, type, told] = expected;
  const plan = sniffCsv(await sampleFile(new File([text], 'sales.csv')), []);
  expect(plan.decimal).toBe(decimal);
  expect(plan.columns[1]).toMatchObject({ type });
  const found = plan.findings!.map((finding) => finding.found).join();
  if (told) expect(found).toMatch(told);
  else expect(found).not.toMatch(/1\.234|points/);
});

it('reads a pasted spreadsheet range like a file', async () => {
  const plan = sniffCsv(await sampleFile(fileFromPaste('day\tcost\n2024-01-05\t1.5\n')), []);
  expect(plan).toMatchObject({ table: 'pasted', delimiter: '\t', header: true });
  expect(plan.columns.map((column) => column.type)).toEqual(['DATE', 'DOUBLE']);
});

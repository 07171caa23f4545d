import { describe, expect, it } from 'vitest';
import { lacksColumns, namesOf, proposeColumns, withNames } from '../../src/session/relink';
import type { PlannedColumn } from '../../src/table/plan';

const columns = (...list: [string, PlannedColumn['type'], string?][]): PlannedColumn[] =>
  list.map(([name, type, source = name]) => ({ name, type, source }));

describe('renamed headers', () => {
  it.each([
    [
      'of an ad account',
      { day: 'DATE', campaign: 'VARCHAR', spend: 'DOUBLE', impressions: 'BIGINT' },
      columns(
        ['Reporting_date', 'DATE'],
        ['Campaign_name', 'VARCHAR'],
        ['Amount_spent', 'DOUBLE', 'Amount spent (EUR)'],
        ['Impr', 'BIGINT', 'Impr.'],
      ),
      { day: 'Reporting_date', campaign: 'Campaign_name', spend: 'Amount_spent', impressions: 'Impr' },
    ],
    [
      'of a shop in German',
      { order_id: 'BIGINT', date: 'DATE', revenue: 'DOUBLE' },
      columns(['Bestellnummer', 'BIGINT'], ['Datum', 'DATE'], ['Umsatz', 'DOUBLE']),
      { order_id: 'Bestellnummer', date: 'Datum', revenue: 'Umsatz' },
    ],
    [
      'in another order and case',
      { a: 'BIGINT', b: 'VARCHAR' },
      columns(['B', 'VARCHAR'], ['A', 'BIGINT']),
      { a: 'A', b: 'B' },
    ],
    [
      'that became whole numbers',
      { cost: 'DOUBLE', name: 'VARCHAR' },
      columns(['costs', 'BIGINT'], ['name', 'VARCHAR']),
      { cost: 'costs', name: 'name' },
    ],
    [
      'in another spelling',
      { customerId: 'BIGINT', orderedAt: 'TIMESTAMP' },
      columns(['customer_id', 'BIGINT'], ['ordered_at', 'TIMESTAMP']),
      { customerId: 'customer_id', orderedAt: 'ordered_at' },
    ],
  ] as const)('%s are proposed', (_, known, found, mapping) => {
    expect(proposeColumns(known, found)).toEqual(mapping);
  });

  it('are not guessed where nothing is alike or the types cannot be the same', () => {
    const known = { region: 'VARCHAR', margin: 'DOUBLE' };
    expect(proposeColumns(known, columns(['zip', 'VARCHAR'], ['weather', 'VARCHAR'], ['sun', 'BOOLEAN']))).toEqual({
      region: undefined,
      margin: undefined,
    });
    expect(proposeColumns({ clicks: 'BIGINT' }, columns(['klicks', 'DATE']))).toEqual({ clicks: 'klicks' });
    expect(proposeColumns({ note: 'VARCHAR' }, columns(['x', 'DATE']))).toEqual({ note: undefined });
  });

  it('give no column to two names', () => {
    const mapping = proposeColumns(
      { spend: 'DOUBLE', cost: 'DOUBLE' },
      columns(['Cost', 'DOUBLE'], ['other', 'VARCHAR']),
    );
    expect(mapping).toEqual({ spend: undefined, cost: 'Cost' });
  });

  it('become the known names, and a column that had such a name gets another', () => {
    const found = columns(['Umsatz', 'DOUBLE'], ['revenue', 'VARCHAR'], ['day', 'DATE']);
    const names = namesOf({ revenue: 'Umsatz', day: 'day', gone: undefined }, found);
    expect(names).toEqual({ Umsatz: 'revenue' });
    const renamed = withNames(found, names);
    expect(withNames(renamed, names), 'a second time changes nothing').toEqual(renamed);
    expect(renamed.map(({ name, source }) => [name, source])).toEqual([
      ['revenue', 'Umsatz'],
      ['revenue_2', 'revenue'],
      ['day', 'day'],
    ]);
    expect(lacksColumns({ revenue: 'DOUBLE', Day: 'DATE' }, renamed)).toBe(false);
    expect(lacksColumns({ gone: 'DOUBLE' }, renamed)).toBe(true);
  });

  it('are clean whatever a notebook says they are', () => {
    const found = columns(['a', 'BIGINT'], ['b', 'BIGINT'], ['c', 'BIGINT']);
    for (const names of [
      { a: 'x', b: 'X', c: 'x' },
      { a: 1, b: null, c: {} },
      { a: '' },
      { a: 'c', b: 'a' },
      [],
      'abc',
    ]) {
      const named = withNames(found, names as never).map(({ name }) => name.toLowerCase());
      expect(new Set(named).size, JSON.stringify(names)).toBe(3);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { columnReader } from '../../src/engine/csv/columns';
import { inferColumn, type Surroundings } from '../../src/engine/csv/infer';

const english: Surroundings = { decimal: '.', delimiter: ',', nulls: new Set(['']), american: false };
const german: Surroundings = { decimal: ',', delimiter: ';', nulls: new Set(['']), american: false };

const small = Array.from({ length: 200 }, (_, i) => i + 1);

describe('a column whose largest numbers alone are grouped', () => {
  const clicks = [...small.map(String), '1,204', '12,655'];
  const amounts = [...small.map((n) => `${n},50`), '1.320,00', '-11.204,10'];

  it('is read with its groups: whole numbers', () => {
    const found = inferColumn('clicks', clicks, english);
    expect(found).toMatchObject({ type: 'BIGINT', strip: ',' });
    const read = columnReader({ name: 'clicks', source: 'clicks', ...found }, '.');
    expect(clicks.map(read)).toEqual([...small.map(String), '1204', '12655']);
  });

  it('is read with its groups: amounts', () => {
    const found = inferColumn('umsatz', amounts, german);
    expect(found).toMatchObject({ type: 'DOUBLE', strip: '.' });
    const read = columnReader({ name: 'umsatz', source: 'umsatz', ...found }, ',');
    expect(amounts.slice(-2).map(read)).toEqual(['1320.00', '-11204.10']);
    expect(amounts.filter((amount) => read(amount) === null)).toEqual([]);
  });

  it('is not bent by a few broken values, which are rejected as before', () => {
    expect(inferColumn('clicks', [...small.map(String), 'x', '1,2,3'], english)).toEqual({ type: 'BIGINT' });
    expect(inferColumn('share', [...small.map((n) => `0.${n}`), 'unknown'], english)).toEqual({ type: 'DOUBLE' });
  });
});

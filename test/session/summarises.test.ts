import { describe, expect, it } from 'vitest';
import { define } from '../../src/language/define';
import { summarises } from '../../src/session/summarises';

const sums = (source: string): boolean => summarises(define({ id: 'a', kind: 'sql', source }).body);

describe('whether a query sums up', () => {
  it('is so where it groups, or takes sums and counts alone', () => {
    expect(sums('SELECT channel, sum(revenue) FROM orders GROUP BY channel')).toBe(true);
    expect(sums('SELECT channel, round(sum(a) / count(*), 2) AS m FROM (SELECT * FROM orders) GROUP BY ALL')).toBe(
      true,
    );
    expect(sums('SELECT sum(revenue) / count(DISTINCT customer) FROM orders')).toBe(true);
    expect(sums('CREATE MACRO f(x) AS x; SELECT count(*) FROM orders')).toBe(true);
  });
  it('is not so where single rows or values may be seen', () => {
    expect(sums('SELECT * FROM orders LIMIT 5')).toBe(false);
    expect(sums('FROM orders')).toBe(false);
    expect(sums('SELECT customer, sum(revenue) FROM orders GROUP BY 1 ORDER BY 2 DESC LIMIT 15')).toBe(false);
    expect(sums('SELECT a, b, sum(c) FROM t GROUP BY ALL QUALIFY row_number() OVER (PARTITION BY a) < 4')).toBe(false);
    expect(sums('SELECT *, sum(revenue) OVER () FROM orders')).toBe(false);
    expect(sums('SELECT channel, list(email) FROM orders GROUP BY channel')).toBe(false);
    expect(sums('SELECT count(*) FROM orders UNION ALL SELECT revenue FROM orders')).toBe(false);
    expect(sums('SELECT email, (SELECT sum(revenue) FROM orders) FROM customers')).toBe(false);
    expect(sums('SELECT \'group by\' AS "group" FROM orders -- GROUP BY x')).toBe(false);
  });
});

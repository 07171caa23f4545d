import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../src/engine/engine';
import { openedEngine } from './engine-page';

const { rows } = openedEngine();

/** Sends many values through the database at once and compares each with itself. */
async function returned(values: readonly Parameter[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let start = 0; start < values.length; start += 50) {
    const part = values.slice(start, start + 50);
    const text = `SELECT ${part.map((_, i) => `$${i + 1} AS c${i}`).join(', ')}`;
    found.push(...Object.values((await rows(text, [...part]))[0]!));
  }
  return found;
}

describe('parameters come back as they went', () => {
  it.each<[string, fc.Arbitrary<Parameter>]>([
    [
      'texts',
      fc.string({
        unit: fc.oneof(
          fc.constantFrom(...'\'"\\$;-\0\n\r\t%🥐'),
          fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
        ),
      }),
    ],
    ['numbers', fc.double()],
    ['small numbers', fc.double({ min: -1e-300, max: 1e-300 })],
    ['integers', fc.maxSafeInteger()],
    ['booleans', fc.boolean()],
    ['moments', fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })],
  ])('%s', async (_, arbitrary) => {
    const values = fc.sample(arbitrary, { seed: 11, numRuns: 600 });
    const found = await returned(values);
    values.forEach((value, i) => {
      // SQL has no negative zero in its integers; as numbers the two are equal.
      if (value === 0) expect(found[i] === 0).toBe(true);
      else expect(found[i]).toEqual(value);
    });
  });

  it('big integers', async () => {
    const values = fc.sample(fc.bigInt({ min: -(2n ** 126n), max: 2n ** 126n }), { seed: 11, numRuns: 300 });
    const found = await returned(values);
    values.forEach((value, i) => expect(BigInt(found[i] as number | bigint)).toBe(value));
  });

  it('the special ones', async () => {
    const values = [null, Infinity, -Infinity, NaN, 5e-324, 1.7976931348623157e308, new Date(NaN)];
    expect(await returned(values)).toEqual([...values.slice(0, -1), null]);
  });

  it('lists, nested and empty', async () => {
    const [found] = await rows('SELECT $1 AS a, $2 AS b, len($3) AS c, 3 IN $1 AS d', [
      [1, 2, 3],
      [['x', "'"], ['y']],
      [],
    ]);
    expect([...(found!.a as Int32Array)]).toEqual([1, 2, 3]);
    expect(found!.b).toEqual([['x', "'"], ['y']]);
    expect(found!.c).toBe(0);
    expect(found!.d).toBe(true);
  });
});

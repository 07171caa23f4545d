import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementOffset, extentOf, MAX_HEIGHT, rowsOffset, scrolled } from '../../src/ui/grid/scroll';

const VIEW = 380;

describe('the scaled scroll', () => {
  it('keeps the element below what browsers allow and reaches the last pixel of ten million rows', () => {
    const extent = extentOf(10_000_000 * 28, VIEW);
    expect(extent.element + VIEW).toBeLessThanOrEqual(MAX_HEIGHT);
    expect(rowsOffset(extent.element, extent)).toBe(extent.rows);
    expect(rowsOffset(0, extent)).toBe(0);
  });

  it('is its own inverse', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, share) => {
          const extent = extentOf(rows * 28, VIEW);
          const offset = share * extent.rows;
          expect(rowsOffset(elementOffset(offset, extent), extent)).toBeCloseTo(offset, 3);
        },
      ),
      { seed: 7 },
    );
  });

  it('never goes back when the bar goes forth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 }),
        (rows, shares) => {
          const extent = extentOf(rows * 28, VIEW);
          const offsets = shares.sort((a, b) => a - b).map((share) => rowsOffset(share * extent.element, extent));
          expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
        },
      ),
      { seed: 7 },
    );
  });

  it('moves rows pixel by pixel under a wheel and goes to the place under the bar', () => {
    const extent = extentOf(10_000_000 * 28, VIEW);
    const middle = elementOffset(140_000_000, extent);
    expect(scrolled(140_000_000, middle, middle + 100, VIEW, extent)).toBe(140_000_100);
    const far = scrolled(140_000_000, middle, middle + 100_000, VIEW, extent);
    expect(far).toBeCloseTo(rowsOffset(middle + 100_000, extent), 6);
  });
});

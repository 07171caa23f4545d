import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import { fromComponents, principalComponents } from '../../../src/stats/cluster/principal-components';
import { column, fromColumns, fromRows, zeros } from '../../../src/stats/linear/matrix';
import { mean, standardDeviation, variance } from '../../../src/stats/summary/moments';
import { hasKnownData, iris, knownCase, knownColumns } from './known-data';

describe('principalComponents', () => {
  const random = seededRandom(2);
  const rows = Array.from({ length: 600 }, () => {
    const [along, across] = [5 * random.normal(), random.normal()];
    return [0.6 * along - 0.8 * across + 10, 0.8 * along + 0.6 * across - 3];
  });
  const data = fromRows(rows);

  it('finds the directions and variances again that data were drawn along', () => {
    const { components, variance: along, share } = principalComponents(data);
    [0.6, 0.8].forEach((value, j) => expect(Math.abs(components.values[j]! - value)).toBeLessThan(0.02));
    expect(along[0]! / 25).toBeCloseTo(1, 0);
    expect(along[1]! / 1).toBeCloseTo(1, 0);
    expect(share[0]! + share[1]!).toBeCloseTo(1, 12);
  });

  it('has scores of those variances, that give the data back', () => {
    const parts = principalComponents(data);
    expect(variance(column(parts.scores, 0))).toBeCloseTo(parts.variance[0]!, 9);
    const back = fromComponents(parts, parts.scores);
    back.values.forEach((value, i) => expect(value).toBeCloseTo(data.values[i]!, 9));
  });

  it('refuses one row and columns that never vary', () => {
    expect(() => principalComponents(zeros(1, 2))).toThrow(/two rows/);
    expect(() => principalComponents(zeros(5, 2))).toThrow(/No column varies/);
  });
});

describe.skipIf(!hasKnownData)('principal components beside scikit-learn (shared/reference/customers, case 09)', () => {
  it('has the variances and directions of scaled USArrests', () => {
    const { pca } = knownCase('09_hclust_pca_usarrests') as {
      pca: { explained_variance: number[]; ratio: number[]; abs_components: number[][] };
    };
    const table = knownColumns('usarrests', 1, 5);
    const scaled = fromColumns(
      table[0]!.map((_, j) => {
        const values = table.map((row) => row[j]!);
        const [center, scale] = [mean(values), standardDeviation(values)];
        return values.map((value) => (value - center) / scale);
      }),
    );
    const ours = principalComponents(scaled);
    pca.explained_variance.forEach((value, m) => expect(ours.variance[m]).toBeCloseTo(value, 9));
    pca.ratio.forEach((value, m) => expect(ours.share[m]).toBeCloseTo(value, 9));
    pca.abs_components.forEach((direction, m) =>
      direction.forEach((value, j) => expect(Math.abs(column(ours.components, m)[j]!)).toBeCloseTo(value, 8)),
    );
  });

  it('has the published variances of iris', () => {
    // prcomp(iris[, 1:4])$sdev of R, as printed in its documentation and many textbooks.
    [2.0562689, 0.4926162, 0.2796596, 0.1543862].forEach((deviation, m) =>
      expect(Math.sqrt(principalComponents(iris()).variance[m]!)).toBeCloseTo(deviation, 6),
    );
  });
});

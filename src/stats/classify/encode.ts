import { LevainError } from '../../base/problem';
import type { Predictor, Warning } from '../regression/design';
import { checkFeatures, readFeature, type Feature } from './features';

/** How one column becomes columns of numbers. */
type ColumnCode =
  | { readonly name: string; readonly kind: 'number'; readonly fill: number; readonly flagMissing: boolean }
  | { readonly name: string; readonly kind: 'category'; readonly levels: readonly string[] };

/** How columns of any kind become the numbers that a regression takes: learnt on some rows, used on any. */
export interface Encoding {
  readonly codes: readonly ColumnCode[];
  readonly warnings: readonly Warning[];
}

/** Categories with fewer rows than this share are put together. */
const RARE = 0.01;
const MOST_LEVELS = 30;
const OTHER = 'other';
const MISSING = 'missing';

/**
 * Learns how to turn columns into numbers for a regression: a missing number becomes the mean of the others, with a
 * column that says so; each category but the most frequent becomes a column of zeros and ones. Categories of under 1 % of
 * the rows, and those beyond the 30 most frequent, become “other”.
 *
 * @returns a column without any value is left out with a warning
 * @throws LevainError `mixed-column`, `infinite`, `duplicate-name`, `unequal-lengths`, `too-few-values`
 * @example encodingOf([{ name: 'city', values: ['Gent', 'Gent', 'Aalst'] }]).codes[0].levels // => ['Aalst']
 */
export function encodingOf(features: readonly Feature[]): Encoding {
  checkFeatures(features, features[0]?.values.length ?? 0);
  const warnings: Warning[] = [];
  const codes = features.flatMap((feature): ColumnCode[] => {
    const read = readFeature(feature);
    if (read.kind === 'category') return [{ name: read.name, kind: 'category', levels: levelsOf(read.values) }];
    const known = read.values.filter((value) => !Number.isNaN(value));
    if (known.length === 0) {
      const message = `Column "${read.name}" is empty in every row: it was left out.`;
      warnings.push({ code: 'empty-column', message });
      return [];
    }
    const fill = known.reduce((sum, value) => sum + value, 0) / known.length;
    return [{ name: read.name, kind: 'number', fill, flagMissing: known.length < read.values.length }];
  });
  return { codes, warnings };
}

/**
 * Columns of numbers by a learnt encoding. A category it has not met counts as “other” where there is one, else as the
 * most frequent.
 *
 * @throws LevainError `missing-column`, `mixed-column`
 * @example encodeFeatures({ codes: [{ name: 'city', kind: 'category', levels: ['Aalst'] }] }, [{ name: 'city', values: ['Aalst', 'Gent'] }]).map(({ name, values }) => [name, ...values]) // => [['city: Aalst', 1, 0]]
 */
export function encodeFeatures({ codes }: Pick<Encoding, 'codes'>, features: readonly Feature[]): Predictor[] {
  return codes.flatMap((code): Predictor[] => {
    const feature = features.find(({ name }) => name === code.name);
    if (!feature) {
      const message = `The encoding was learnt with a column "${code.name}", which is not among those given.`;
      throw new LevainError({ code: 'missing-column', message });
    }
    const read = readFeature(feature);
    if (code.kind === 'category') {
      const isKnown = new Set(code.levels);
      const values = Array.from(feature.values, (_, i) => {
        const level = (read.kind === 'category' ? read.values[i] : undefined) ?? MISSING;
        return isKnown.has(level) ? level : OTHER;
      });
      return code.levels.map((level) => ({
        name: `${code.name}: ${level}`,
        values: Float64Array.from(values, (value) => Number(value === level)),
      }));
    }
    if (read.kind === 'category') {
      const message = `Column "${code.name}" was numbers when the encoding was learnt, and is text now.`;
      throw new LevainError({ code: 'mixed-column', message });
    }
    const filled = read.values.map((value) => (Number.isNaN(value) ? code.fill : value));
    const flags = read.values.map((value) => Number(Number.isNaN(value)));
    return [
      { name: code.name, values: filled },
      ...(code.flagMissing ? [{ name: `${code.name}: ${MISSING}`, values: flags }] : []),
    ];
  });
}

/** The categories that get a column, from the most frequent but one down. */
function levelsOf(values: readonly (string | undefined)[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value ?? MISSING, (counts.get(value ?? MISSING) ?? 0) + 1);
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const frequent = sorted.filter(([, count], at) => at < MOST_LEVELS && count >= RARE * values.length);
  const levels = frequent.slice(1).map(([level]) => level);
  return frequent.length < sorted.length ? [...new Set([...levels, OTHER])] : levels;
}

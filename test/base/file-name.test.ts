import { expect, it } from 'vitest';
import { fileName } from '../../src/base/file-name';

it('a file name is the words without what some system refuses, and never empty', () => {
  expect(fileName('Weekly paid media', 'Notebook')).toBe('Weekly paid media');
  expect(fileName('Q1/Q2: "ROAS" <5?', 'Notebook')).toBe('Q1 Q2 ROAS 5');
  expect(fileName('../..', 'chart')).toBe('chart');
  expect(fileName('Été 🥐', 'Notebook')).toBe('Été 🥐');
  const title = `${'Sales by week '.repeat(7)}90 % sure, from the spread`;
  expect(fileName(title, 'chart')).toBe(`${'Sales by week '.repeat(7)}90`);
  expect(fileName('x'.repeat(300), 'chart')).toHaveLength(100);
});

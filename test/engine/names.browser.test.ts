import { expect, it } from 'vitest';
import { cleanName } from '../../src/engine/csv/names';
import { openedEngine } from './engine-page';

const { rows, define } = openedEngine();

it('every word that the database keeps for itself gives a name for tables and columns that needs no quotes', async () => {
  const words = await rows('SELECT DISTINCT keyword_name AS word FROM duckdb_keywords()');
  expect(words.length).toBeGreaterThan(400);
  const refused: string[] = [];
  for (const name of words.map(({ word }) => cleanName(String(word)))) {
    await define(name, `SELECT 1 AS "${name}"`, [], true);
    await rows(`SELECT ${name}, sum(${name}) FROM ${name} WHERE ${name} = 1 GROUP BY ${name} ORDER BY ${name}`).catch(
      () => refused.push(name),
    );
  }
  expect(refused).toEqual([]);
});

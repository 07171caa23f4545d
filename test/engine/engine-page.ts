import { afterAll, beforeAll } from 'vitest';
import { assets } from '../../src/engine/assets';
import { DuckDbEngine } from '../../src/engine/duckdb-engine';
import type { Parameter } from '../../src/engine/engine';
import { problemOf, type Problem } from '../../src/base/problem';
import { workbookWalls } from '../../src/session/walls';
import { decodeTable } from '../../src/table/decode';

/** An engine for a test file, and short words for what the tests do with it. */
export function openedEngine() {
  const engine = new DuckDbEngine(assets(), workbookWalls());
  beforeAll(() => engine.open());
  afterAll(() => engine.close());
  let run = 0;

  const rows = async (text: string, parameters: Parameter[] = []): Promise<Record<string, unknown>[]> =>
    decodeTable(await engine.query(`run ${++run}`, { text, parameters })).toArray();
  const value = async (text: string, parameters: Parameter[] = []): Promise<unknown> =>
    Object.values((await rows(text, parameters))[0] ?? {})[0];
  const define = (name: string, text: string, parameters: Parameter[] = [], view = false) =>
    engine.define(`run ${++run}`, name, { text, parameters }, { view });
  const execute = (text: string) => engine.execute(`run ${++run}`, { text, parameters: [] });
  return { engine, rows, value, define, execute };
}

/** The problem with which `work` rejects. */
export async function problem(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    return problemOf(error);
  }
  throw new Error('nothing was rejected');
}

import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/base/problem';
import type { Parameter } from '../../src/engine/engine';
import { define } from '../../src/language/define';
import { checkSql } from '../../src/session/check-sql';

const unknown: Problem = { code: 'unknown-column', message: 'There is no column x.' };

/** Checks a source against a database that always has a problem; tells what it was asked. */
async function check(source: string, { told = unknown, ready = true } = {}) {
  const asked: [string, readonly Parameter[] | undefined][] = [];
  const problem = await checkSql(define({ id: 'a', kind: 'sql', source }), {
    engine: {
      check: (text, parameters) => {
        asked.push([text.trimEnd(), parameters]);
        return Promise.resolve({ code: 'binder', message: 'raw' });
      },
    },
    isReady: () => ready,
    explain: () => told,
  });
  return { problem, asked };
}

describe('SQL while it is written', () => {
  it('is explained by the database, and its problem told in plain words', async () => {
    expect(await check('SELECT x FROM t')).toEqual({ problem: unknown, asked: [['SELECT x FROM t', []]] });
  });

  it('has no values within ${…}, so that only what holds for all of them is told', async () => {
    const { problem, asked } = await check('SELECT x FROM t WHERE y = ${1 + 1}');
    expect(asked).toEqual([['SELECT x FROM t WHERE y = $1', [null]]]);
    expect(problem).toEqual(unknown);
    const types = { code: 'argument-types', message: 'sum takes numbers.' };
    expect((await check('SELECT sum(${x}) FROM t', { told: types })).problem).toBeNull();
    expect((await check('SELECT sum(day) FROM t', { told: types })).problem).toEqual(types);
  });

  it.each([
    'SELECT * FROM ${id(x)}',
    'CREATE MACRO f(x) AS x; SELECT f(y)',
    'PIVOT t ON a USING sum(b)',
    'DESCRIBE t',
    'SUMMARIZE t',
    '',
  ])('is not asked about where only a run can tell: %s', async (source) => {
    expect(await check(source)).toEqual({ problem: null, asked: [] });
  });

  it('is not asked about while what it reads has not run', async () => {
    expect(await check('SELECT x FROM later', { ready: false })).toEqual({ problem: null, asked: [] });
  });
});

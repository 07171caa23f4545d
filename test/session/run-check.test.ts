import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { expect, it } from 'vitest';
import { define } from '../../src/language/define';
import type { CheckBody } from '../../src/language/definition';
import { runCheck } from '../../src/session/run-check';

it.each([
  ['orders.revenue is at least 0', 1, '1 row is outside, such as -4'],
  ['orders.revenue is at least 0', 2, '2 rows are outside, such as -4'],
  ['orders.day is not null', 1, '1 row has no value'],
  ["orders.country is one of 'DE', 'AT'", 1, '1 row holds something else, such as -4'],
])('%s, broken by %d: %s', async (source, bad, words) => {
  const answer = tableToIPC(tableFromArrays({ bad: [bad], example: [words.includes('such as') ? '-4' : null] }), {
    format: 'stream',
  }) as Uint8Array;
  const { body } = define({ id: 'c', kind: 'check', source });
  const running = runCheck({ query: () => Promise.resolve(answer) }, 'r', body as CheckBody);
  await expect(running).rejects.toMatchObject({ problem: { message: `“${source}” does not hold: ${words}.` } });
});

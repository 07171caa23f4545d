import { expect, it } from 'vitest';
import { engineError } from '../../src/engine/errors';

it('finds DuckDB’s own error behind what its page sets before it', () => {
  const raw = `Failed to insert into table 't': {"exception_type":"Out of Memory","exception_message":"Allocation failure"}`;
  expect(engineError(new Error(raw)).problem).toEqual({
    code: 'out-of-memory',
    message: 'The database needs more memory for this than the browser gives it.',
    hint: 'Read fewer columns or rows, or sum up earlier.',
  });
  const plain = engineError(new Error('{"exception_type":"Binder","exception_message":"no {column}"}'));
  expect(plain.problem).toEqual({ code: 'binder', message: 'no {column}' });
  expect(engineError(new Error('something {else}')).problem).toEqual({ code: 'engine', message: 'something {else}' });
});

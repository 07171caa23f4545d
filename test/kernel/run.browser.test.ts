import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromKernel, openKernel, type Opened } from './open-kernel';

describe('a cell in the kernel', () => {
  let opened: Opened;
  beforeAll(async () => void (opened = await openKernel()));
  afterAll(() => opened.close());

  it('shows the value of its final expression', async () => {
    const { output, problem } = await opened.run('levain$value=(1 + 1);');
    expect(problem).toBeUndefined();
    expect(output.outputs).toEqual([{ type: 'number', value: 2 }]);
  });

  it('defines names that later cells read', async () => {
    const first = await opened.run('const double = (n) => 2 * n; let base = await 21;', {
      cell: 'a',
      outputs: ['double', 'base'],
    });
    expect(first.defined).toEqual([
      { name: 'double', kind: 'value' },
      { name: 'base', kind: 'value' },
    ]);
    const second = await opened.run('levain$value=(double(base));', {
      cell: 'b',
      inputs: fromKernel('double', 'base'),
    });
    expect(second.output.outputs).toEqual([{ type: 'number', value: 42 }]);
  });

  it('reports an error at its own line and column', async () => {
    const { problem } = await opened.run('const a = 1;\n\n  missing(a);\n');
    expect(problem).toMatchObject({
      code: 'cell-error',
      message: 'ReferenceError: missing is not defined',
      line: 3,
      column: 3,
    });
    const first = await opened.run('const a = 1; null.x;');
    expect(first.problem).toMatchObject({ line: 1, column: 19 });
  });
});

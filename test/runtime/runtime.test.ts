import { describe, expect, it } from 'vitest';
import { Sketch, tick } from './notation';

const always = (): boolean => true;

async function ran(line: string, autorun?: (ids: readonly string[]) => boolean): Promise<Sketch> {
  const sketch = new Sketch(line, autorun);
  sketch.runtime.runAll();
  await sketch.runtime.idle();
  return sketch;
}

describe('running', () => {
  it('does nothing until it is asked, however cheap', async () => {
    const sketch = new Sketch('a -> b', always);
    sketch.edit('a');
    await sketch.runtime.idle();
    expect(sketch.log).toEqual([]);
    expect(sketch.states).toBe('a:stale(never-run) b:stale(never-run)');
  });

  it('follows the names and not the place in the notebook', async () => {
    const sketch = await ran('c; b -> c; a -> b');
    expect(sketch.log).toEqual(['a', 'b', 'c']);
    expect(sketch.states).toBe('c:ok b:ok a:ok');
  });

  it('runs the stale ancestors of a node first, and nothing else', async () => {
    const sketch = new Sketch('a -> b -> c -> d; x -> y');
    sketch.runtime.run(['c']);
    await sketch.runtime.idle();
    expect(sketch.log).toEqual(['a', 'b', 'c']);
    sketch.runtime.run(['c']);
    await sketch.runtime.idle();
    expect(sketch.log).toEqual(['a', 'b', 'c', 'c']);
  });

  it('runs one node of a lane at a time, in notebook order, and lanes beside each other', async () => {
    const sketch = new Sketch('a@engine; b@kernel; c@engine; d@kernel');
    sketch.immediate = false;
    sketch.runtime.run(['d', 'c', 'b', 'a']);
    await tick();
    expect(sketch.states).toBe('a:running b:running c:queued d:queued');
    sketch.end('b');
    await tick();
    expect(sketch.states).toBe('a:running b:ok c:queued d:running');
  });

  it('gives every run a greater version', async () => {
    const sketch = new Sketch('a -> b');
    sketch.immediate = false;
    sketch.runtime.runAll();
    await tick();
    const first = sketch.open[0]!.context.version;
    sketch.end('a');
    await tick();
    expect(sketch.open[0]!.context.version).toBeGreaterThan(first);
  });

  it('does not run twice what is asked for twice', async () => {
    const sketch = new Sketch('a -> b');
    sketch.runtime.runAll();
    sketch.runtime.runAll();
    await sketch.runtime.idle();
    expect(sketch.log).toEqual(['a', 'b']);
  });

  it('takes along what lies between two nodes that are run', async () => {
    const sketch = await ran('a -> between -> b');
    sketch.runtime.invalidate('between', { because: 'lost' });
    sketch.runtime.run(['b']);
    await sketch.runtime.idle();
    sketch.log.length = 0;
    sketch.runtime.run(['a', 'b']);
    await sketch.runtime.idle();
    expect(sketch.log).toEqual(['a', 'between', 'b']);
    expect(sketch.states).toBe('a:ok between:ok b:ok');
  });

  it('remembers what the last good run took', async () => {
    const sketch = await ran('a; b=error');
    sketch.edit('a');
    expect(sketch.runtime.lastMilliseconds('a')).toBeGreaterThanOrEqual(0);
    expect(sketch.runtime.lastMilliseconds('b')).toBeUndefined();
  });

  it('tells which nodes changed their state', async () => {
    const sketch = await ran('a -> b; c');
    sketch.told.length = 0;
    sketch.edit('a');
    expect(sketch.told).toEqual([['a', 'b']]);
  });
});

describe('staleness', () => {
  it('of an edited node and its descendants names the nearest change', async () => {
    const sketch = await ran('a -> b -> c; d');
    sketch.edit('a');
    expect(sketch.states).toBe('a:stale(edited) b:stale(a) c:stale(a) d:ok');
    sketch.edit('b');
    expect(sketch.states).toBe('a:stale(edited) b:stale(edited) c:stale(b) d:ok');
    expect(sketch.state('c')).toMatchObject({ reason: { because: 'input-changed', node: 'b', name: 'b' } });
  });

  it('does not come from a move, a label or the same specs once more', async () => {
    const sketch = await ran('a -> b');
    sketch.change('a', { label: 'cell 1' });
    sketch.apply();
    sketch.runtime.setNodes([...sketch.specs.values()].reverse());
    expect(sketch.states).toBe('a:ok b:ok');
  });

  it('comes to readers when a name gains, changes and loses its definer', async () => {
    const sketch = await ran('b -> c; x defines other');
    sketch.edit('b', { inputs: ['Week'] });
    sketch.runtime.runStale();
    await sketch.runtime.idle();
    expect(sketch.states).toBe('b:ok c:ok x:ok');
    sketch.edit('x', { outputs: ['week'] });
    expect(sketch.states).toBe('b:stale(x) c:stale(x) x:stale(edited)');
    sketch.runtime.runStale();
    await sketch.runtime.idle();
    sketch.remove('x');
    expect(sketch.states).toBe('b:stale(no Week) c:stale(no Week)');
    sketch.draw('y defines WEEK');
    expect(sketch.states).toBe('b:stale(y) c:stale(y) y:stale(never-run)');
  });

  it('is told from outside by invalidate', async () => {
    const sketch = await ran('a -> b');
    sketch.runtime.invalidate('a', { because: 'lost' });
    expect(sketch.states).toBe('a:stale(lost) b:stale(a)');
  });

  it('is undone by one call of runStale', async () => {
    const sketch = await ran('a -> b; c');
    sketch.edit('a');
    sketch.log.length = 0;
    sketch.runtime.runStale();
    await sketch.runtime.idle();
    expect(sketch.log).toEqual(['a', 'b']);
  });
});

describe('autorun', () => {
  it('runs an edited node and what reads it when that is cheap', async () => {
    const asked: (readonly string[])[] = [];
    const sketch = await ran('a -> b; c', (ids) => asked.push(ids) > 0);
    sketch.log.length = 0;
    sketch.edit('a');
    await sketch.runtime.idle();
    expect(asked).toEqual([['a', 'b']]);
    expect(sketch.log).toEqual(['a', 'b']);
  });

  it('leaves what is dear stale', async () => {
    const sketch = await ran('a -> b', () => false);
    sketch.runtime.run(['a']);
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:ok b:stale(a)');
  });

  it('takes readers along when a node is run', async () => {
    const sketch = await ran('a -> b', always);
    sketch.log.length = 0;
    sketch.runtime.run(['a']);
    expect(sketch.states).toBe('a:running b:queued');
    await sketch.runtime.idle();
    expect(sketch.log).toEqual(['a', 'b']);
  });

  it('never runs what was not asked for, not even as an input', async () => {
    const sketch = await ran('a -> b', always);
    sketch.draw('new -> b');
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:ok b:stale(edited) new:stale(never-run)');
  });
});

describe('a lost value', () => {
  it('is made again for what was under way on it, however dear that is', async () => {
    const sketch = await ran('a -> b', () => false);
    sketch.runtime.run(['b']);
    sketch.runtime.invalidate('a', { because: 'lost' });
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:ok b:ok');
  });

  it('is not made again for what rests', async () => {
    const sketch = await ran('a -> b', () => false);
    sketch.runtime.invalidate('a', { because: 'lost' });
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:stale(lost) b:stale(a)');
  });
});

describe('errors', () => {
  it('block descendants and leave the rest running', async () => {
    const sketch = await ran('a -> b -> c; a -> d; b=error');
    expect(sketch.states).toBe('a:ok b:error c:blocked(b) d:ok');
    expect(sketch.state('b')).toMatchObject({ problem: { message: 'b fails' } });
  });

  it('name the nearest culprit', async () => {
    const sketch = await ran('a -> b -> d; c -> d; a=broken; c=broken');
    expect(sketch.states).toBe('a:error b:blocked(a) d:blocked(c) c:error');
  });

  it('lift with the fix, and what was asked for runs', async () => {
    const sketch = await ran('a -> b; a=broken', always);
    sketch.edit('a', { problem: undefined });
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:ok b:ok');
  });

  it('with the code of a cancel are a cancel, not an error', async () => {
    const sketch = new Sketch('a -> b; a=cancelled');
    sketch.runtime.runAll();
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:cancelled b:blocked(a)');
  });

  it('keep disabled nodes and their readers still', async () => {
    const sketch = await ran('a -> b -> c; b=disabled');
    expect(sketch.states).toBe('a:ok b:disabled c:blocked(b)');
    sketch.edit('b', { disabled: false });
    sketch.runtime.runStale();
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:ok b:ok c:ok');
  });
});

describe('broken names', () => {
  it('are duplicate without regard to case, for both definers', async () => {
    const sketch = await ran('a defines Week; b defines week; c; d');
    sketch.edit('c', { inputs: ['WEEK'] });
    sketch.runtime.run(['c']);
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:error b:error c:blocked(a) d:ok');
    expect(sketch.state('a')).toMatchObject({
      problem: {
        code: 'duplicate-name',
        message: '"Week" is also defined by b. A name has one definer; upper and lower case count as the same.',
      },
    });
    sketch.remove('b');
    sketch.runtime.runStale();
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:ok c:ok d:ok');
  });

  it('leave their results to those that had them first', async () => {
    const sketch = await ran('a -> c; file');
    sketch.draw('b defines a file');
    expect(sketch.states).toBe('a:error c:blocked(a) file:error b:error');
    sketch.edit('b', { outputs: ['b'] });
    expect(sketch.states).toBe('a:ok c:stale(b) file:ok b:stale(never-run)');
    sketch.log.length = 0;
    sketch.runtime.runStale();
    await sketch.runtime.idle();
    expect(sketch.log).toEqual(['c', 'b']);
  });

  it('hold back what reads any name of a broken node', async () => {
    const sketch = await ran('a defines x y; b defines z');
    sketch.edit('b', { inputs: ['x'] });
    sketch.runtime.runStale();
    await sketch.runtime.idle();
    sketch.draw('other defines y');
    expect(sketch.states).toBe('a:error b:blocked(a) other:error');
  });

  it('stop what is under way', async () => {
    const sketch = new Sketch('a');
    sketch.immediate = false;
    sketch.runtime.run(['a']);
    await tick();
    sketch.draw('b defines A');
    expect(sketch.open[0]!.context.signal.aborted).toBe(true);
    sketch.end('a');
    await sketch.runtime.idle();
    sketch.remove('b');
    expect(sketch.states).toBe('a:stale(never-run)');
  });

  it('are duplicate within one node', async () => {
    const sketch = await ran('a defines x X');
    expect(sketch.state('a')).toMatchObject({ problem: { code: 'duplicate-name' } });
  });

  it('do not clash with those of a disabled node', async () => {
    const sketch = await ran('a defines x; b=disabled defines x; x2');
    expect(sketch.states).toBe('a:ok b:disabled x2:ok');
  });

  it('go round in a circle, with the way in the message, while the rest runs', async () => {
    const sketch = await ran('a -> b -> c -> a; c -> d; e');
    expect(sketch.states).toBe('a:error b:error c:error d:blocked(c) e:ok');
    expect(sketch.state('a')).toMatchObject({
      problem: { code: 'cycle', message: 'These names wait for each other: "a" reads "c" reads "b" reads "a".' },
    });
    sketch.edit('a', { inputs: [] });
    sketch.runtime.runStale();
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:ok b:ok c:ok d:ok e:ok');
  });

  it('read themselves', async () => {
    const sketch = await ran('a -> a');
    expect(sketch.state('a')).toMatchObject({ problem: { code: 'cycle', message: '"a" reads itself.' } });
  });

  it('are no error where nobody defines them', async () => {
    const sketch = new Sketch('a');
    sketch.edit('a', { inputs: ['Math', 'orders'] });
    sketch.runtime.runAll();
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:ok');
  });
});

describe('late results', () => {
  it('of a cancelled node are dropped, and its readers blocked', async () => {
    const sketch = new Sketch('a -> b');
    sketch.immediate = false;
    sketch.runtime.runAll();
    await tick();
    const { signal } = sketch.open[0]!.context;
    sketch.runtime.cancel('a');
    expect(signal.aborted).toBe(true);
    sketch.end('a');
    await sketch.runtime.idle();
    expect(sketch.states).toBe('a:cancelled b:blocked(a)');
  });

  it('of an edited node are dropped', async () => {
    const sketch = new Sketch('a -> b');
    sketch.immediate = false;
    sketch.runtime.runAll();
    await tick();
    const { signal } = sketch.open[0]!.context;
    sketch.edit('a');
    expect(signal.aborted).toBe(true);
    sketch.end('a');
    await tick();
    expect(sketch.states).toBe('a:stale(never-run) b:stale(never-run)');
    expect(sketch.runtime.lastMilliseconds('a')).toBeUndefined();
  });

  it('hold their lane until they have settled', async () => {
    const sketch = new Sketch('a@kernel; b@kernel');
    sketch.immediate = false;
    sketch.runtime.runAll();
    await tick();
    sketch.runtime.cancel('a');
    expect(sketch.states).toBe('a:cancelled b:queued');
    sketch.end('a');
    await tick();
    expect(sketch.states).toBe('a:cancelled b:running');
  });

  it('of everything are dropped by cancel without an id', async () => {
    const sketch = new Sketch('a -> b; c@x; d@x');
    sketch.immediate = false;
    sketch.runtime.runAll();
    await tick();
    sketch.runtime.cancel();
    expect(sketch.states).toBe('a:cancelled b:blocked(a) c:cancelled d:cancelled');
  });

  it('make a running reader begin again when its input is run again', async () => {
    const sketch = await ran('a -> b');
    sketch.immediate = false;
    sketch.runtime.run(['b']);
    await tick();
    sketch.runtime.run(['a']);
    expect(sketch.states).toBe('a:running b:queued');
  });
});

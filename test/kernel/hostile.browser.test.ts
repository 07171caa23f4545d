import { afterEach, describe, expect, it } from 'vitest';
import { fromKernel, openKernel, type Opened } from './open-kernel';

/** A page that is kept from its turns stands still as long as the cell goes on; the figure is the robustness tests'. */
const AWAKE_MILLISECONDS = 2000;

/** The longest time the page went without a turn while `act` was going on. */
async function longestPause<T>(act: () => Promise<T>): Promise<{ result: T; pause: number }> {
  let pause = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    pause = Math.max(pause, now - last);
    last = now;
  }, 5);
  const result = await act();
  clearInterval(timer);
  return { result, pause: Math.max(pause, performance.now() - last) };
}

describe('a hostile cell', () => {
  let opened: Opened;
  afterEach(() => opened.close());

  it('that never ends is stopped and the page stays awake', async () => {
    opened = await openKernel();
    const running = opened.run('while (true) {}');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { pause } = await longestPause(() => opened.kernel.restart());
    expect((await running).problem?.code).toBe('cancelled');
    expect(pause).toBeLessThan(AWAKE_MILLISECONDS);
    expect((await opened.run('levain$value=("alive");')).output.outputs).toEqual([{ type: 'text', text: 'alive' }]);
  });

  it('loses what it held when the kernel restarts', async () => {
    opened = await openKernel();
    await opened.run('const secret = 1; globalThis.left = 2;', { outputs: ['secret'] });
    await opened.kernel.restart();
    const { output } = await opened.run('levain$value=([typeof secret, typeof left].join());', {
      inputs: fromKernel('secret'),
    });
    expect(output.outputs).toEqual([{ type: 'text', text: 'undefined,undefined' }]);
  });

  it('that floods is ended with the reason shown, and the page stays awake', async () => {
    opened = await openKernel();
    const { result, pause } = await longestPause(() => opened.run('for (;;) progress(0.5, "x");'));
    expect(result.problem).toMatchObject({
      code: 'kernel-limit',
      message: 'The cell sent too many messages; it was stopped.',
    });
    expect(pause).toBeLessThan(AWAKE_MILLISECONDS);
    expect(opened.restarts.map(({ code }) => code)).toEqual(['kernel-limit']);
    expect((await opened.run('levain$value=(1);')).output.outputs).toEqual([{ type: 'number', value: 1 }]);
  });

  it('that shows without end is ended', async () => {
    opened = await openKernel();
    const { problem } = await opened.run('for (let i = 0; ; i++) display(i);');
    expect(problem?.message).toMatch(/showed more than 500 things|too many messages/);
  });

  it('that shows a text of 200 MB shows its beginning and says how long it is', async () => {
    opened = await openKernel();
    const { result, pause } = await longestPause(() => opened.run('levain$value=("x".repeat(200_000_000));'));
    const [shown] = result.output.outputs;
    expect(shown).toMatchObject({ type: 'text' });
    expect((shown as { text: string }).text).toMatch(/x…\n\(The first 200,000 of 200,000,000 characters\.\)$/);
    expect(pause).toBeLessThan(AWAKE_MILLISECONDS);
  });

  it('that makes a drawing too large to send is ended', async () => {
    opened = await openKernel({
      rate: 500,
      burst: 3000,
      message: 100_000,
      run: 1e6,
      tables: 1e6,
      outputs: 10,
      queries: 4,
    });
    const { problem } = await opened.run(
      'levain$value=(Plot.dot(Array.from({length: 5000}, (_, i) => [i, i])).plot());',
    );
    expect(problem).toMatchObject({
      code: 'kernel-limit',
      message: 'The cell sent more than can be shown; it was stopped.',
    });
  });

  it('that makes a table too large to hold is ended', async () => {
    opened = await openKernel({ rate: 500, burst: 3000, message: 1e6, run: 1e6, tables: 1e6, outputs: 10, queries: 4 });
    const { problem } = await opened.run('levain$value=(Array.from({length: 400_000}, (_, i) => ({i})));');
    expect(problem?.message).toBe('The cell made tables of more than 1 MB; it was stopped.');
  });

  it('that asks without end is ended', async () => {
    opened = await openKernel();
    const { problem } = await opened.run(
      'for (let i = 0; i < 100; i++) sql`SELECT forever`; await new Promise(() => {});',
    );
    expect(problem?.message).toBe('The cell asked more than 64 queries at once; it was stopped.');
  });

  it('that recurses without end gets an error at its line and the kernel lives', async () => {
    opened = await openKernel();
    const { problem } = await opened.run('function f(n) {\n  return f(n + 1) + 1;\n}\nf(0);');
    expect(problem?.message).toContain('calls itself too deeply');
    expect(problem?.line).toBeOneOf([1, 2]);
    expect(opened.restarts).toEqual([]);
  });

  it('has no way to the network, to storage or to the frame', async () => {
    opened = await openKernel();
    const { output, problem } = await opened.run(`
      const names = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection', 'importScripts',
        'Worker', 'SharedWorker', 'BroadcastChannel', 'MessageChannel', 'MessagePort', 'postMessage', 'close', 'indexedDB', 'caches', 'navigator', 'cookieStore', 'storage'];
      const found = [];
      for (const name of names) {
        for (let o = globalThis; o; o = Object.getPrototypeOf(o)) if (Object.getOwnPropertyDescriptor(o, name)?.value ?? Object.getOwnPropertyDescriptor(o, name)?.get) found.push(name);
        if (globalThis[name] !== undefined) found.push(name);
      }
      levain$value=(found.join());`);
    expect(problem).toBeUndefined();
    expect(output.outputs).toEqual([{ type: 'text', text: '' }]);
  });

  it('cannot import from the network or compile from text past the policy', async () => {
    opened = await openKernel();
    const { output } = await opened.run(`
      const tried = await Promise.all([
        import(new URL('/src/main.ts', ${JSON.stringify(location.origin)}).href).then(() => 'loaded', (e) => e.name),
        import('data:text/javascript,export default 1').then(() => 'loaded', (e) => e.name),
      ]);
      let evaluated; try { evaluated = (0, eval)('1'); } catch (e) { evaluated = e.name; }
      levain$value=([...tried, evaluated].join());`);
    expect(output.outputs).toEqual([{ type: 'text', text: 'TypeError,TypeError,EvalError' }]);
  });

  it('cannot pollute the prototypes of the gate by names, keys or drawings', async () => {
    opened = await openKernel();
    await opened.run(
      `
      display(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'));
      display([JSON.parse('{"__proto__": 5, "a": 1}')]);
      input.select(['__proto__', 'constructor'], {label: '__proto__'});
      input.text({label: 'constructor'});
      levain$value=(levain.md\`__proto__\`);`,
      { outputs: ['__proto__', 'constructor'] },
    );
    expect(await opened.host.prototypeKeys()).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('cannot listen to what is sent through patched natives', async () => {
    opened = await openKernel();
    await opened.run(`
      globalThis.heard = [];
      const spy = (o, name) => { const old = o[name]; try { o[name] = function (...a) { heard.push(name); return old.apply(this, a); }; } catch {} };
      spy(JSON, 'stringify'); spy(JSON, 'parse'); spy(Reflect, 'apply'); spy(Array.prototype, 'push');
      try { Object.prototype.toJSON = function () { heard.push('toJSON ' + Object.keys(this)); return this; }; } catch {}
      heard.length = 0;`);
    const { output } = await opened.run(
      'const list = heard.filter((name) => name !== "push").slice(); levain$value=(list.join());',
    );
    expect(output.outputs).toEqual([{ type: 'text', text: '' }]);
  });

  it('that throws what cannot be read is reported all the same', async () => {
    opened = await openKernel();
    for (const code of [
      'throw null',
      'throw undefined',
      'throw new Proxy({}, { get() { throw 1; } })',
      'throw { get stack() { while (true) throw 2; } }',
      'throw Object.create(null)',
      'const e = new Error("a"); e.problem = { code: 1, message: {} }; throw e',
      'throw "plain"',
    ]) {
      const { problem } = await opened.run(code);
      expect(typeof problem?.message, code).toBe('string');
    }
    expect(opened.restarts).toEqual([]);
  });

  it('that shows what cannot be looked at is shown something', async () => {
    opened = await openKernel();
    for (const code of [
      'new Proxy({}, { ownKeys() { throw 1; } })',
      '(() => { const a = {}; a.self = a; return a; })()',
      '({ get trap() { throw new Error("called"); } })',
      'new Proxy([], {})',
      '(() => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o; })()',
      'new Array(1e9)',
      'Object.create({ then: 5 })',
      'globalThis',
      'Symbol("s")',
      'new Map([[{}, new Set([1])]])',
    ]) {
      const { problem, output } = await opened.run(`levain$value=(${code});`);
      expect(problem, code).toBeUndefined();
      expect(output.outputs.length, code).toBe(1);
    }
    const { output } = await opened.run('levain$value=([]);');
    expect(output.outputs).toMatchObject([{ type: 'value', value: { label: 'An empty list' } }]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/base/problem';
import { LIMITS, type Limits } from '../../src/kernel/budget';
import { createGate } from '../../src/kernel/gate';
import type { GateControl, GateHost } from '../../src/kernel/gate-host';
import type { KernelResult, KernelRun, SurfacePatch } from '../../src/kernel/kernel';
import type { ToKernel } from '../../src/kernel/protocol';

/** A gate with its other end in the hands of the test, which plays a hostile kernel. */
class Match {
  readonly heard: ToKernel[] = [];
  readonly dead: Problem[] = [];
  readonly patches: SurfacePatch[] = [];
  readonly inserted: [string, number][] = [];
  readonly asked: string[] = [];
  readonly gate: GateControl;
  readonly #channel = new MessageChannel();
  #run: string | undefined;

  constructor(limits: Partial<Limits> = {}) {
    const host: GateHost = {
      insertTable: async (name, bytes) => (
        this.inserted.push([name, bytes.length]),
        { columns: [{ name: 'a', type: 'DOUBLE' }], rows: 1 }
      ),
      query: async (_, { text }) => (this.asked.push(text), new Uint8Array(3)),
      tableBytes: async () => new Uint8Array(3),
      cancel: () => undefined,
    };
    this.#channel.port2.onmessage = ({ data }: MessageEvent<ToKernel>) => {
      this.heard.push(data);
      if (data.type === 'run') this.#run = data.id;
    };
    this.gate = createGate(
      this.#channel.port1,
      host,
      {
        onOutput: () => undefined,
        onPatch: (patch) => void this.patches.push(patch),
        onDead: (problem) => void this.dead.push(problem),
      },
      { limits: { ...LIMITS, ...limits } },
    );
  }

  run(request: Partial<KernelRun> = {}): Promise<KernelResult> {
    return this.gate.run({ cell: 'c', version: 1, code: '', inputs: [], outputs: [], controls: {}, ...request });
  }

  /** The id the gate gave the last run. */
  async id(): Promise<string> {
    while (this.#run === undefined) await turn();
    const id = this.#run;
    this.#run = undefined;
    return id;
  }

  send(message: unknown): void {
    this.#channel.port2.postMessage(message);
  }

  say(message: object, bytes?: ArrayBuffer): void {
    this.send(bytes ? [JSON.stringify(message), bytes] : JSON.stringify(message));
  }

  close(): void {
    this.gate.close({ code: 'cancelled', message: '' });
    this.#channel.port2.close();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('the gate', () => {
  let match: Match;
  afterEach(() => match.close());

  it('takes a result only with the id of the run', async () => {
    match = new Match();
    const running = match.run({ outputs: ['a'] });
    const id = await match.id();
    for (const forged of [
      '',
      'c',
      'c:1',
      '1',
      id.slice(0, -1),
      `${id} `,
      id.toUpperCase() === id ? '0'.repeat(32) : id.toUpperCase(),
    ]) {
      match.say({ type: 'show', id: forged, output: { type: 'text', text: 'forged' } });
      match.say({ type: 'done', id: forged, values: ['a'] });
    }
    match.say({ type: 'show', id, output: { type: 'text', text: 'true' } });
    match.say({ type: 'done', id, values: ['a', 'b'] });
    expect(await running).toEqual({
      output: { outputs: [{ type: 'text', text: 'true' }], log: [] },
      defined: [{ name: 'a', kind: 'value' }],
    });
  });

  it('gives every run another id, of 128 bits', async () => {
    match = new Match();
    const ids = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const running = match.run();
      const id = await match.id();
      ids.add(id);
      match.say({ type: 'done', id, values: [] });
      await running;
    }
    expect(ids.size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('drops a late answer to a run that has ended', async () => {
    match = new Match();
    const first = match.run();
    const old = await match.id();
    match.say({ type: 'done', id: old, values: [] });
    await first;
    const second = match.run();
    const id = await match.id();
    match.say({ type: 'show', id: old, output: { type: 'text', text: 'late' } });
    match.say({ type: 'done', id: old, values: [], problem: { code: 'x', message: 'late' } });
    match.say({ type: 'done', id, values: [] });
    expect(await second).toEqual({ output: { outputs: [], log: [] }, defined: [] });
  });

  it.each<[string, unknown]>([
    ['an unknown type', '{"type":"eval","code":"1"}'],
    ['no type', '{}'],
    ['a type from the prototype', '{"type":"constructor"}'],
    ['an array', '[1,2,3]'],
    ['null', 'null'],
    ['an object that is no text', { type: 'ready' }],
    ['a Comlink message', { id: '1', type: 'SET', path: ['__proto__', 'polluted'], value: { type: 'RAW', value: 1 } }],
    ['a map', new Map([['type', 'done']])],
    ['a number', 5],
    ['undefined', undefined],
    ['a pair with something else than bytes', ['{"type":"ready"}', 'bytes']],
    ['an extra key', '{"type":"ready","extra":1}'],
    ['a prototype key', '{"type":"ready","__proto__":{"polluted":1}}'],
    ['a constructor key', '{"type":"ready","constructor":{"prototype":{"polluted":1}}}'],
  ])('is not moved by %s', async (_, message) => {
    match = new Match();
    let ready = false;
    void match.gate.ready().then(() => (ready = true));
    match.send(message);
    await turn();
    expect(ready).toBe(false);
    expect(match.dead).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    match.say({ type: 'ready' });
    await match.gate.ready();
  });

  it('ends a kernel that does not speak JSON', async () => {
    match = new Match();
    const running = match.run();
    await match.id();
    match.send('{"type":');
    expect((await running).problem?.code).toBe('kernel-broken');
    expect(match.dead).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['a share of 2', { type: 'progress', label: 'x', share: 2 }],
    ['a log of unknown level', { type: 'log', lines: [{ level: 'html', text: 'x' }] }],
    ['a query with an object', { type: 'query', query: 1, text: 'SELECT 1', parameters: [{ evil: 1 }] }],
    ['a done with a strange problem', { type: 'done', values: [], problem: { code: 'x', message: 'y', html: '<b>' } }],
    ['a relation for an unknown part', { type: 'relation', part: 'all' }],
  ])('takes no notice of %s', async (_, message) => {
    match = new Match();
    const running = match.run();
    const id = await match.id();
    match.say({ ...message, id });
    match.say({ type: 'done', id, values: [] });
    expect(await running).toEqual({ output: { outputs: [], log: [] }, defined: [] });
    expect(match.asked).toEqual([]);
  });

  it('chooses the names of relations itself', async () => {
    match = new Match();
    const running = match.run({ outputs: ['mine', 'value'], tables: ['mine'] });
    const id = await match.id();
    for (const defined of ['orders', 'value', '__proto__', 'mine'])
      match.say({ type: 'relation', id, defined, part: 'last' }, new ArrayBuffer(8));
    match.say({ type: 'relation', id, part: 'more' }, new ArrayBuffer(8));
    match.say({ type: 'relation', id, part: 'last' }, new ArrayBuffer(8));
    match.say({ type: 'done', id, values: ['mine', 'value', 'orders'] });
    const { defined, output } = await running;
    expect(match.inserted).toEqual([
      ['mine', 8],
      ['_out_c_0', 16],
    ]);
    expect(defined).toEqual([
      { name: 'mine', kind: 'table' },
      { name: 'value', kind: 'value' },
    ]);
    expect(output.outputs).toEqual([
      { type: 'table', relation: '_out_c_0', columns: [{ name: 'a', type: 'DOUBLE' }], rows: 1 },
    ]);
  });

  it('says so when it leaves something out', async () => {
    match = new Match();
    const running = match.run();
    const id = await match.id();
    match.say({ type: 'show', id, output: { type: 'html', html: '<b>' } });
    match.say({ type: 'show', id, output: { type: 'tree', root: { tag: 'svg', children: [{ tag: 'script' }] } } });
    match.say({ type: 'done', id, values: [] });
    expect((await running).output.outputs).toEqual([
      { type: 'text', text: 'The cell showed something that is not allowed or too large; it was left out.' },
      { type: 'tree', root: { tag: 'svg', children: [''] } },
    ]);
  });

  it('checks patches as it checks drawings', async () => {
    match = new Match();
    match.say({ type: 'patch', surface: '../../x', path: [], node: { tag: 'g' } });
    match.say({ type: 'patch', surface: 's1', path: [0, -1], node: { tag: 'g' } });
    match.say({
      type: 'patch',
      surface: 's1',
      path: [0, 1],
      node: { tag: 'g', attrs: { onclick: 'x', id: 'i' }, children: [{ tag: 'script' }] },
    });
    await turn();
    expect(match.patches).toEqual([
      { surface: 's1', path: [0, 1], node: { tag: 'g', attrs: { id: 's1-i' }, children: [''] } },
    ]);
  });

  it.each<[string, Partial<Limits>, (match: Match, id: string) => void, RegExp]>([
    [
      'too many messages',
      { burst: 100, rate: 1 },
      (match, id) => {
        for (let i = 0; i < 200; i++) match.say({ type: 'progress', id, label: '' });
      },
      /too many messages/,
    ],
    [
      'messages that are nothing',
      { burst: 100, rate: 1 },
      (match) => {
        for (let i = 0; i < 200; i++) match.send(i);
      },
      /too many messages/,
    ],
    [
      'one message too long',
      { message: 1000 },
      (match, id) => match.say({ type: 'show', id, output: 'x'.repeat(2000) }),
      /more than can be shown/,
    ],
    [
      'too much in one run',
      { run: 1000 },
      (match, id) => {
        for (let i = 0; i < 9; i++) match.say({ type: 'progress', id, label: 'x'.repeat(150) });
      },
      /more than can be shown/,
    ],
    [
      'too large a table',
      { tables: 1024 ** 2 },
      (match, id) => {
        for (let i = 0; i < 3; i++) match.say({ type: 'relation', id, part: 'more' }, new ArrayBuffer(500_000));
      },
      /more than 1 MB/,
    ],
    [
      'too many outputs',
      { outputs: 5 },
      (match, id) => {
        for (let i = 0; i < 9; i++) match.say({ type: 'show', id, output: { type: 'number', value: 1 } });
      },
      /more than 5 things/,
    ],
  ])('ends a kernel that sends %s', async (_, limits, attack, reason) => {
    match = new Match(limits);
    const running = match.run();
    attack(match, await match.id());
    const { problem } = await running;
    expect(problem?.message).toMatch(reason);
    expect(match.dead).toEqual([problem]);
    await expect(match.run()).rejects.toMatchObject({ problem });
  });

  it('lets a busy but honest kernel through', async () => {
    match = new Match();
    const running = match.run();
    const id = await match.id();
    for (let i = 0; i < 400; i++) match.say({ type: 'show', id, output: { type: 'number', value: i } });
    match.say({ type: 'done', id, values: [] });
    expect((await running).output.outputs).toHaveLength(400);
  });
});

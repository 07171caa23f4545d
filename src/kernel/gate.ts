import * as v from 'valibot';
import { LevainError, problemOf, type Problem } from '../base/problem';
import { checkOutput } from '../output/check';
import { checkTree } from '../output/check-tree';
import type { Output } from '../output/output';
import { Bucket, LIMITS, type Limits } from './budget';
import type { GateControl, GateEvents, GateHost } from './gate-host';
import type { Evaluated, KernelInput } from './kernel';
import { OpenRun } from './open-run';
import { fromKernel, type FromKernel, type ToKernel } from './protocol';
import { readOnly } from './read-only';
import { randomId } from './random-id';
import { runName } from './run-name';

export interface GateOptions {
  readonly limits?: Limits;
  readonly now?: () => number;
}

/**
 * Stands between the kernel worker, which is not trusted, and everything else. Lives in a worker, so that a flood never
 * reaches the page. Every message is sized, rated and validated; answers count only for the run whose unguessable id
 * they carry; names of relations are chosen here.
 */
export function createGate(
  port: MessagePort,
  host: GateHost,
  events: GateEvents,
  options: GateOptions = {},
): GateControl {
  const { limits = LIMITS, now = () => performance.now() } = options;
  const runs = new Map<string, OpenRun>();
  const evaluations = new Map<string, (results: readonly Evaluated[]) => void>();
  const sent = new Map<string, number>();
  const bucket = new Bucket(limits.rate, limits.burst, now());
  let dead: Problem | undefined;
  let markReady: () => void;
  const ready = new Promise<void>((resolve) => (markReady = resolve));

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    try {
      receive(data);
    } catch (error) {
      die({
        code: 'kernel-broken',
        message: `The cell's code sent something unreadable and was stopped: ${problemOf(error).message}`,
      });
    }
  };

  function receive(data: unknown): void {
    if (dead) return;
    if (!bucket.take(now())) return die(flood('sent too many messages'));
    const [text, bytes] = Array.isArray(data) ? data : [data, undefined];
    if (typeof text !== 'string') return;
    if (text.length > limits.message) return die(flood('sent more than can be shown'));
    if (bytes !== undefined && !(bytes instanceof ArrayBuffer)) return;
    const parsed = v.safeParse(fromKernel, JSON.parse(text));
    if (parsed.success) accept(parsed.output, text.length, bytes);
  }

  function accept(message: FromKernel, size: number, bytes: ArrayBuffer | undefined): void {
    if (message.type === 'ready') return markReady();
    if (message.type === 'patch') return patch(message);
    if (message.type === 'evaluated') {
      const settle = evaluations.get(message.id);
      evaluations.delete(message.id);
      return settle?.(message.results as readonly Evaluated[]);
    }
    const run = runs.get(message.id);
    if (!run) return;
    run.characters += size;
    run.bytes += bytes?.byteLength ?? 0;
    if (run.characters > limits.run) return die(flood('sent more than can be shown'));
    if (run.bytes > limits.tables)
      return die(flood(`made tables of more than ${Math.round(limits.tables / 1024 ** 2)} MB`));
    switch (message.type) {
      case 'show': {
        if (run.slots > limits.outputs) return die(flood(`showed more than ${limits.outputs} things`));
        const outputs = checkOutput(message.output, prefixOf(message.output));
        return run.show(outputs ?? [REFUSED]);
      }
      case 'relation':
        if (run.slots > limits.outputs) return die(flood(`showed more than ${limits.outputs} tables`));
        return run.relation(message.defined, bytes ?? new ArrayBuffer(0), message.part === 'last');
      case 'progress':
        return run.progress(message.label, message.share);
      case 'log':
        return run.write(message.lines);
      case 'query':
        if (run.waiting >= limits.queries) return die(flood(`asked more than ${limits.queries} queries at once`));
        return void query(run, message);
      case 'done':
        return void finish(run, message);
    }
  }

  async function query(run: OpenRun, message: Extract<FromKernel, { type: 'query' }>): Promise<void> {
    run.waiting += 1;
    try {
      const statement = { text: readOnly(message.text), parameters: message.parameters.map(OpenRun.bindable) };
      const bytes = await host.query(run.engineRun, statement);
      tell({ type: 'answer', id: run.id, query: message.query, bytes }, [bytes.buffer as ArrayBuffer]);
    } catch (error) {
      tell({ type: 'refusal', id: run.id, query: message.query, problem: problemOf(error) });
    } finally {
      run.waiting -= 1;
    }
  }

  async function finish(run: OpenRun, message: Extract<FromKernel, { type: 'done' }>): Promise<void> {
    runs.delete(run.id);
    run.finish(await run.result(message.problem, message.values));
  }

  function patch({ surface, path, node }: Extract<FromKernel, { type: 'patch' }>): void {
    if (/^[\w-]+$/.test(surface)) events.onPatch({ surface, path, node: checkTree(node, `${surface}-`).root });
  }

  function tell(message: ToKernel, transfer: Transferable[] = []): void {
    if (!dead) port.postMessage(message, transfer);
  }

  function flood(what: string): Problem {
    return {
      code: 'kernel-limit',
      message: `The cell ${what}; it was stopped.`,
      hint: 'Aggregate first, or show less.',
    };
  }

  /** Stops listening at once; the open runs end when the page knows, so that a next run finds a new kernel. */
  function die(problem: Problem): void {
    if (dead) return;
    deafen(problem);
    void Promise.resolve(events.onDead(problem)).finally(() => settle(problem));
  }

  function close(problem: Problem): void {
    deafen(problem);
    settle(problem);
  }

  function deafen(problem: Problem): void {
    dead ??= problem;
    port.onmessage = null;
    port.close();
  }

  function settle(problem: Problem): void {
    for (const run of runs.values()) {
      host.cancel(run.engineRun);
      void run.result(problem, []).then((result) => run.finish(result));
    }
    for (const answer of evaluations.values()) answer([{ ok: false, problem }]);
    runs.clear();
    evaluations.clear();
  }

  /** Sends the tables a run reads, each once for a version. */
  async function sendTables(run: string, inputs: readonly KernelInput[]): Promise<void> {
    for (const input of inputs) {
      if (input.from !== 'table' || sent.get(input.relation) === input.version) continue;
      const bytes = await host.tableBytes(run, input.relation);
      if (sent.get(input.relation) === input.version) continue;
      tell({ type: 'table', relation: input.relation, version: input.version, bytes }, [bytes.buffer as ArrayBuffer]);
      sent.set(input.relation, input.version);
    }
  }

  return {
    ready: () => ready,

    async run(request) {
      if (dead) throw new LevainError(dead);
      const run = new OpenRun(request, host, (output) => events.onOutput(request.cell, request.version, output));
      runs.set(run.id, run);
      try {
        await sendTables(run.engineRun, request.inputs);
      } catch (error) {
        runs.delete(run.id);
        return run.result(problemOf(error), []);
      }
      const { cell, code, inputs, outputs, tables = [], controls } = request;
      tell({ type: 'run', id: run.id, cell, code, inputs, outputs, tables, controls });
      return run.finished;
    },

    async evaluate({ cell, version, as, expressions, inputs }) {
      if (dead) throw new LevainError(dead);
      await sendTables(runName(cell, version), inputs);
      const id = randomId();
      const results = await new Promise<readonly Evaluated[]>((resolve) => {
        evaluations.set(id, resolve);
        tell({ type: 'evaluate', id, as, expressions, inputs });
        if (dead) resolve([{ ok: false, problem: dead }]);
      });
      if (results.length === expressions.length) return results;
      const failed = results[0];
      const problem =
        failed && !failed.ok ? failed.problem : { code: 'kernel-broken', message: 'The kernel gave no answer.' };
      return expressions.map(() => ({ ok: false, problem }));
    },

    forget: (names) => tell({ type: 'forget', names }),
    pointer: (surface, event) => tell({ type: 'pointer', surface, event }),
    close,
  };
}

const REFUSED: Output = {
  type: 'text',
  text: 'The cell showed something that is not allowed or too large; it was left out.',
};

/** Ids of a drawing are told apart by its surface, so that its patches find them. */
function prefixOf(output: unknown): string {
  const surface = (output as { surface?: unknown } | null)?.surface;
  return typeof surface === 'string' ? `${surface}-` : `d${randomId().slice(0, 8)}-`;
}

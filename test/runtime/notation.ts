import { LevainError } from '../../src/base/problem';
import { Runtime, type NodeSpec, type NodeState, type RunContext } from '../../src/runtime/runtime';

/** A run that waits for the test to end it. */
export interface OpenRun {
  readonly id: string;
  readonly context: RunContext;
  end(): void;
}

/**
 * A notebook in a line: `a -> b -> c; d -> c; b=error; e=disabled; f=broken; x defines y Y; a@kernel`. A node reads the
 * names that point to it and defines its own id, or what `defines` says. `error` fails when it runs, `cancelled` is
 * stopped by something else then, `broken` does not compile. Nodes stand in the order in which they are first named.
 */
export class Sketch {
  readonly specs = new Map<string, NodeSpec>();
  /** Ids to the code of the problem that their runs end with. */
  readonly failing = new Map<string, string>();
  readonly log: string[] = [];
  readonly open: OpenRun[] = [];
  readonly told: string[][] = [];
  readonly runtime: Runtime;
  /** Runs end by themselves; otherwise the test ends them with `end`. */
  immediate = true;

  constructor(line: string, autorun?: (ids: readonly string[]) => boolean) {
    this.runtime = new Runtime({ run: (id, context) => this.#run(id, context), ...(autorun && { autorun }) });
    this.runtime.subscribe((ids) => this.told.push([...ids]));
    this.draw(line);
  }

  draw(line: string): void {
    for (const part of line.split(';').map((text) => text.trim())) {
      const chain = part.split('->').map((text) => text.trim());
      for (const term of chain) this.#node(term);
      chain.slice(1).forEach((reader, i) => {
        const inputs = [...this.specs.get(reader)!.inputs, chain[i]!];
        this.change(reader, { inputs });
      });
    }
    this.apply();
  }

  change(id: string, change: Partial<NodeSpec>): void {
    this.specs.set(id, { ...this.specs.get(id)!, ...change });
  }

  edit(id: string, change: Partial<NodeSpec> = {}): void {
    this.change(id, { revision: Number(this.specs.get(id)!.revision) + 1, ...change });
    this.apply();
  }

  remove(id: string): void {
    this.specs.delete(id);
    this.apply();
  }

  apply(): void {
    this.runtime.setNodes([...this.specs.values()]);
  }

  end(id: string): void {
    const at = this.open.findIndex((run) => run.id === id);
    this.open.splice(at, 1)[0]!.end();
  }

  state(id: string): NodeState {
    return this.runtime.state(id)!;
  }

  /** `a:ok b:error c:blocked(b) d:stale(edited) e:stale(a)` in notebook order. */
  get states(): string {
    return [...this.specs.keys()].map((id) => `${id}:${brief(this.state(id))}`).join(' ');
  }

  async #run(id: string, context: RunContext): Promise<void> {
    this.log.push(id);
    if (!this.immediate) await new Promise<void>((resolve) => this.open.push({ id, context, end: resolve }));
    const code = this.failing.get(id);
    if (code) throw new LevainError({ code, message: `${id} fails` });
  }

  #node(term: string): void {
    const [, id, lane, flag, names] = /^(\w+)(?:@(\w+))?(?:=(\w+))?(?: defines (.+))?$/.exec(term)!;
    if (!this.specs.has(id!)) this.specs.set(id!, { id: id!, revision: 0, inputs: [], outputs: [id!] });
    if (lane) this.change(id!, { lane });
    if (names) this.change(id!, { outputs: names.split(' ') });
    if (flag === 'error' || flag === 'cancelled') this.failing.set(id!, flag);
    if (flag === 'disabled') this.change(id!, { disabled: true });
    if (flag === 'broken') this.change(id!, { problem: { code: 'syntax', message: `${id} does not compile` } });
  }
}

function brief(state: NodeState): string {
  if (state.status === 'blocked') return `blocked(${state.by})`;
  if (state.status !== 'stale') return state.status;
  const { reason } = state;
  if (reason.because === 'input-gone') return `stale(no ${reason.name})`;
  return `stale(${reason.because === 'input-changed' ? reason.node : reason.because})`;
}

/** Lets every promise that is ready go on. */
export const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

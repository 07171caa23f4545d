import type { NodeSpec, NodeState } from '../../src/runtime/runtime';

/** A node of the fuzz, with what the runtime is not told. */
export interface FuzzSpec extends NodeSpec {
  /** Its run throws, as long as its content is this. */
  readonly fails: boolean;
  /** The version of something outside the notebook that it reads. */
  readonly data: number;
}

/** What a node comes to when the whole notebook is computed from nothing. */
export type Outcome =
  | { readonly status: 'disabled' }
  | { readonly status: 'error'; readonly code: string }
  | { readonly status: 'blocked'; readonly by: readonly string[] }
  | { readonly status: 'ok'; readonly value: string };

const key = (name: string): string => name.toLowerCase();

/**
 * The obvious way, without any memory: a name is resolved by looking through all nodes, a circle is found by walking,
 * a value is computed by computing its inputs. It shares no code with the runtime.
 */
export class Oracle {
  readonly #specs: readonly FuzzSpec[];
  readonly #stopped: ReadonlySet<string> | undefined;

  /** `stopped` are the nodes that were cancelled or have failed so far; absent when everything has been run. */
  constructor(specs: readonly FuzzSpec[], stopped?: ReadonlySet<string>) {
    this.#specs = specs;
    this.#stopped = stopped;
  }

  outcome(id: string): Outcome {
    const spec = this.spec(id);
    if (spec.disabled) return { status: 'disabled' };
    const code = this.problem(spec);
    if (code) return { status: 'error', code };
    const by = this.#nearestCulprits(id);
    if (by.length > 0) return { status: 'blocked', by };
    if (spec.fails) return { status: 'error', code: 'fails' };
    return { status: 'ok', value: this.value(id) };
  }

  /** The code of what keeps a node from running whatever its inputs, if anything does. */
  problem(spec: FuzzSpec): string | undefined {
    if (spec.problem) return spec.problem.code;
    const twice = spec.outputs.some((name) => this.definers(name).length > 1);
    const twiceHere = new Set(spec.outputs.map(key)).size < spec.outputs.length;
    if (twice || twiceHere) return 'duplicate-name';
    return this.#readsItself(spec.id) ? 'cycle' : undefined;
  }

  /** The nodes that define a name: enabled ones, or where there are none, disabled ones. */
  definers(name: string): FuzzSpec[] {
    const all = this.#specs.filter((spec) => spec.outputs.some((output) => key(output) === key(name)));
    const enabled = all.filter((spec) => !spec.disabled);
    return enabled.length > 0 ? enabled : all;
  }

  parents(id: string): string[] {
    const spec = this.spec(id);
    if (spec.disabled) return [];
    return [...new Set(spec.inputs.flatMap((name) => this.definers(name).map((definer) => definer.id)))];
  }

  /** All ancestors, whatever their state. */
  ancestors(id: string): Set<string> {
    const found = new Set<string>();
    const visit = (node: string): void => {
      for (const parent of this.parents(node)) {
        if (found.has(parent)) continue;
        found.add(parent);
        visit(parent);
      }
    };
    visit(id);
    return found;
  }

  /** What a run of the node makes: its content and the values of all it reads. Only for nodes that can run. */
  value(id: string): string {
    const spec = this.spec(id);
    const inputs = [...new Set(spec.inputs.map(key))].flatMap((name) =>
      this.definers(name).map((d) => `${name}=${this.value(d.id)}`),
    );
    return valueOf(spec, inputs);
  }

  spec(id: string): FuzzSpec {
    return this.#specs.find((spec) => spec.id === id)!;
  }

  #readsItself(id: string): boolean {
    const seen = new Set<string>();
    const visit = (node: string): boolean =>
      this.#singleParents(node).some((parent) => {
        if (parent === id) return true;
        if (seen.has(parent)) return false;
        seen.add(parent);
        return visit(parent);
      });
    return visit(id);
  }

  #singleParents(id: string): string[] {
    const spec = this.spec(id);
    if (spec.disabled) return [];
    return spec.inputs.flatMap((name) => {
      const definers = this.definers(name);
      return definers.length === 1 ? [definers[0]!.id] : [];
    });
  }

  #isCulprit(id: string): boolean {
    const spec = this.spec(id);
    if (spec.disabled || this.problem(spec)) return true;
    if (this.#stopped) return this.#stopped.has(id);
    return spec.fails && this.#nearestCulprits(id).length === 0;
  }

  /** All culprits at the least distance. */
  #nearestCulprits(id: string): string[] {
    const seen = new Set([id]);
    let level = this.parents(id);
    while (level.length > 0) {
      const culprits = level.filter((node) => this.#isCulprit(node));
      if (culprits.length > 0) return culprits;
      for (const node of level) seen.add(node);
      level = [...new Set(level.flatMap((node) => this.parents(node)))].filter((node) => !seen.has(node));
    }
    return [];
  }
}

/** A run's result, short however deep the notebook is. */
export function valueOf(spec: FuzzSpec, inputs: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const sign of `${spec.id}:${spec.revision}:${spec.data}(${inputs.toSorted().join(',')})`) {
    hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193);
  }
  return `${spec.id}.${spec.revision}.${spec.data}#${(hash >>> 0).toString(36)}`;
}

/** Whether a state is what an outcome asks for. */
export function agrees(state: NodeState | undefined, outcome: Outcome): boolean {
  if (state?.status !== outcome.status) return false;
  if (state.status === 'error' && outcome.status === 'error') return state.problem.code === outcome.code;
  if (state.status === 'blocked' && outcome.status === 'blocked') return outcome.by.includes(state.by);
  return true;
}

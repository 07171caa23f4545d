import { invariant } from '../base/invariant';
import { problemOf, type Problem } from '../base/problem';
import { buildGraph, nameKey, reach, type Graph } from './graph';
import type { NodeSpec, NodeState, RunContext, StaleReason } from './node';
import { changedNodes, spread, type Staleness } from './staleness';

export type { NodeSpec, NodeState, RunContext, StaleReason } from './node';

export interface RuntimeOptions {
  /**
   * Runs a node whose inputs are all there; a rejection is the node's error. Must settle soon after `context.signal`
   * aborts (how does not matter): until then the node's lane is taken.
   */
  run(id: string, context: RunContext): Promise<void>;
  /** Whether these nodes, stale by a change, may run at once without being asked. Absent: never. */
  autorun?(ids: readonly string[]): boolean;
}

/** One call of `run`, until it settles; no longer its node's own once it is cancelled or superseded. */
interface Run {
  readonly node: string;
  readonly lane: string | undefined;
  readonly controller: AbortController;
}

/** What happened to a node itself; whether it is blocked, disabled or broken by its names follows from the graph. */
type Phase = Exclude<NodeState, { status: 'blocked' | 'disabled' }>;

interface Node {
  phase: Phase;
  /** Somebody wanted its result once: it may run again by itself. */
  asked: boolean;
  /** A run of it came to an end, well or in error. */
  finished: boolean;
  run: Run | undefined;
  milliseconds: number | undefined;
}

const NEVER_RUN: StaleReason = { because: 'never-run' };

/**
 * Runs the nodes of a notebook in the order of their names, and knows which are out of date and why.
 *
 * What holds between calls: a node that is ok, running or in error by its run has only ok ancestors; a queued one has
 * only ok, queued or running ancestors. So a change marks all descendants stale at once, and nothing runs on an input
 * that is not what the notebook says.
 */
export class Runtime {
  readonly #options: RuntimeOptions;
  readonly #nodes = new Map<string, Node>();
  readonly #active = new Set<Run>();
  readonly #listeners = new Set<(ids: readonly string[]) => void>();
  #graph: Graph = buildGraph([]);
  #states: ReadonlyMap<string, NodeState> = new Map();
  #waiting: (() => void)[] = [];
  #version = 0;

  constructor(options: RuntimeOptions) {
    this.#options = options;
  }

  /** Takes the nodes as they are now, in notebook order. What changed, and what reads it, goes stale. */
  setNodes(specs: readonly NodeSpec[]): void {
    const graph = buildGraph(specs);
    invariant(graph.specs.size === specs.length, 'every node has an id of its own');
    const changed = changedNodes(this.#graph, graph, (id) => {
      const node = this.#nodes.get(id);
      return node !== undefined && isUnderWay(node);
    });
    for (const [id, node] of this.#nodes) {
      if (graph.specs.has(id)) continue;
      node.run?.controller.abort();
      this.#nodes.delete(id);
    }
    for (const id of graph.order) {
      if (this.#nodes.has(id)) continue;
      const phase: Phase = { status: 'stale', reason: NEVER_RUN };
      this.#nodes.set(id, { phase, asked: false, finished: false, run: undefined, milliseconds: undefined });
    }
    // Kept from running by their names alone, which nothing hinders any more; nor those that waited for them.
    const freed = [...this.#graph.problems.keys()].filter((id) => this.#nodes.has(id) && !graph.problems.has(id));
    const broken = [...graph.problems.keys()].filter((id) => !this.#graph.problems.has(id));
    this.#graph = graph;
    // What reads a node that is broken now must not stand as ok, whichever of its names it reads.
    const below = spread(graph, new Map(broken.map((id) => [id, undefined])));
    const stale = new Map([...below, ...spread(graph, changed)]);
    this.#markStale(stale);
    this.#autorun(new Set([...stale.keys(), ...freed, ...reach(freed, graph.readers)]));
    this.#settle();
  }

  /** Runs these nodes again, and before them the stale ones among their ancestors. Nodes under way stay so. */
  run(ids: readonly string[]): void {
    for (const id of ids) {
      const node = this.#nodes.get(id);
      if (node) node.asked = true;
    }
    const stale = this.#enqueue(ids);
    this.#autorun(stale);
    this.#settle();
  }

  /** Runs everything again. */
  runAll(): void {
    this.run(this.#graph.order);
  }

  /** Runs what is stale, what has never run included. */
  runStale(): void {
    this.run(this.#graph.order.filter((id) => this.#nodes.get(id)!.phase.status === 'stale'));
  }

  /**
   * Says that these nodes no longer hold their result: their data or a control changed, or what held it is gone. What was
   * under way on a value that is lost begins again.
   */
  invalidate(ids: string | readonly string[], reason: StaleReason): void {
    const known = [ids].flat().filter((id) => this.#nodes.has(id));
    const stale = spread(this.#graph, new Map(known.map((id) => [id, reason])));
    const underWay = [...stale.keys()].filter((id) => isUnderWay(this.#nodes.get(id)!));
    this.#markStale(stale);
    if (reason.because === 'lost') this.#enqueue(underWay);
    this.#autorun(stale);
    this.#settle();
  }

  /**
   * Stops a node that is queued or running, or all of them: it is not asked for any more. Its descendants are blocked until
   * it runs again.
   */
  cancel(id?: string): void {
    for (const each of id === undefined ? this.#graph.topological : [id]) {
      const node = this.#nodes.get(each);
      if (!node || !isUnderWay(node)) continue;
      this.#abort(node);
      node.phase = { status: 'cancelled' };
      node.asked = false;
      this.#markStale(spread(this.#graph, new Map([[each, undefined]])));
    }
    this.#settle();
  }

  state(id: string): NodeState | undefined {
    return this.#states.get(id);
  }

  /** The node that defines a name, without regard to case; the first in the notebook if there are several. */
  definer(name: string): string | undefined {
    return this.#graph.names.get(nameKey(name))?.[0];
  }

  /** All nodes a node depends on by names of which `through` is true, nearest first. */
  ancestors(id: string, through: (name: string) => boolean = () => true): readonly string[] {
    return reach([id], this.#graph.definers, through);
  }

  /** All nodes that depend on a node, nearest first. */
  descendants(id: string): readonly string[] {
    return reach([id], this.#graph.readers);
  }

  /** How long the node's last good run took, also if it is stale by now: what a next one will probably cost. */
  lastMilliseconds(id: string): number | undefined {
    return this.#nodes.get(id)?.milliseconds;
  }

  /** Tells the ids of nodes whose state changed (or that came or went). Returns a function that ends it. */
  subscribe(listener: (ids: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when nothing is queued or running and every aborted run has settled. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#wakeIdle();
    });
  }

  #markStale(stale: Staleness): void {
    for (const [id, reason] of stale) {
      const node = this.#nodes.get(id)!;
      this.#abort(node);
      const old = node.phase.status === 'stale' ? node.phase.reason : undefined;
      if (old?.because === 'never-run' || (old?.because === 'edited' && reason.because === 'input-changed')) continue;
      node.phase = { status: 'stale', reason: node.finished ? reason : NEVER_RUN };
    }
  }

  #abort(node: Node): void {
    node.run?.controller.abort();
    node.run = undefined;
  }

  /** Queues what can run of the wanted nodes and their stale ancestors; returns what became stale by that. */
  #enqueue(wanted: readonly string[]): Staleness {
    const { topological, definers, specs, problems } = this.#graph;
    const needed = this.#withStaleAncestors(wanted);
    const underWay = topological.filter((id) => isUnderWay(this.#nodes.get(id)!));
    // What is read on the way to these runs, or is one of them, begins again when one of its inputs will.
    const onTheWay = new Set([...underWay, ...reach([...wanted, ...underWay], definers)]);
    // A run under way need not be asked for twice.
    for (const id of underWay) needed.delete(id);
    const queued = new Map<string, undefined>();
    for (const id of topological) {
      const inputs = definers.get(id)!;
      const superseded = onTheWay.has(id) && inputs.some((input) => queued.has(input.node));
      if (!needed.has(id) && !superseded) continue;
      if (specs.get(id)!.disabled || problems.has(id)) continue;
      if (inputs.every((input) => queued.has(input.node) || this.#promises(input.node))) queued.set(id, undefined);
    }
    const stale = spread(this.#graph, queued);
    this.#markStale(stale);
    for (const id of queued.keys()) {
      const node = this.#nodes.get(id)!;
      this.#abort(node);
      node.asked = true;
      node.phase = { status: 'queued' };
    }
    return stale;
  }

  #withStaleAncestors(ids: readonly string[]): Set<string> {
    const needed = new Set(ids);
    for (const id of needed) {
      for (const { node } of this.#graph.definers.get(id) ?? []) {
        if (this.#nodes.get(node)!.phase.status === 'stale') needed.add(node);
      }
    }
    return needed;
  }

  /** Whether a node holds a result or will without being asked again. */
  #promises(id: string): boolean {
    return this.#isOk(id) || isUnderWay(this.#nodes.get(id)!);
  }

  /** Queues those of the stale nodes that were asked for once, if nothing unasked has to run for them. */
  #autorun(stale: Pick<ReadonlySet<string>, 'has' | 'size'>): void {
    if (!this.#options.autorun || stale.size === 0) return;
    const { order, topological, definers, specs, problems } = this.#graph;
    const able = new Set<string>();
    for (const id of topological) {
      const { phase, asked } = this.#nodes.get(id)!;
      if (phase.status !== 'stale' || !asked || specs.get(id)!.disabled || problems.has(id)) continue;
      if (definers.get(id)!.every(({ node }) => able.has(node) || this.#promises(node))) able.add(id);
    }
    const wanted = order.filter((id) => stale.has(id) && able.has(id));
    if (wanted.length === 0) return;
    const needed = this.#withStaleAncestors(wanted);
    if (this.#options.autorun(order.filter((id) => needed.has(id)))) this.#enqueue(wanted);
  }

  #settle(): void {
    this.#startReady();
    this.#tell();
    this.#wakeIdle();
  }

  #startReady(): void {
    for (const id of this.#graph.order) {
      const node = this.#nodes.get(id)!;
      if (node.phase.status !== 'queued') continue;
      const { lane } = this.#graph.specs.get(id)!;
      const taken = [...this.#active].some((run) => run.node === id || (lane !== undefined && run.lane === lane));
      if (taken || !this.#graph.definers.get(id)!.every((input) => this.#isOk(input.node))) continue;
      this.#start(id, node, lane);
    }
  }

  #isOk(id: string): boolean {
    return this.#nodes.get(id)!.phase.status === 'ok' && !this.#graph.problems.has(id);
  }

  #start(id: string, node: Node, lane: string | undefined): void {
    const run: Run = { node: id, lane, controller: new AbortController() };
    const since = Date.now();
    let started = performance.now();
    const begin = (): void => void (started = performance.now());
    const context: RunContext = { version: ++this.#version, signal: run.controller.signal, begin };
    this.#active.add(run);
    node.run = run;
    node.phase = { status: 'running', since };
    const finish = (end: () => Phase): void => {
      this.#active.delete(run);
      if (node.run === run) this.#finish(id, node, end());
      this.#settle();
    };
    // One step later, so that a run never begins inside the call that caused it.
    Promise.resolve()
      .then(() => (context.signal.aborted ? undefined : this.#options.run(id, context)))
      .then(
        () => finish(() => ({ status: 'ok', milliseconds: performance.now() - started })),
        (error: unknown) => finish(() => failure(problemOf(error))),
      );
  }

  #finish(id: string, node: Node, phase: Phase): void {
    node.run = undefined;
    node.finished = true;
    node.phase = phase;
    if (phase.status === 'cancelled') node.asked = false;
    if (phase.status === 'ok') node.milliseconds = phase.milliseconds;
    else this.#markStale(spread(this.#graph, new Map([[id, undefined]])));
  }

  /** Works out the states anew and tells the listeners which differ. */
  #tell(): void {
    const before = this.#states;
    const blockers = this.#blockers();
    const states = new Map<string, NodeState>();
    const changed = [...before.keys()].filter((id) => !this.#nodes.has(id));
    for (const id of this.#graph.order) {
      const old = before.get(id);
      const state = this.#stateOf(id, blockers);
      const same = old === state || JSON.stringify(old) === JSON.stringify(state);
      states.set(id, same && old ? old : state);
      if (!same) changed.push(id);
    }
    this.#states = states;
    if (changed.length > 0) for (const listener of [...this.#listeners]) listener(changed);
  }

  #stateOf(id: string, blockers: ReadonlyMap<string, string>): NodeState {
    if (this.#graph.specs.get(id)!.disabled) return { status: 'disabled' };
    const problem = this.#graph.problems.get(id);
    if (problem) return { status: 'error', problem };
    const { phase } = this.#nodes.get(id)!;
    const by = blockers.get(id);
    return phase.status === 'stale' && by !== undefined ? { status: 'blocked', by } : phase;
  }

  /** For each node below a broken, failed, cancelled or disabled one, the nearest of these. */
  #blockers(): ReadonlyMap<string, string> {
    const { order, specs, problems, readers } = this.#graph;
    const stopped = order.filter((id) => {
      const { status } = this.#nodes.get(id)!.phase;
      return specs.get(id)!.disabled || problems.has(id) || status === 'error' || status === 'cancelled';
    });
    const blockers = new Map(stopped.map((id) => [id, id]));
    for (const [id, by] of blockers) {
      for (const { node } of readers.get(id)!) if (!blockers.has(node)) blockers.set(node, by);
    }
    return blockers;
  }

  #wakeIdle(): void {
    if (this.#active.size > 0) return;
    for (const node of this.#nodes.values()) if (isUnderWay(node)) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

const isUnderWay = (node: Node): boolean => node.phase.status === 'queued' || node.phase.status === 'running';

const failure = (problem: Problem): Phase =>
  problem.code === 'cancelled' ? { status: 'cancelled' } : { status: 'error', problem };

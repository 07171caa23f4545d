import type { Problem } from '../base/problem';
import { circleProblem, duplicateProblem, innerDuplicateProblem } from './name-problems';
import type { NodeSpec } from './node';

/** One name that leads from the node that defines it to a node that reads it. */
export interface Edge {
  readonly node: string;
  /** As the definer writes it. */
  readonly name: string;
}

/** The notebook's names resolved: who reads whom, in which order to run, and which names are broken. */
export interface Graph {
  readonly specs: ReadonlyMap<string, NodeSpec>;
  /** Ids in notebook order. */
  readonly order: readonly string[];
  /** Ids so that every definer stands before its readers; those on circles, and after them, stand last. */
  readonly topological: readonly string[];
  /** Nodes that an id reads directly; both of them where a name has two definers. */
  readonly definers: ReadonlyMap<string, readonly Edge[]>;
  readonly readers: ReadonlyMap<string, readonly Edge[]>;
  /** Names, in lower case, to the ids that define them. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Nodes that cannot run as the notebook stands: they do not compile, or a name of theirs is duplicate or circular. */
  readonly problems: ReadonlyMap<string, Problem>;
}

export const nameKey = (name: string): string => name.toLowerCase();

/** Resolves the names of nodes given in notebook order. Names that nobody defines are no concern here. */
export function buildGraph(nodes: readonly NodeSpec[]): Graph {
  const specs = new Map(nodes.map((spec) => [spec.id, spec]));
  const order = nodes.map((spec) => spec.id);
  const names = namesOf(nodes);
  const definers = new Map<string, Edge[]>();
  const readers = new Map<string, Edge[]>(order.map((id) => [id, []]));
  for (const spec of nodes) {
    const edges = spec.disabled ? [] : edgesOf(spec, names, specs);
    definers.set(spec.id, edges);
    for (const { node, name } of edges) readers.get(node)!.push({ node: spec.id, name });
  }
  const problems = new Map<string, Problem>();
  for (const spec of nodes) if (spec.problem && !spec.disabled) problems.set(spec.id, spec.problem);
  addDuplicates(problems, names, specs);
  addCircles(problems, order, definers, names);
  const topological = [...new Set([...sortedByDefiner(order, definers), ...order])];
  return { specs, order, topological, definers, readers, names, problems };
}

/** Every node that can be reached from `starts` over those of `edges` by whose name `through` leads, nearest first, without the starts. */
export function reach(
  starts: Iterable<string>,
  edges: ReadonlyMap<string, readonly Edge[]>,
  through: (name: string) => boolean = () => true,
): string[] {
  const first = [...starts];
  const seen = new Set(first);
  const queue = [...first];
  for (let i = 0; i < queue.length; i++) {
    for (const { node, name } of edges.get(queue[i]!) ?? []) {
      if (seen.has(node) || !through(name)) continue;
      seen.add(node);
      queue.push(node);
    }
  }
  return queue.slice(first.length);
}

function namesOf(nodes: readonly NodeSpec[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  // A disabled variant of a cell does not stand in the way of the enabled one.
  for (const enabled of [true, false]) {
    const taken = new Set(names.keys());
    for (const spec of nodes) {
      if (!spec.disabled !== enabled) continue;
      for (const key of new Set(spec.outputs.map(nameKey))) {
        if (!enabled && taken.has(key)) continue;
        names.set(key, [...(names.get(key) ?? []), spec.id]);
      }
    }
  }
  return names;
}

function edgesOf(
  spec: NodeSpec,
  names: ReadonlyMap<string, readonly string[]>,
  specs: ReadonlyMap<string, NodeSpec>,
): Edge[] {
  const edges: Edge[] = [];
  for (const key of new Set(spec.inputs.map(nameKey))) {
    for (const node of names.get(key) ?? []) {
      edges.push({ node, name: specs.get(node)!.outputs.find((name) => nameKey(name) === key)! });
    }
  }
  return edges;
}

function addDuplicates(
  problems: Map<string, Problem>,
  names: ReadonlyMap<string, readonly string[]>,
  specs: ReadonlyMap<string, NodeSpec>,
): void {
  for (const [key, ids] of names) {
    for (const id of ids) {
      const spec = specs.get(id)!;
      if (spec.disabled || problems.has(id)) continue;
      const own = spec.outputs.filter((name) => nameKey(name) === key);
      const others = ids.filter((other) => other !== id).map((other) => specs.get(other)!);
      if (others.length > 0) problems.set(id, duplicateProblem(own[0]!, others));
      else if (own.length > 1) problems.set(id, innerDuplicateProblem(own));
    }
  }
}

/** Marks the nodes that read themselves by way of names with one definer each. */
function addCircles(
  problems: Map<string, Problem>,
  order: readonly string[],
  definers: ReadonlyMap<string, readonly Edge[]>,
  names: ReadonlyMap<string, readonly string[]>,
): void {
  const single = new Map<string, readonly Edge[]>();
  for (const [id, edges] of definers) {
    const kept = edges.filter(({ name }) => names.get(nameKey(name))!.length === 1);
    single.set(id, kept);
  }
  const sorted = new Set(sortedByDefiner(order, single));
  for (const id of order) {
    if (sorted.has(id) || problems.has(id)) continue;
    const circle = shortestCircle(id, single);
    if (circle) problems.set(id, circleProblem(circle));
  }
}

/** The names along the shortest way from `id` over its definers back to itself, its own name last. */
function shortestCircle(id: string, definers: ReadonlyMap<string, readonly Edge[]>): string[] | undefined {
  const trails: Edge[][] = [[]];
  const seen = new Set<string>();
  for (let i = 0; i < trails.length; i++) {
    const trail = trails[i]!;
    for (const edge of definers.get(trail.at(-1)?.node ?? id)!) {
      if (edge.node === id) return [...trail, edge].map(({ name }) => name);
      if (seen.has(edge.node)) continue;
      seen.add(edge.node);
      trails.push([...trail, edge]);
    }
  }
  return undefined;
}

/** Ids so that every definer stands before its readers; those on circles, and after them, are left out. */
function sortedByDefiner(order: readonly string[], definers: ReadonlyMap<string, readonly Edge[]>): string[] {
  const readers = new Map<string, string[]>(order.map((id) => [id, []]));
  for (const id of order) for (const { node } of definers.get(id)!) readers.get(node)!.push(id);
  const waiting = new Map(order.map((id) => [id, definers.get(id)!.length]));
  const sorted = order.filter((id) => waiting.get(id) === 0);
  for (let i = 0; i < sorted.length; i++) {
    for (const reader of readers.get(sorted[i]!)!) {
      const count = waiting.get(reader)! - 1;
      waiting.set(reader, count);
      if (count === 0) sorted.push(reader);
    }
  }
  return sorted;
}

import { nameKey, type Graph } from './graph';
import type { NodeSpec, StaleReason } from './node';

/** Nodes that no longer hold what the notebook says, with the reason for each, nearest to the change first. */
export type Staleness = ReadonlyMap<string, StaleReason>;

/** Whether two specs ask for the same run. */
export function sameContent(a: NodeSpec, b: NodeSpec): boolean {
  const content = ({ revision, inputs, outputs, lane, problem, disabled }: NodeSpec): string =>
    JSON.stringify([revision, inputs, outputs, lane ?? null, problem ?? null, disabled ?? false]);
  return content(a) === content(b);
}

/**
 * The nodes of `after` that were edited, that read names which have other definers than in `before`, or that are under
 * way while another node takes a name of theirs. A result that is there outlives such a quarrel over its name.
 */
export function changedNodes(
  before: Graph,
  after: Graph,
  isUnderWay: (id: string) => boolean,
): Map<string, StaleReason> {
  const changed = new Map<string, StaleReason>();
  for (const spec of after.specs.values()) {
    const old = before.specs.get(spec.id);
    if (!old) continue;
    const names = isUnderWay(spec.id) ? [...spec.inputs, ...spec.outputs] : spec.inputs;
    const reason = sameContent(old, spec) ? redefinition(names, before, after) : ({ because: 'edited' } as const);
    if (reason) changed.set(spec.id, reason);
  }
  return changed;
}

/**
 * Spreads a change from its origins to all their descendants. An origin with a reason is stale itself; one without only
 * makes its descendants stale. A descendant's reason names the nearest origin and the first name on the way.
 */
export function spread(graph: Graph, origins: ReadonlyMap<string, StaleReason | undefined>): Staleness {
  const stale = new Map<string, StaleReason>();
  const queue = [...origins];
  for (let i = 0; i < queue.length; i++) {
    const [id, reason] = queue[i]!;
    if (reason) stale.set(id, reason);
    for (const { node, name } of graph.readers.get(id) ?? []) {
      if (stale.has(node) || origins.has(node)) continue;
      const isInherited = reason?.because === 'input-changed' || reason?.because === 'input-gone';
      const inherited = isInherited ? reason : inputChanged(id, name);
      stale.set(node, inherited);
      queue.push([node, inherited]);
    }
  }
  return stale;
}

const inputChanged = (node: string, name: string): StaleReason => ({ because: 'input-changed', node, name });

function redefinition(names: readonly string[], before: Graph, after: Graph): StaleReason | undefined {
  for (const name of names) {
    const key = nameKey(name);
    const old = before.names.get(key) ?? [];
    const now = after.names.get(key) ?? [];
    if (now.length === 0 && old.length > 0) return { because: 'input-gone', name };
    const other = now.find((id) => !old.includes(id)) ?? old.find((id) => !now.includes(id));
    if (other !== undefined) return inputChanged(other, name);
  }
  return undefined;
}

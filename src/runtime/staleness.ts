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

/** The nodes of `after` that were edited, or whose names (read or defined) have other definers than in `before`. */
export function changedNodes(before: Graph, after: Graph): Map<string, StaleReason> {
  const changed = new Map<string, StaleReason>();
  for (const spec of after.specs.values()) {
    const old = before.specs.get(spec.id);
    if (!old) continue;
    const reason = sameContent(old, spec) ? redefinition(spec, before, after) : ({ because: 'edited' } as const);
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
      const inherited = reason?.because === 'input-changed' ? reason : inputChanged(id, name);
      stale.set(node, inherited);
      queue.push([node, inherited]);
    }
  }
  return stale;
}

const inputChanged = (node: string, name: string): StaleReason => ({ because: 'input-changed', node, name });

function redefinition(spec: NodeSpec, before: Graph, after: Graph): StaleReason | undefined {
  for (const name of [...spec.inputs, ...spec.outputs]) {
    const key = nameKey(name);
    const old = before.names.get(key) ?? [];
    const now = after.names.get(key) ?? [];
    const other = now.find((id) => !old.includes(id)) ?? old.find((id) => !now.includes(id));
    if (other !== undefined) return inputChanged(other, name);
  }
  return undefined;
}

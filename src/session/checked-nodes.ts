import type { NodeSpec } from '../runtime/runtime';

/** What stands for a check's verdict in the graph; no name of a notebook holds a blank. */
const VERDICT = 'check ';

/**
 * The nodes with checks before what they are about: whatever reads a table that a check reads waits for the check, so that
 * it is blocked when something that must hold does not. A check never waits for another, nor for what itself waits for it
 * (the check of a result reads the cell that makes the result).
 */
export function withChecks(nodes: readonly NodeSpec[], checks: ReadonlySet<string>): NodeSpec[] {
  if (checks.size === 0) return [...nodes];
  const definers = new Map(
    nodes.flatMap(({ id, outputs }) => outputs.map((name) => [name.toLowerCase(), id] as const)),
  );
  const needs = new Map(
    nodes.map(
      ({ id, inputs }) => [id, new Set(inputs.flatMap((name) => definers.get(name.toLowerCase()) ?? []))] as const,
    ),
  );
  const verdicts = new Map<string, string[]>();
  for (const check of nodes.filter(({ id }) => checks.has(id))) {
    const read = new Set(check.inputs.map((name) => name.toLowerCase()));
    for (const { id, inputs } of nodes) {
      if (checks.has(id) || !inputs.some((name) => read.has(name.toLowerCase())) || leadsTo(check.id, id, needs))
        continue;
      needs.get(id)!.add(check.id);
      verdicts.set(id, [...(verdicts.get(id) ?? []), VERDICT + check.id]);
    }
  }
  return nodes.map((node) => {
    if (checks.has(node.id)) return { ...node, outputs: [...node.outputs, VERDICT + node.id] };
    const more = verdicts.get(node.id);
    return more ? { ...node, inputs: [...node.inputs, ...more] } : node;
  });
}

/** Whether a name is a check's verdict and not a name of the notebook. */
export function isVerdict(name: string): boolean {
  return name.startsWith(VERDICT);
}

function leadsTo(from: string, to: string, needs: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === to) return true;
    for (const next of needs.get(id) ?? []) seen.add(next);
  }
  return false;
}

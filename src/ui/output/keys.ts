import type { Output } from '../../output/output';

/** Gives outputs names that last over reruns: controls by their key, others by their place among their kind. */
export function keyedOutputs(outputs: readonly Output[]): readonly { readonly key: string; readonly part: Output }[] {
  const seen = new Map<string, number>();
  return outputs.map((part) => {
    if (part.type === 'input') return { key: `input ${part.key}`, part };
    const nth = seen.get(part.type) ?? 0;
    seen.set(part.type, nth + 1);
    return { key: `${part.type} ${nth}`, part };
  });
}

import type { Feature } from '../features';
import { sigmoid } from '../logistic/model';
import { binColumns, type BinnedColumns } from './binned';
import { inSequence, type BoostedTrees } from './boost';
import { leafOf } from './tree';

/** Columns in the bins and the sequence of the model. */
export function binnedFor(model: Pick<BoostedTrees, 'binnings'>, features: readonly Feature[]): BinnedColumns {
  const names = model.binnings.map(({ name }) => name);
  return binColumns(model.binnings, inSequence(features, names, features[0]?.values.length ?? 0));
}

/**
 * The log odds of each row: what the trees add to the base.
 *
 * @param features columns of the names the trees were fitted with, in any order; a category they have not met goes with
 * the rarest ones
 * @throws LevainError `missing-column`, `mixed-column`, `unequal-lengths`
 * @example treeLogOdds({ binnings: [{ name: 'x', kind: 'number', edges: [] }], base: 2, trees: [] }, [{ name: 'x', values: [1] }])[0] // => 2
 */
export function treeLogOdds(
  model: Pick<BoostedTrees, 'binnings' | 'base' | 'trees'>,
  features: readonly Feature[],
): Float64Array {
  const data = binnedFor(model, features);
  const scores = new Float64Array(data.rows).fill(model.base);
  for (const tree of model.trees) {
    for (let i = 0; i < data.rows; i++) scores[i]! += tree.value[leafOf(tree, data, i)]!;
  }
  return scores;
}

/**
 * The probability of each row by the trees.
 *
 * @throws as {@link treeLogOdds}
 * @example treeProbabilities({ binnings: [{ name: 'x', kind: 'number', edges: [] }], base: 0, trees: [] }, [{ name: 'x', values: [1] }])[0] // => 0.5
 */
export function treeProbabilities(
  model: Pick<BoostedTrees, 'binnings' | 'base' | 'trees'>,
  features: readonly Feature[],
): Float64Array {
  return treeLogOdds(model, features).map(sigmoid);
}

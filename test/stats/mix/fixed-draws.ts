import { parameterNames, type MixChannel, type MixDraws, type MixModel } from '../../../src/stats/mix/model';

/** Draws written by hand: a column a parameter, all in one chain. */
export function fixedDraws(model: MixModel, columns: Record<string, ArrayLike<number>>): MixDraws {
  const names = parameterNames(model);
  const missing = names.filter((name) => !(name in columns));
  if (missing.length > 0) throw new Error(`no draws of ${missing.join(', ')}`);
  const draws = columns.sigma!.length;
  return {
    parameters: names,
    chains: [
      {
        seed: 1,
        columns: Object.fromEntries(names.map((name) => [name, Float64Array.from(columns[name]!)])),
        sampler: {
          warmup: 0,
          draws,
          divergences: 0,
          treeDepthReached: 0,
          gradientEvaluations: 0,
          stepSize: 1,
          acceptance: 1,
          energy: new Float64Array(draws),
        },
      },
    ],
  };
}

/** A channel with usual priors, scaled by its largest value. */
export function channelOf(
  name: string,
  media: ArrayLike<number>,
  working: Pick<MixChannel, 'adstock' | 'saturation'>,
  spend: ArrayLike<number> = media,
): MixChannel {
  const mediaScale = Math.max(...Array.from(media));
  return {
    name,
    media: Float64Array.from(media, (value) => value / mediaScale),
    mediaScale,
    spend: Float64Array.from(spend),
    ...working,
    priors: { adstock: [], saturation: [], effect: { on: 'coefficient', prior: { kind: 'half-normal', scale: 2 } } },
  };
}

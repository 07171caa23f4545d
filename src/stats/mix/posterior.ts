import { LevainError } from '../../base/problem';
import type { Random } from '../../base/random';
import type { LogDensity } from '../sampling/log-density';
import { collapsedLikelihood } from './likelihood';
import type { MixModel } from './model';
import { channelTerm } from './posterior-channel';
import { checkModel } from './posterior-check';
import { parameterOf, samplePrior, type ParameterPoint } from './priors';

/** The posterior of the parameters that are sampled: those of the channels, and σ. */
export interface MixPosterior extends LogDensity {
  /**
   * A place to start a chain at that has a finite density: the values known by name (of an earlier fit), and a draw from
   * the priors where there is none.
   */
  initial(random: Random, known?: Readonly<Record<string, number>>): Float64Array;
  /**
   * Everything a position stands for, in the order of `parameterNames(model)`: the parameters on their own scale, β, and
   * the baseline's coefficients drawn from their exact conditional.
   */
  expand(position: Float64Array, random: Random, out: Float64Array): void;
}

/**
 * The log posterior of a mix model with the baseline's coefficients integrated out, and its gradient, over the whole of
 * ℝ^d: for each channel the adstock's parameters, the saturation's, the effect; last σ. Each is spread over the line by
 * the logarithm or the logit, and its Jacobian counted.
 *
 * @throws LevainError `bad-model`, `bad-prior`, `bad-lift-test`, `no-variation` where the baseline explains the outcome
 * exactly
 */
export function mixPosterior(model: MixModel): MixPosterior {
  checkModel(model);
  const { outcome, channels } = model;
  const terms = channels.map((channel) => channelTerm(model, channel));
  const likelihood = collapsedLikelihood(outcome.length, model.baseline);
  if (likelihood.unexplained(outcome) < 1e-24) throw explainedOutcome();
  const sigma = parameterOf(model.sigmaPrior);
  const last = terms.reduce((size, term) => size + term.size, 0);
  const residual = new Float64Array(outcome.length);
  const coefficients = new Float64Array(model.baseline.names.length);
  const scratch = new Float64Array(last + 1);
  const point: ParameterPoint = { value: 0.5, slope: 0.5, logPrior: 0.5, logPriorSlope: 0.5 };

  /** Sets everything to a position but the likelihood: `residual`, σ in `point`, the priors' slopes in `gradient`. */
  function place(position: Float64Array, gradient: Float64Array): number {
    let logPrior = 0;
    let offset = 0;
    residual.set(outcome);
    for (let c = 0; c < terms.length; c++) {
      const { size, response, at } = terms[c]!;
      logPrior += terms[c]!.place(position, offset, gradient);
      offset += size;
      const { beta } = at;
      const { values } = response;
      for (let t = 0; t < residual.length; t++) residual[t]! -= beta * values[t]!;
    }
    sigma.place(position[last]!, point);
    gradient[last] = point.logPriorSlope;
    return logPrior + point.logPrior;
  }

  function evaluate(position: Float64Array, gradient: Float64Array): number {
    let logDensity = place(position, gradient);
    const { value, slope } = point;
    logDensity += likelihood.evaluate(residual, value * value);
    gradient[last]! += likelihood.slopes.variance * 2 * value * slope;
    let offset = 0;
    for (let c = 0; c < terms.length; c++) {
      logDensity += terms[c]!.pullBack(likelihood.pull, offset, gradient);
      offset += terms[c]!.size;
    }
    return logDensity;
  }

  return {
    dimension: last + 1,
    evaluate,
    initial(random, known = {}) {
      const trial = new Float64Array(last + 1);
      for (let attempt = 0; attempt < 100; attempt++) {
        // What is known may lie outside of a support that has changed since: then the priors decide alone.
        const given = attempt === 0 ? known : {};
        let offset = 0;
        for (const term of terms) {
          term.start(random, trial, offset, given);
          offset += term.size;
        }
        trial[last] = sigma.unconstrain(given.sigma ?? samplePrior(model.sigmaPrior, random));
        if (Number.isFinite(evaluate(trial, scratch)) && scratch.every(Number.isFinite)) return trial;
      }
      throw new LevainError({
        code: 'bad-start',
        message: 'In 100 draws from the priors there was none at which the model has a finite density.',
        hint: 'Check the scale of outcome and media, and that the priors allow values near the data.',
      });
    },
    expand(position, random, out) {
      place(position, scratch);
      let i = 0;
      terms.forEach(({ response, at }, c) => {
        for (const value of response.parameters) out[i++] = value;
        out[i++] = at.beta;
        if (channels[c]!.priors.effect.on === 'roi') out[i++] = at.effect;
      });
      out[i++] = point.value;
      likelihood.drawCoefficients(residual, point.value * point.value, random, coefficients);
      out.set(coefficients, i);
    },
  };
}

/** Without anything left to explain σ would shrink for ever, and there is no posterior. */
function explainedOutcome(): LevainError {
  return new LevainError({
    code: 'no-variation',
    message:
      'The outcome does not vary beyond what the baseline explains exactly: nothing is left to learn media from.',
    hint: 'Check that the outcome is a measured column, and not a constant or a sum of controls.',
  });
}

import { LevainError } from '../../base/problem';
import { responseTo } from './likelihood-response';
import type { LiftTest, MixChannel } from './model';

/** A lift test as a term of the log posterior, in the channel's parameters and its coefficient β. */
export interface LiftTerm {
  /**
   * log Normal(outcome; β·D, standardError²), where D is how much more the channel's response adds up to with the tested
   * media than without. Adds ∂/∂parameter to `gradient` and sets `slopes`.
   *
   * @param parameters the adstock's, then the saturation's
   */
  evaluate(parameters: Float64Array, beta: number, gradient: Float64Array): number;
  /** ∂/∂β of the last evaluation. */
  readonly slopes: { beta: number };
}

/**
 * Prepares a lift test. The counterfactual is the same history with the channel's media of rows [from, to) set to 0, so
 * that saturation by what ran before, and carryover past the end, count as they do in the model.
 *
 * @throws LevainError `bad-lift-test`
 */
export function liftTerm(test: LiftTest, channel: MixChannel): LiftTerm {
  checkLiftTest(test, channel);
  const { from, to, until, outcome, standardError } = test;
  // What came before the window only matters as far back as the adstock reaches.
  const reach = channel.adstock.kind === 'none' ? 0 : channel.adstock.maxLag - 1;
  const begin = Math.max(0, from - reach);
  const media = channel.media.slice(begin, until);
  const without = media.slice();
  without.fill(0, from - begin, to - begin);
  const present = responseTo(media, channel.adstock, channel.saturation);
  const absent = responseTo(without, channel.adstock, channel.saturation);
  const window = new Float64Array(media.length).fill(1, from - begin);
  const constant = -Math.log(standardError) - 0.5 * Math.log(2 * Math.PI);
  const slopes = { beta: 0.5 };
  return {
    slopes,
    evaluate(parameters, beta, gradient) {
      present.parameters.set(parameters);
      absent.parameters.set(parameters);
      present.forward();
      absent.forward();
      let more = 0;
      for (let t = from - begin; t < media.length; t++) more += present.values[t]! - absent.values[t]!;
      const z = (outcome - beta * more) / standardError;
      const byLift = z / standardError;
      slopes.beta = byLift * more;
      present.backward(window, byLift * beta, 0, gradient);
      absent.backward(window, -byLift * beta, 0, gradient);
      return constant - (z * z) / 2;
    },
  };
}

function checkLiftTest({ channel, from, to, until, outcome, standardError }: LiftTest, { media }: MixChannel): void {
  const bad = (message: string, hint: string): never => {
    throw new LevainError({
      code: 'bad-lift-test',
      subject: channel,
      message: `The lift test of ${channel} ${message}`,
      hint,
    });
  };
  if (
    !(Number.isInteger(from) && Number.isInteger(to) && Number.isInteger(until)) ||
    from < 0 ||
    to <= from ||
    until < to
  ) {
    bad(
      `covers rows ${from + 1} to ${to}, measured until ${until}.`,
      'Media must end after they begin, and measuring not before media.',
    );
  }
  if (until > media.length) {
    bad(`is measured until row ${until}, but there are ${media.length} rows.`, 'Take rows in which the test ran.');
  }
  if (!Number.isFinite(outcome)) bad(`has the outcome ${outcome}.`, 'Give the incremental outcome as a number.');
  if (!(standardError > 0 && standardError < Infinity)) {
    bad(
      `has the standard error ${standardError}.`,
      'Give a number above 0: a quarter of the width of the 95 % interval.',
    );
  }
  if (media.subarray(from, to).every((value) => value === 0)) {
    bad(`covers rows ${from + 1} to ${to}, in which the channel had no media.`, 'Take rows in which the test ran.');
  }
}

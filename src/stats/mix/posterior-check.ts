import { LevainError } from '../../base/problem';
import { adstockParameters, saturationParameters, type MixChannel, type MixModel } from './model';

/**
 * Checks what a fit needs of a model, whoever made it: arrays of one length, finite numbers, media that vary from 0, a
 * prior for each parameter, lift tests of channels that exist.
 *
 * @throws LevainError `bad-model` with the column and the row
 */
export function checkModel({ outcome, outcomeScale, baseline, channels, liftTests }: MixModel): void {
  const n = outcome.length;
  if (n === 0) throw badModel('The model has no rows.');
  checkColumn('The outcome', outcome, n);
  if (!(outcomeScale > 0)) throw badModel(`The outcome's scale must be above 0; it is ${outcomeScale}.`);
  if (baseline.names.length !== baseline.columns.length || baseline.variance.length !== baseline.columns.length) {
    throw badModel(
      `The baseline has ${baseline.columns.length} columns, ${baseline.names.length} names and ${baseline.variance.length} prior variances.`,
    );
  }
  baseline.columns.forEach((column, j) => checkColumn(`The baseline column ${baseline.names[j]}`, column, n));
  baseline.variance.forEach((value, j) => {
    if (value > 0 && value < Infinity) return;
    throw badModel(`The prior variance of the baseline column ${baseline.names[j]} must be above 0; it is ${value}.`);
  });
  const names = channels.map((channel) => channel.name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw badModel(`There are two channels named ${twice}.`);
  for (const channel of channels) checkChannel(channel, n);
  const unknown = liftTests.find((test) => !names.includes(test.channel));
  if (unknown) throw badModel(`There is a lift test of ${unknown.channel}, but no channel of that name.`);
}

function checkChannel({ name, media, spend, adstock, saturation, priors }: MixChannel, rows: number): void {
  checkColumn(`The media of ${name}`, media, rows);
  checkColumn(`The spend of ${name}`, spend, rows);
  const negative = media.findIndex((value) => value < 0);
  if (negative >= 0) throw badModel(`The media of ${name} are negative in row ${negative + 1}: ${media[negative]}.`);
  if (!media.some((value) => value > 0)) throw badModel(`The channel ${name} never had any media.`);
  const expected = [adstockParameters(adstock.kind), saturationParameters(saturation.kind)] as const;
  [priors.adstock, priors.saturation].forEach((given, part) => {
    if (given.length === expected[part]!.length) return;
    const [kind, what] = part === 0 ? [adstock.kind, 'adstock'] : [saturation.kind, 'saturation'];
    const needed = expected[part]!.join(', ') || 'none';
    throw badModel(`The ${kind} ${what} of ${name} needs priors for ${needed}; there are ${given.length}.`);
  });
  if (priors.effect.on === 'roi' && !(spend.reduce((sum, value) => sum + value, 0) > 0)) {
    throw badModel(`The channel ${name} has a prior on its return on investment, but no spend.`);
  }
}

function checkColumn(what: string, values: Float64Array, rows: number): void {
  if (values.length !== rows) throw badModel(`${what} has ${values.length} rows where the outcome has ${rows}.`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw badModel(`${what} has no number in row ${bad + 1}: ${values[bad]}.`);
}

function badModel(message: string): LevainError {
  return new LevainError({ code: 'bad-model', message });
}

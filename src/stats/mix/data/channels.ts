import { LevainError, type Problem } from '../../../base/problem';
import {
  adstockParameters,
  saturationParameters,
  type Adstock,
  type AdstockKind,
  type EffectPrior,
  type MixChannel,
  type Prior,
  type SaturationKind,
} from '../model';
import { largest, positiveColumn, type Cells } from './columns';
import type { Frequency } from './calendar';
import { USUAL_EFFECT, USUAL_LAGS, usualAdstockPriors, usualSaturationPriors } from './default-priors';

/** How channels work, where nothing else is said of one. */
export interface ChannelOptions {
  /** `geometric` when not given. */
  readonly adstock?: AdstockKind;
  /** Rows an exposure can last, at least 1; 28 days, 8 weeks or 3 months when not given. */
  readonly maxLag?: number;
  /** `logistic` when not given. */
  readonly saturation?: SaturationKind;
  /** In the order the transforms take their parameters. */
  readonly priors?: {
    readonly adstock?: readonly Prior[];
    readonly saturation?: readonly Prior[];
    readonly effect?: EffectPrior;
  };
}

/** A channel as a table gives it. One without spend is organic: it has an effect, but no return on spend. */
export interface ChannelColumns extends ChannelOptions {
  readonly name: string;
  /** Money, a value a row. */
  readonly spend?: Cells;
  /** What customers met: impressions, clicks, mails sent. The spend where not given. */
  readonly exposure?: Cells;
}

/**
 * Channels checked and scaled: media are the exposure (or the spend), divided by the largest value.
 *
 * A channel that never ran is left out with a warning. Warnings also name channels that hardly ran, that never changed,
 * and rows where money was spent but nobody was reached.
 *
 * @throws LevainError `no-channels`, `duplicate-name`, `no-media-column`, `missing-value`, `negative-value`,
 * `unequal-lengths`, `bad-parameter`
 */
export function channelsOf(
  columns: readonly ChannelColumns[],
  rows: number,
  frequency: Frequency,
  options: ChannelOptions,
): { channels: MixChannel[]; warnings: Problem[] } {
  checkNames(columns.map(({ name }) => name));
  const warnings: Problem[] = [];
  const channels = columns.flatMap((column) => {
    const { name } = column;
    const source = column.exposure ?? column.spend;
    if (!source) {
      const message = `The channel “${name}” has neither spend nor exposure.`;
      throw new LevainError({ code: 'no-media-column', message, hint: 'Give one of the two columns.', subject: name });
    }
    const raw = positiveColumn(column.exposure ? labelled(name, 'exposure', column) : name, source, rows);
    const spend = column.spend
      ? positiveColumn(labelled(name, 'spend', column), column.spend, rows)
      : new Float64Array(rows);
    const mediaScale = largest(raw);
    warnings.push(...mediaWarnings(name, raw, spend));
    if (mediaScale === 0) return [];
    return [
      {
        name,
        media: raw.map((value) => value / mediaScale),
        mediaScale,
        spend,
        ...workingOf(name, frequency, column, options),
      },
    ];
  });
  if (channels.length === 0) {
    throw new LevainError({
      code: 'no-channels',
      message: columns.length === 0 ? 'A mix model needs at least one channel.' : 'Every channel is 0 in every row.',
      hint: 'Give at least one channel that ran.',
    });
  }
  return { channels, warnings };
}

/** The name of a channel's column where it has two, so that a message points at the right one. */
function labelled(name: string, which: 'spend' | 'exposure', { spend, exposure }: ChannelColumns): string {
  return spend && exposure ? `${name} (${which})` : name;
}

function workingOf(
  name: string,
  frequency: Frequency,
  own: ChannelOptions,
  common: ChannelOptions,
): Pick<MixChannel, 'adstock' | 'saturation' | 'priors'> {
  const kind = own.adstock ?? common.adstock ?? 'geometric';
  const maxLag = own.maxLag ?? common.maxLag ?? USUAL_LAGS[frequency];
  const curve = own.saturation ?? common.saturation ?? 'logistic';
  const adstock: Adstock = { kind, maxLag: kind === 'none' ? 1 : maxLag };
  const priors = { ...common.priors, ...own.priors };
  const working = {
    adstock,
    saturation: { kind: curve },
    priors: {
      adstock: priors.adstock ?? usualAdstockPriors(kind, maxLag, frequency),
      saturation: priors.saturation ?? usualSaturationPriors(curve),
      effect: priors.effect ?? ({ on: 'coefficient', prior: USUAL_EFFECT } as const),
    },
  };
  checkLags(name, maxLag);
  checkCount(name, `the ${kind} adstock`, adstockParameters(kind), working.priors.adstock);
  checkCount(name, `the ${curve} saturation`, saturationParameters(curve), working.priors.saturation);
  return working;
}

function checkNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new LevainError({
    code: 'duplicate-name',
    message: `The channel “${twice}” is there twice.`,
    hint: 'Give each channel once; add up columns that belong together.',
    subject: twice,
  });
}

function checkLags(name: string, maxLag: number): void {
  if (Number.isInteger(maxLag) && maxLag >= 1) return;
  const message = `The adstock of “${name}” lasts a whole number of rows, at least 1; maxLag is ${maxLag}.`;
  throw new LevainError({ code: 'bad-parameter', message, subject: name });
}

function checkCount(name: string, what: string, parameters: readonly string[], priors: readonly Prior[]): void {
  if (priors.length === parameters.length) return;
  const message = `“${name}” has ${priors.length} priors for ${what}, which has ${parameters.length} parameters (${parameters.join(', ') || 'none'}).`;
  throw new LevainError({ code: 'bad-parameter', message, subject: name });
}

/** Fewer rows with media than this say next to nothing about a curve. */
const FEW_ROWS = 5;

function mediaWarnings(name: string, media: Float64Array, spend: Float64Array): Problem[] {
  const warnings: Problem[] = [];
  const warn = (code: string, message: string, hint?: string): void => {
    warnings.push({ code, message, subject: name, ...(hint ? { hint } : {}) });
  };
  const ran = media.filter((value) => value > 0).length;
  if (ran === 0) {
    warn('empty-channel', `“${name}” is 0 in every row, so nothing can be said of it; it is left out.`);
  } else if (ran < FEW_ROWS) {
    warn('rare-channel', `“${name}” ran in only ${ran} of ${media.length} rows: its answer will be mostly the prior.`);
  } else if (media.every((value) => value === media[0])) {
    const message = `“${name}” is ${media[0]} in every row: its effect cannot be told from what sells anyway.`;
    warn('constant-channel', message, 'Vary it for a few weeks, or give a lift test.');
  }
  const unreached = spend.findIndex((value, t) => value > 0 && media[t] === 0);
  if (unreached >= 0 && ran > 0) {
    const count = spend.filter((value, t) => value > 0 && media[t] === 0).length;
    const message = `“${name}” has spend but no exposure in ${count} row${count === 1 ? '' : 's'}, first in row ${unreached + 1}.`;
    warn('spend-without-exposure', message, 'Check that both columns come from the same account and dates.');
  }
  return warnings;
}

import { LevainError, type Problem } from '../../../base/problem';
import { baselineOf, type BaselineOptions } from '../baseline/baseline';
import { parameterNames, type MixModel, type Prior } from '../model';
import { calendarOf, type Calendar, type DateLike } from './calendar';
import { channelsOf, type ChannelColumns, type ChannelOptions } from './channels';
import { finiteColumn, largest, type Cells } from './columns';
import { USUAL_SIGMA } from './default-priors';
import { liftTestsOf, type MeasuredLift } from './lift-tests';
import { collinearPairs, togetherWarning } from './together';

/** A table's columns, a value a row, oldest row first. */
export interface MixColumns {
  readonly dates: readonly (DateLike | null | undefined)[];
  readonly outcome: { readonly name: string; readonly values: Cells };
  readonly channels: readonly ChannelColumns[];
  /** Price, weather, a competitor: what moves the outcome and is no media of one's own. */
  readonly controls?: readonly { readonly name: string; readonly values: Cells }[];
}

export interface MixOptions extends ChannelOptions {
  readonly baseline?: BaselineOptions;
  readonly liftTests?: readonly MeasuredLift[];
  readonly sigmaPrior?: Prior;
}

/** A model ready to be fitted, with what is needed to read its answer. */
export interface PreparedMix {
  readonly model: MixModel;
  readonly calendar: Calendar;
  readonly outcomeName: string;
  /** What the data cannot carry; show it beside every answer. */
  readonly warnings: readonly Problem[];
}

/** With fewer rows there is nothing to learn from. */
const FEWEST_ROWS = 8;

/**
 * Checks and scales a table for a mix model: the outcome is divided by its largest value, each channel's media by theirs.
 *
 * @throws LevainError naming the column and the row (counted from 1): `bad-date`, `duplicate-date`, `dates-out-of-order`,
 * `gap-in-dates`, `mixed-frequency`, `too-few-rows`, `missing-value`, `negative-value`, `unequal-lengths`,
 * `constant-outcome`, `no-channels`, `duplicate-name`, `no-media-column`, `unknown-channel`, `bad-lift-test`,
 * `bad-parameter`
 */
export function prepareMix(columns: MixColumns, options: MixOptions = {}): PreparedMix {
  const { dates, outcome } = columns;
  if (dates.length < FEWEST_ROWS) {
    const message = `A mix model needs at least ${FEWEST_ROWS} rows, and two years of weeks to be of use; there are ${dates.length}.`;
    throw new LevainError({ code: 'too-few-rows', message, hint: 'Bring a longer history.' });
  }
  const calendar = calendarOf(dates);
  const rows = dates.length;
  const values = outcomeOf(outcome.name, outcome.values, rows);
  const outcomeScale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const { channels, warnings: ofChannels } = channelsOf(columns.channels, rows, calendar.frequency, options);
  const controls = (columns.controls ?? []).map(({ name, values }) => ({
    name,
    values: finiteColumn(name, values, rows),
  }));
  const { baseline, warnings: ofBaseline } = baselineOf(calendar, controls, options.baseline);
  const names = channels.map(({ name }) => name);
  const model: MixModel = {
    outcome: values.map((value) => value / outcomeScale),
    outcomeScale,
    baseline,
    channels,
    sigmaPrior: options.sigmaPrior ?? USUAL_SIGMA,
    liftTests: liftTestsOf(options.liftTests ?? [], names, calendar, outcomeScale),
  };
  const together = collinearPairs(channels.map(({ name, media }) => ({ name, values: media }))).map(togetherWarning);
  return {
    model,
    calendar,
    outcomeName: outcome.name,
    warnings: [...historyWarnings(model, calendar), ...ofChannels, ...together, ...ofBaseline],
  };
}

function outcomeOf(name: string, cells: Cells, rows: number): Float64Array {
  const values = finiteColumn(
    name,
    cells,
    rows,
    'Leave out periods of which the outcome is not yet known, at the end of the table.',
  );
  const first = values[0]!;
  if (values.some((value) => value !== first) && largest(values) > 0) return values;
  const what = values.some((value) => value !== first) ? 'never above 0' : `${first} in every row`;
  throw new LevainError({
    code: 'constant-outcome',
    message: `The outcome “${name}” is ${what}, so there is nothing to explain.`,
    hint: 'Take a column that rises and falls: revenue, orders, sign-ups.',
    subject: name,
  });
}

function historyWarnings(model: MixModel, calendar: Calendar): Problem[] {
  const rows = model.outcome.length;
  const unknowns = parameterNames(model).length;
  const days = calendar.ends[rows - 1]! - calendar.starts[0]!;
  const warnings: Problem[] = [];
  if (rows < 3 * unknowns) {
    const message = `There are ${rows} rows for ${unknowns} unknowns: the answer will be mostly the prior.`;
    warnings.push({ code: 'few-rows', message, hint: 'Bring a longer history, or fewer channels and controls.' });
  }
  if (days < 365) {
    const message = `The data cover ${Math.round(days / 7)} weeks: what is season and what is trend or media cannot be told in less than a year.`;
    warnings.push({ code: 'short-history', message, hint: 'Bring two years or more.' });
  }
  return warnings;
}

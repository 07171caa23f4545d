import { LevainError } from '../../../base/problem';
import type { MixModel } from '../model';
import { isVarying } from './columns';

/** A model and numbers that a fast fit can be made of. */
export function checkFast(model: MixModel, candidates: number, folds: number, resamples: number): void {
  const rows = model.outcome.length;
  if (model.channels.length === 0) {
    throw new LevainError({ code: 'no-channels', message: 'A mix model needs at least one channel; there are 0.' });
  }
  for (const [what, value, least] of [
    ['candidates', candidates, 20],
    ['folds', folds, 1],
    ['resamples', resamples, 100],
  ] as const) {
    if (Number.isInteger(value) && value >= least) continue;
    const message = `The number of ${what} must be a whole number, at least ${least}; it is ${value}.`;
    throw new LevainError({ code: 'bad-parameter', message });
  }
  if (folds > 5 || rows < 20) {
    const message = `There are ${rows} rows for ${folds} folds of 15 % each: at least 20 rows and at most 5 folds are needed.`;
    throw new LevainError({ code: 'too-few-rows', message, hint: 'Bring a longer history or take fewer folds.' });
  }
  const named = [
    { name: 'outcome', values: model.outcome },
    ...model.baseline.columns.map((values, k) => ({ name: model.baseline.names[k]!, values })),
    ...model.channels.map(({ name, media }) => ({ name, values: media })),
  ];
  for (const { name, values } of named) {
    const row = values.findIndex((value) => !Number.isFinite(value));
    if (row < 0 && values.length === rows) continue;
    const message =
      row < 0
        ? `${name} has ${values.length} rows and the outcome ${rows}.`
        : `${name} is ${values[row]} in row ${row + 1}.`;
    throw new LevainError({ code: row < 0 ? 'unequal-lengths' : 'not-finite', message, subject: name });
  }
  if (isVarying(model.outcome)) return;
  const message = `The outcome is ${model.outcome[0]} in every row, so there is nothing to explain.`;
  throw new LevainError({ code: 'constant-outcome', message });
}

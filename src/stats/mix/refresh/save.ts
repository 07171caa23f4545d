import { LevainError } from '../../../base/problem';
import type { Calendar } from '../data/calendar';
import type { PreparedMix } from '../data/prepare';
import { parameterNames, type MixDraws, type MixModel } from '../model';
import { dataFingerprint } from './fingerprint';

/** The form this version writes. A reader refuses a newer one. */
const FORM = 1;

/** A fit with all that its results follow from: everything a fit was asked, and everything it answered. */
export interface SavedMix {
  readonly prepared: PreparedMix;
  readonly draws: MixDraws;
  /** Names and versions of what made it. */
  readonly versions: Readonly<Record<string, string>>;
  readonly fingerprint: string;
}

/**
 * A fit as JSON text: the data as the model has them and their fingerprint, priors, seeds, versions and every draw. Numbers
 * are written so that they come back bit for bit; read again by {@link readMix}, it gives the same tables.
 *
 * The text holds the outcome and the spend of every row: who gets it can read them.
 *
 * @param versions names and versions of what made the fit
 */
export function writeMix(
  prepared: PreparedMix,
  draws: MixDraws,
  versions: Readonly<Record<string, string>> = {},
): string {
  const { model, calendar, outcomeName, warnings } = prepared;
  const saved = {
    levainMix: FORM,
    fingerprint: dataFingerprint(prepared),
    versions,
    seeds: draws.chains.map(({ seed }) => seed),
    outcomeName,
    warnings,
    calendar,
    model,
    draws,
  };
  return JSON.stringify(saved, (_, value: unknown) =>
    value instanceof Float64Array ? Array.from(value, finite) : value,
  );
}

/** JSON would write NaN and ∞ as null, and −0 as 0. */
function finite(value: number): number | string {
  return Number.isFinite(value) && !Object.is(value, -0) ? value : String(Object.is(value, -0) ? '-0' : value);
}

/**
 * Reads a fit that {@link writeMix} wrote.
 *
 * @throws LevainError `bad-saved-fit` when the text is something else, is cut off or was changed; `newer-form` when a
 * newer version wrote it
 */
export function readMix(text: string): SavedMix {
  const saved = parsed(text);
  if (typeof saved.levainMix !== 'number') throw badSavedFit('It does not say that it is one.');
  if (saved.levainMix > FORM) {
    throw new LevainError({
      code: 'newer-form',
      message: `The fit was saved in form ${saved.levainMix}; this version reads up to form ${FORM}.`,
      hint: 'Open it with the version that wrote it, or a newer one.',
    });
  }
  try {
    const model = revived(saved.model) as MixModel;
    const prepared: PreparedMix = {
      model,
      calendar: revived(saved.calendar) as Calendar,
      outcomeName: String(saved.outcomeName),
      warnings: saved.warnings as PreparedMix['warnings'],
    };
    const draws = revived(saved.draws) as MixDraws;
    const fingerprint = dataFingerprint(prepared);
    if (fingerprint !== saved.fingerprint)
      throw badSavedFit('Its data are not those of its fingerprint: it was changed.');
    checkDraws(model, draws);
    return { prepared, draws, versions: saved.versions as Record<string, string>, fingerprint };
  } catch (error) {
    if (error instanceof LevainError) throw error;
    throw badSavedFit('A part of it is missing.', error);
  }
}

function checkDraws(model: MixModel, { chains }: MixDraws): void {
  if (chains.length === 0) throw badSavedFit('It holds no chain.');
  for (const name of parameterNames(model)) {
    for (const { columns } of chains) {
      if (columns[name]?.length === columns.sigma!.length) continue;
      throw badSavedFit(`The draws of “${name}” are missing or cut off.`);
    }
  }
}

/** Arrays of numbers as Float64Array, wherever they are; the baseline of a model without columns too. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) {
    const numbers = value.length > 0 && value.every((item) => typeof item === 'number' || isSpecial(item));
    return numbers ? Float64Array.from(value, Number) : value.map(revived);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revived(item)]));
}

function isSpecial(value: unknown): boolean {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' || value === '-0';
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw badSavedFit('It is not whole JSON text.', error);
  }
  throw badSavedFit('It is not a JSON object.');
}

function badSavedFit(why: string, cause?: unknown): LevainError {
  return new LevainError(
    { code: 'bad-saved-fit', message: `This is not a saved mix model. ${why}`, hint: 'Save the fit again.' },
    { cause },
  );
}

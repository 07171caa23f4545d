import { choiceKeys, rowKeys } from '../../output/choices';
import type { InputOutput, InputSpec, InputValue } from '../../output/output';
import { audienceConditions, type AudienceStart } from './audience-input';
import { withCheckedOptions } from './input-options';
import { madeOf } from './made-of';

const DAY = 86_400_000;

/** What the controls of one run need: the values the reader left, and a way to show the control. */
export interface InputHost {
  readonly controls: Readonly<Record<string, InputValue>>;
  show(output: InputOutput): void;
  /** Says under the cell that a value given in its code was not taken. */
  warn(text: string): void;
}

interface Labelled {
  readonly label?: string;
}

type Choices = Iterable<unknown> | Readonly<Record<string, unknown>>;

/**
 * The `input` of one run. Each function shows a control and returns its present value: the reader's if it still fits
 * what the cell allows, else the given `value`, else a plain default.
 */
export function createInput({ controls, show, warn }: InputHost) {
  const taken = new Map<string, number>();

  function control<T extends InputValue>(spec: InputSpec, initial: T, take: (left: InputValue) => T | undefined): T {
    const label = spec.label || spec.kind;
    const n = (taken.get(label) ?? 0) + 1;
    taken.set(label, n);
    const key = n === 1 ? label : `${label} (${n})`;
    const left = Object.hasOwn(controls, key) ? controls[key]! : undefined;
    const value = (left === undefined ? undefined : take(left)) ?? initial;
    show({ type: 'input', key, spec, value });
    return value;
  }

  /** A number given as the value, or the nearest that the control can have. */
  function inside(kind: string, label: string, value: number, min: number, max: number): number {
    const taken = clamp(value, min, max);
    if (taken !== value) warn(`${called(kind, label)}: ${value} lies outside, so it begins at ${taken}.`);
    return taken;
  }

  const basic = {
    /**
     * One of `choices` (an array, or an object of label → value), or with `multiple` some of them.
     *
     * @example
     * const town = input.select(['Gent', 'Brugge'], { label: 'Town' });
     */
    select(
      choices: Choices,
      { label = '', value, multiple = false }: Labelled & { value?: unknown; multiple?: boolean } = {},
    ): unknown {
      if (isOptions(choices, ['options', 'choices', 'value', 'values'])) {
        throw new TypeError(
          "input.select takes its choices first: input.select(['EUR', 'CHF'], { label: 'Currency' }).",
        );
      }
      const entries = choiceEntries(choices);
      if (entries.length === 0) throw new TypeError('input.select needs at least one choice.');
      const spec: InputSpec = { kind: 'select', label, choices: entries.map(([text]) => text), multiple };
      const chosen = new Chosen(choiceKeys(spec.choices));
      const place = (wanted: unknown): number => {
        const at = entries.findIndex(([, choice]) => same(choice, wanted));
        if (at < 0) warn(`${called('select', label)}: ${choiceLabel(wanted)} is none of its choices.`);
        return at;
      };
      if (multiple) {
        const initial = chosen.keysOf((Array.isArray(value) ? value : []).map(place));
        return chosen.places(control(spec, initial, chosen.some)).map((i) => entries[i]![1]);
      }
      const [initial] = chosen.keysOf([value === undefined ? 0 : Math.max(0, place(value))]);
      return entries[chosen.places([control(spec, initial!, chosen.one)])[0]!]![1];
    },

    /**
     * A number between two, moved by a slider. SQL takes it as `${share}`, another cell by its name.
     *
     * @example
     * const share = input.slider([0, 100], { label: 'Share', value: 30, step: 5, unit: '%' });
     */
    slider(
      range: readonly [number, number],
      options: Labelled & { value?: number; step?: number; unit?: string } = {},
    ): number {
      if (!Array.isArray(range) || range.length !== 2) {
        throw new TypeError("input.slider takes its range first: input.slider([0, 100], { label: 'Share' }).");
      }
      const { label = '', unit } = options;
      const [min, max] = range;
      if (!(Number.isFinite(min) && Number.isFinite(max) && min <= max)) {
        throw new TypeError(`input.slider needs a range [from, to], not [${min}, ${max}].`);
      }
      const step = options.step ?? niceStep(max - min);
      if (!(step > 0)) throw new TypeError(`input.slider needs a step above 0, not ${step}.`);
      const spec: InputSpec = {
        kind: 'slider',
        label,
        min,
        max,
        step,
        ...(unit === undefined ? {} : { unit: String(unit) }),
      };
      const middle = min + Math.round((max - min) / 2 / step) * step;
      const initial = numberOf('slider', options.value) ?? middle;
      return control(spec, inside('slider', label, initial, min, max), within(min, max));
    },

    /**
     * A number typed.
     *
     * @example
     * const margin = input.number({ label: 'Margin (€)', value: 12.5, min: 0 });
     */
    number({
      label = '',
      value,
      min,
      max,
      step,
    }: Labelled & { value?: number; min?: number; max?: number; step?: number } = {}): number {
      const spec = compact({ kind: 'number', label, min, max, step });
      const [low, high] = [min ?? -Infinity, max ?? Infinity];
      if (low > high) throw new TypeError(`input.number needs a min up to its max, not ${low} and ${high}.`);
      const given = numberOf('number', value);
      const initial = given === undefined ? clamp(min ?? 0, low, high) : inside('number', label, given, low, high);
      return control(spec as InputSpec, initial, within(low, high));
    },

    /**
     * A line of text.
     *
     * @example
     * const word = input.text({ label: 'Product has', placeholder: 'rye' });
     */
    text({ label = '', value = '', placeholder }: Labelled & { value?: string; placeholder?: string } = {}): string {
      const spec = compact({ kind: 'text', label, placeholder }) as InputSpec;
      return control(spec, String(value), (left) => (typeof left === 'string' ? left : undefined));
    },

    /**
     * Two days, `[from, to]`, as dates at midnight UTC. In SQL they are compared with days, as in
     * `ordered_at::DATE BETWEEN ${from} AND ${to}`: by their times, orders of the last day would come after it.
     *
     * @example
     * const [from, to] = input.dateRange({ label: 'Days', value: ['2024-01-01', '2024-12-31'] });
     */
    dateRange(
      options: Labelled & { value?: readonly [unknown, unknown]; min?: unknown; max?: unknown } = {},
    ): [Date, Date] {
      const { label = '', value } = options;
      if (value !== undefined && !(Array.isArray(value) && value.length === 2)) {
        throw new TypeError("input.dateRange needs its value as two days: ['2024-01-01', '2024-12-31'].");
      }
      const [min, max] = [options.min, options.max].map((day) => (day === undefined ? undefined : isoDay(day)));
      const to = value ? isoDay(value[1]) : (max ?? isoDay(new Date()));
      const from = value ? isoDay(value[0]) : (min ?? isoDay(new Date(Date.parse(to) - 29 * DAY)));
      if (value && from > to) throw new TypeError(`input.dateRange begins on ${from}, after it ends on ${to}.`);
      const spec = compact({ kind: 'dateRange', label, min, max }) as InputSpec;
      const fits = (left: InputValue): left is readonly [string, string] =>
        Array.isArray(left) &&
        left.length === 2 &&
        left.every((day) => isDay(day) && !(min! > day) && !(max! < day)) &&
        left[0] <= left[1];
      return control<readonly [string, string]>(spec, [from, to], (left) => (fits(left) ? left : undefined)).map(
        (day) => new Date(day),
      ) as [Date, Date];
    },

    /**
     * Yes or no.
     *
     * @example
     * const onlyNew = input.checkbox({ label: 'Only new customers' });
     */
    checkbox({ label = '', value = false }: Labelled & { value?: boolean } = {}): boolean {
      return control({ kind: 'checkbox', label }, Boolean(value), (left) =>
        typeof left === 'boolean' ? left : undefined,
      );
    },

    /**
     * Rows that the reader ticks, out of a table. `value` holds the rows ticked at first.
     *
     * @example
     * const chosen = input.table([{ town: 'Gent', sales: 5 }, { town: 'Brugge', sales: 3 }], { label: 'Towns' });
     */
    table<T extends Record<string, unknown>>(
      data: Iterable<T>,
      { label = '', columns, value = [] }: Labelled & { columns?: readonly string[]; value?: readonly T[] } = {},
    ): T[] {
      const rows = Array.from(data);
      const shown = columns ?? [...new Set(rows.slice(0, 100).flatMap((row) => Object.keys(row)))];
      const texts = rows.map((row) => shown.map((column) => written(row[column])));
      const chosen = new Chosen(rowKeys(texts));
      const initial = chosen.keysOf(value.map((row) => rows.indexOf(row)));
      if (initial.length < value.length)
        warn(
          `${called('table', label)}: not every row of its value is a row of the table itself; filter those out of it.`,
        );
      const spec: InputSpec = { kind: 'table', label, columns: [...shown], rows: texts };
      const ticked = chosen.places(control(spec, initial, chosen.some));
      return madeOf(
        ticked.map((i) => rows[i]!),
        rows,
      );
    },
  };

  const controlsOfRun = {
    ...basic,

    /**
     * Sets of rows that the reader puts together, each with a name, the columns it goes by and what they must be.
     *
     * @example
     * const groups = input.audiences([{ town: 'Gent', orders: 5 }, { town: 'Brugge', orders: 1 }]);
     */
    audiences<T extends object>(
      data: Iterable<T>,
      options: { columns?: readonly string[]; value?: readonly AudienceStart[] } = {},
    ): Record<string, (row: T) => boolean> {
      return audienceConditions(basic, Array.from(data), options);
    },
  };
  return Object.freeze(withCheckedOptions(controlsOfRun));
}

/** Whether options stand where choices should: a label in words beside a list. */
function isOptions(choices: Choices, lists: readonly string[]): boolean {
  if (Symbol.iterator in choices) return false;
  const given = choices as Readonly<Record<string, unknown>>;
  return typeof given.label === 'string' && lists.some((name) => typeof given[name] === 'object');
}

function choiceEntries(choices: Choices): [string, unknown][] {
  if (choices instanceof Map) return Array.from(choices, ([label, value]) => [choiceLabel(label), value]);
  if (Symbol.iterator in choices)
    return Array.from(choices as Iterable<unknown>, (choice) => [choiceLabel(choice), choice]);
  return Object.entries(choices);
}

const same = (a: unknown, b: unknown): boolean =>
  a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());

const called = (kind: string, label: string): string => `input.${kind}${label && ` “${label}”`}`;

/** A choice that is empty has a name that can be seen. */
function choiceLabel(value: unknown): string {
  if (value === null || value === undefined) return '(no value)';
  return written(value) || '(blank)';
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.getTime() % DAY === 0 ? isoDay(value) : String(value.toISOString());
  return (typeof value === 'object' ? JSON.stringify(value) : String(value as string)).slice(0, 1_000);
}

function within(min: number, max: number) {
  return (left: InputValue): number | undefined =>
    typeof left === 'number' && left >= min && left <= max ? left : undefined;
}

/** What is chosen of choices, by their keys: what the reader chose stays chosen when others come and go. */
class Chosen {
  readonly #keys: readonly string[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(keys: readonly string[]) {
    this.#keys = keys;
    this.#places = new Map(keys.map((key, i) => [key, i]));
  }

  /** The keys at places; none where there is no such place. */
  keysOf(places: readonly number[]): readonly string[] {
    return places.flatMap((i) => this.#keys[i] ?? []);
  }

  /** The places of keys, in the sequence of the choices. */
  places(keys: readonly string[]): number[] {
    return keys.flatMap((key) => this.#places.get(key) ?? []).sort((a, b) => a - b);
  }

  readonly one = (left: InputValue): string | undefined =>
    typeof left === 'string' && this.#places.has(left) ? left : undefined;

  /** Those that are still there; undefined where all that were chosen have gone. */
  readonly some = (left: InputValue): readonly string[] | undefined => {
    if (!Array.isArray(left)) return undefined;
    const kept = (left as readonly unknown[]).filter((key): key is string => this.#places.has(key as string));
    return kept.length === 0 && left.length > 0 ? undefined : kept;
  };
}

/** A value as a number, where one is given. */
function numberOf(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number))
    throw new TypeError(`input.${name} needs a number as its value, not ${written(value)}.`);
  return number;
}

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** About a hundredth of the range, as 1, 2 or 5 times a power of ten; whole numbers for wide ranges. */
function niceStep(range: number): number {
  if (!(range > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(range / 100));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= range / 100 - 1e-12)!;
}

const isDay = (day: unknown): day is string =>
  typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));

function isoDay(day: unknown): string {
  const date = day instanceof Date ? day : new Date(String(day));
  if (Number.isNaN(date.getTime())) throw new TypeError(`${String(day)} is not a date.`);
  const iso = date.toISOString().slice(0, 10);
  // Of 30 February JavaScript makes 1 March.
  if (typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) && iso !== day)
    throw new TypeError(`${day} is no day of the calendar.`);
  return iso;
}

function compact(spec: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

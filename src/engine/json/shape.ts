import { dateReader, offsetOf, timestampReader } from '../csv/dates';
import { Exact, type Value } from './value';

/** Deeper values, and objects of more fields, are kept as JSON text. */
const DEEPEST = 12;
const MOST_FIELDS = 200;

const INT64 = 2n ** 63n;
const HUGE = 10n ** 38n;

const readDate = dateReader();
const readTime = timestampReader();

/** What stands in one place of many rows: how often which kind of value, and the same of what is within. */
export class Shape {
  nulls = 0;
  booleans = 0;
  /** Whole numbers up to 64 bits, those up to 38 digits, and those beyond any type. */
  integers = 0;
  huge = 0;
  vast = 0;
  /** Whole numbers that no DOUBLE holds exactly. */
  inexact = 0;
  fractions = 0;
  texts = 0;
  dates = 0;
  times = 0;
  /** How far from UTC those are that say so. */
  readonly offsets = new Set<number | 'UTC'>();
  /** Texts that are numbers. */
  numeric = 0;
  lists = 0;
  objects = 0;
  item: Shape | undefined;
  readonly fields = new Map<string, Shape>();
  /** Too deep, or too many fields, to be told apart. */
  vague = false;

  add(value: Value, depth = 0): void {
    if (value === null) this.nulls++;
    else if (typeof value === 'boolean') this.booleans++;
    else if (typeof value === 'number') {
      if (Number.isSafeInteger(value)) this.integers++;
      else this.fractions++;
    } else if (typeof value === 'string') this.#text(value);
    else if (value instanceof Exact) this.#exact(value);
    else if (Array.isArray(value)) this.#list(value, depth);
    else this.#object(value as Readonly<Record<string, Value>>, depth);
  }

  #text(text: string): void {
    this.texts++;
    const first = text.charCodeAt(0);
    if (!(first >= 48 && first <= 57) && first !== 45) return;
    if (text.length <= 40 && readDate(text) !== null) this.dates++;
    else if (text.length <= 40 && readTime(text) !== null) {
      this.times++;
      const offset = offsetOf(text);
      if (offset !== undefined) this.offsets.add(offset);
    }
    if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) this.numeric++;
  }

  #exact({ digits }: Exact): void {
    if (!/^-?\d+$/.test(digits)) {
      this.vast++;
      return;
    }
    this.inexact++;
    const value = BigInt(digits);
    if (value < INT64 && value >= -INT64) this.integers++;
    else if (value < HUGE && value > -HUGE) this.huge++;
    else this.vast++;
  }

  #list(list: readonly Value[], depth: number): void {
    this.lists++;
    if (depth >= DEEPEST) {
      this.vague = true;
      return;
    }
    this.item ??= new Shape();
    for (const value of list) this.item.add(value, depth + 1);
  }

  #object(object: Readonly<Record<string, Value>>, depth: number): void {
    this.objects++;
    if (depth >= DEEPEST) {
      this.vague = true;
      return;
    }
    for (const key of Object.keys(object)) {
      let field = this.fields.get(key);
      if (!field) {
        if (depth > 0 && this.fields.size >= MOST_FIELDS) {
          this.vague = true;
          continue;
        }
        this.fields.set(key, (field = new Shape()));
      }
      field.add(object[key]!, depth + 1);
    }
  }
}

import { Shape } from './shape';
import { parseValue, type Value } from './value';
import type { Element } from './scan';

/** The only column of a list of plain values, and of lists. */
const VALUE = 'value';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** What all rows of a file have in common. Objects are rows by their keys; without any, plain values are the one column. */
export class Rows {
  readonly #objects = new Shape();
  readonly #others = new Shape();
  /** Rows that are JSON. */
  seen = 0;

  /** Takes a row into account. Gives it, or the sentence that says why it is none. */
  look(element: Element): void {
    const value = valueOf(element);
    if (value instanceof Unreadable) return;
    try {
      if (isObject(value)) this.#objects.add(value);
      else this.#others.add(value);
      this.seen++;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** The names of the columns, as they first occur. */
  get sources(): readonly string[] {
    return this.#ofObjects ? [...this.#objects.fields.keys()] : [VALUE];
  }

  shapeOf(source: string): Shape {
    return this.#ofObjects ? this.#objects.fields.get(source)! : this.#others;
  }

  /** The values of a row by column, or why it has none. */
  cells(element: Element): Readonly<Record<string, Value>> | Unreadable {
    const value = valueOf(element);
    if (value instanceof Unreadable) return value;
    if (!this.#ofObjects) return { [VALUE]: value };
    return isObject(value) ? value : new Unreadable('is no object, as the other rows are');
  }

  get #ofObjects(): boolean {
    return this.#objects.fields.size > 0;
  }
}

/** Why a row cannot be read; goes on after “Row 7”. */
export class Unreadable {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

export function textOf({ bytes }: Element): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function valueOf(element: Element): Value | Unreadable {
  const text = textOf(element);
  if (text === null) return new Unreadable('is not valid UTF-8');
  try {
    return parseValue(text);
  } catch (error) {
    if (error instanceof RangeError) return new Unreadable('is nested too deeply');
    return new Unreadable(cutOff(text) ? 'is cut off in the middle' : 'is no JSON');
  }
}

const cutOff = (text: string): boolean => /^\s*[{[]/.test(text) && !/[}\]]\s*$/.test(text);

const isObject = (value: Value): value is { readonly [key: string]: Value } =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !('digits' in value && 'toJSON' in value);

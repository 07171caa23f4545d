import * as flechette from '@uwdata/flechette';
import { ColumnTable } from 'arquero';
import { Plot } from './plot';
import { Rows } from './rows';

/**
 * What every cell shares and none may change for the others: the language's own objects, and the classes of what cells
 * are given. A `Math.sqrt` of one cell would be that of `levain` in the next, also once the first is deleted. Freezing
 * them is no way out: code that sets a property by a name its prototype has, as libraries do, would fail.
 *
 * Imported before any user code runs. From then on nothing here calls a method that user code could stand in for.
 */
const { getOwnPropertyDescriptor, defineProperty, deleteProperty, ownKeys } = Reflect;
const has = Function.prototype.call.bind(Object.prototype.hasOwnProperty) as (
  holder: object,
  key: PropertyKey,
) => boolean;
const written = String;

interface Kept {
  readonly name: string;
  readonly holder: object;
  readonly keys: readonly PropertyKey[];
  readonly descriptors: readonly PropertyDescriptor[];
  readonly known: Readonly<Record<PropertyKey, true>>;
}

const NAMES = `
  Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Date RegExp Promise Map Set WeakMap WeakSet
  WeakRef Iterator Intl Error TypeError RangeError SyntaxError ReferenceError AggregateError ArrayBuffer DataView Int8Array
  Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array
  BigUint64Array parseFloat parseInt isNaN isFinite structuredClone setTimeout clearTimeout setInterval clearInterval
  queueMicrotask crypto performance TextDecoder TextEncoder Blob URL
`;

const kept = collect();

/**
 * Puts back what was changed since the page was opened, and gives the names of it; those in `lost` could not be.
 */
export function putBack(): { readonly changed: string[]; readonly lost: string[] } {
  const changed: string[] = [];
  const lost: string[] = [];
  for (let i = 0; i < kept.length; i++) {
    const { name, holder, keys, descriptors, known } = kept[i]!;
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]!;
      if (isSame(getOwnPropertyDescriptor(holder, key), descriptors[k]!)) continue;
      const list = defineProperty(holder, key, descriptors[k]!) ? changed : lost;
      list[list.length] = called(name, key);
    }
    const present = ownKeys(holder);
    // The global object gains what browsers add to it; of its own, only what stands above matters.
    if (present.length === keys.length || holder === globalThis) continue;
    for (let k = 0; k < present.length; k++) {
      const key = present[k]!;
      if (has(known, key)) continue;
      const list = deleteProperty(holder, key) ? changed : lost;
      list[list.length] = called(name, key);
    }
  }
  return { changed, lost };
}

function isSame(now: PropertyDescriptor | undefined, then: PropertyDescriptor): boolean {
  if (!now || now.get !== then.get || now.set !== then.set) return false;
  return now.value === then.value || (now.value !== now.value && then.value !== then.value);
}

function called(name: string, key: PropertyKey): string {
  const last = typeof key === 'symbol' ? `[${written(key)}]` : written(key);
  return name === '' ? last : `${name}.${last}`;
}

function collect(): Kept[] {
  const found: Kept[] = [];
  const seen = new Set<unknown>();
  const add = (name: string, holder: unknown, only?: readonly PropertyKey[]): void => {
    if ((typeof holder !== 'object' && typeof holder !== 'function') || holder === null || seen.has(holder)) return;
    seen.add(holder);
    const keys = only ?? ownKeys(holder);
    const known = Object.create(null) as Record<PropertyKey, true>;
    for (const key of keys) known[key] = true;
    const descriptors = keys.map((key) => getOwnPropertyDescriptor(holder, key)!);
    found.push({ name, holder, keys, descriptors, known });
  };
  const withPrototypes = (name: string, value: unknown): void => {
    add(name, value);
    for (let holder = (value as { prototype?: unknown } | undefined)?.prototype, depth = 0; holder; depth++) {
      add(depth === 0 ? `${name}.prototype` : `(${name})`, holder);
      holder = Object.getPrototypeOf(holder) as unknown;
    }
  };
  const names = NAMES.trim()
    .split(/\s+/)
    .filter((name) => name in globalThis);
  add(
    '',
    globalThis,
    names.filter((name) => has(globalThis, name)),
  );
  for (const name of names) {
    const value = (globalThis as unknown as Record<string, unknown>)[name];
    withPrototypes(name, value);
    if (name !== 'Intl') continue;
    for (const key of Object.getOwnPropertyNames(value))
      withPrototypes(`Intl.${key}`, (value as Record<string, unknown>)[key]);
  }
  // What stands behind them without a name.
  const iterators = {
    array: [].values(),
    map: new Map().values(),
    set: new Set().values(),
    text: ''[Symbol.iterator](),
  };
  for (const [name, iterator] of Object.entries(iterators)) {
    for (let holder: unknown = Object.getPrototypeOf(iterator); holder; holder = Object.getPrototypeOf(holder))
      add(`(iterator of ${name})`, holder);
  }
  add('(typed arrays)', Object.getPrototypeOf(Int8Array));
  for (const [name, value] of Object.entries({
    ColumnTable,
    Rows,
    Table: flechette.Table,
    Column: flechette.Column,
    Batch: flechette.Batch,
  }))
    withPrototypes(name, value);
  for (const [name, value] of Object.entries(Plot)) {
    if (typeof value === 'function' && /^[A-Z]/.test(name)) withPrototypes(`Plot.${name}`, value);
  }
  return found;
}

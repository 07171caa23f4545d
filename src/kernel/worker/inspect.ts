import type { InspectedEntry, InspectedValue } from '../../output/output';
import { VALUE_NAME } from './compile';

const LIMITS = { depth: 6, entries: 100, text: 10_000, total: 5_000 };

/** A bounded, plain picture of any value. Getters are not called, cycles are named, long texts are cut and say so. */
export function inspect(value: unknown): InspectedValue {
  let total = 0;
  const open = new Set<object>();

  function picture(value: unknown, depth: number): InspectedValue {
    total += 1;
    switch (typeof value) {
      case 'string':
        return { kind: 'scalar', of: 'string', text: clip(value) };
      case 'number':
        return { kind: 'scalar', of: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
      case 'bigint':
        return { kind: 'scalar', of: 'number', text: clip(`${value}n`) };
      case 'boolean':
        return { kind: 'scalar', of: 'boolean', text: String(value) };
      case 'undefined':
        return { kind: 'scalar', of: 'null', text: 'undefined' };
      case 'symbol':
        return { kind: 'scalar', of: 'symbol', text: clip(String(value)) };
      case 'function':
        return { kind: 'scalar', of: 'function', text: `function ${clip(functionName(value))}`.trim() };
      default:
        return value === null ? { kind: 'scalar', of: 'null', text: 'null' } : object(value as object, depth);
    }
  }

  function object(value: object, depth: number): InspectedValue {
    if (value instanceof Date) {
      const time = value.getTime();
      return { kind: 'scalar', of: 'date', text: Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString() };
    }
    if (value instanceof RegExp) return { kind: 'scalar', of: 'string', text: clip(String(value)) };
    if (value instanceof Error) return { kind: 'scalar', of: 'string', text: clip(`${value.name}: ${value.message}`) };
    const label = labelOf(value);
    if (open.has(value)) return { kind: 'list', label: `${label} (contains itself)`, entries: [], more: 0 };
    const [entries, size] = contents(value);
    if (depth >= LIMITS.depth || total > LIMITS.total) return { kind: 'list', label, entries: [], more: size };
    open.add(value);
    const shown: InspectedEntry[] = [];
    for (const [key, read] of entries) {
      if (total > LIMITS.total) break;
      shown.push({ key: clip(key, 200), value: read(picture, depth + 1) });
    }
    open.delete(value);
    return { kind: 'list', label, entries: shown, more: Math.max(0, size - shown.length) };
  }

  try {
    return picture(value, 0);
  } catch {
    // A proxy may throw at every touch.
    return { kind: 'scalar', of: 'symbol', text: 'A value that cannot be looked at' };
  }
}

type Read = (picture: (value: unknown, depth: number) => InspectedValue, depth: number) => InspectedValue;

/** The first entries of an object and how many it has. */
function contents(value: object): [[string, Read][], number] {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = value as unknown as ArrayLike<unknown>;
    const length = Number(list.length ?? 0);
    return [
      Array.from({ length: Math.min(length, LIMITS.entries) }, (_, i) => [String(i), property(value, String(i))]),
      length,
    ];
  }
  if (value instanceof Map) {
    return [first(value, ([key, item]) => [describeKey(key), (picture, depth) => picture(item, depth)]), value.size];
  }
  if (value instanceof Set) {
    let n = 0;
    return [first(value, (item) => [String(n++), (picture, depth) => picture(item, depth)]), value.size];
  }
  const keys = Object.keys(value);
  return [keys.slice(0, LIMITS.entries).map((key) => [key, property(value, key)]), keys.length];
}

function first<T>(items: Iterable<T>, entry: (item: T) => [string, Read]): [string, Read][] {
  const entries: [string, Read][] = [];
  for (const item of items) {
    if (entries.length >= LIMITS.entries) break;
    entries.push(entry(item));
  }
  return entries;
}

/** A property's value, without calling a getter. */
function property(value: object, key: string): Read {
  return (picture, depth) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor?.get) return { kind: 'scalar', of: 'function', text: '(computed)' };
    return picture(descriptor?.value, depth);
  };
}

function own(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** A function that is a cell's final expression and has no name takes that of what the expression is assigned to. */
function functionName(value: object): string {
  const name = own(value, 'name');
  return name === VALUE_NAME || name === undefined ? '' : String(name);
}

function labelOf(value: object): string {
  if (Array.isArray(value)) return value.length === 0 ? 'An empty list' : `Array(${value.length})`;
  const prototype = Object.getPrototypeOf(value) as object | null;
  const maker = prototype && own(prototype, 'constructor');
  const name = typeof maker === 'function' ? own(maker, 'name') : undefined;
  const label = typeof name === 'string' && name !== '' ? clip(name, 100) : 'Object';
  if (value instanceof Map || value instanceof Set) return `${label}(${value.size})`;
  return ArrayBuffer.isView(value) && 'length' in value ? `${label}(${String(value.length)})` : label;
}

const describeKey = (key: unknown): string =>
  typeof key === 'object' && key !== null ? labelOf(key) : clip(String(key), 200);

function clip(text: string, length = LIMITS.text): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length)}… (${text.length.toLocaleString('en')} characters)`;
}

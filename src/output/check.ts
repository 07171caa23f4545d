import * as v from 'valibot';
import { checkTree } from './check-tree';
import type { InspectedValue, Output } from './output';

const text = (length: number) => v.pipe(v.string(), v.maxLength(length));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));
const label = text(200);

const INSPECT_DEPTH = 12;

/** A picture of a value, nested at most `depth` deep. */
function inspected(depth: number): v.GenericSchema<InspectedValue> {
  const scalar = v.strictObject({
    kind: v.literal('scalar'),
    text: text(100_000),
    of: v.picklist(['string', 'number', 'boolean', 'null', 'date', 'symbol', 'function']),
  });
  if (depth === 0) return scalar;
  const entry = v.strictObject({ key: text(1_000), value: v.lazy(() => inspected(depth - 1)) });
  const list = v.strictObject({
    kind: v.literal('list'),
    label: text(1_000),
    entries: v.pipe(v.array(entry), v.maxLength(1_000)),
    more: count,
  });
  return v.variant('kind', [scalar, list]);
}

const spec = v.variant('kind', [
  v.strictObject({
    kind: v.literal('select'),
    label,
    choices: v.pipe(v.array(text(1_000)), v.maxLength(10_000)),
    multiple: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('slider'),
    label,
    min: v.number(),
    max: v.number(),
    step: v.number(),
    unit: v.exactOptional(text(20)),
  }),
  v.strictObject({
    kind: v.literal('number'),
    label,
    min: v.exactOptional(v.number()),
    max: v.exactOptional(v.number()),
    step: v.exactOptional(v.number()),
  }),
  v.strictObject({ kind: v.literal('text'), label, placeholder: v.exactOptional(text(1_000)) }),
  v.strictObject({ kind: v.literal('dateRange'), label, min: v.exactOptional(day), max: v.exactOptional(day) }),
  v.strictObject({ kind: v.literal('checkbox'), label }),
  v.strictObject({
    kind: v.literal('table'),
    label,
    columns: v.pipe(v.array(text(1_000)), v.maxLength(200)),
    rows: v.pipe(v.array(v.pipe(v.array(text(1_000)), v.maxLength(200))), v.maxLength(10_000)),
  }),
]);

const days = v.union([v.null(), v.tuple([day, day])]);

const inputValue = v.union([
  v.null(),
  v.boolean(),
  v.number(),
  text(100_000),
  v.pipe(v.array(text(1_020)), v.maxLength(10_000)),
]);

const plain = v.variant('type', [
  v.strictObject({ type: v.literal('text'), text: text(300_000) }),
  v.strictObject({ type: v.literal('number'), value: v.number() }),
  v.strictObject({ type: v.literal('value'), value: inspected(INSPECT_DEPTH) }),
  v.pipe(
    v.strictObject({ type: v.literal('input'), key: text(300), spec, value: inputValue }),
    v.check(({ spec, value }) => spec.kind !== 'dateRange' || v.is(days, value)),
  ),
]);

const tree = v.strictObject({
  type: v.literal('tree'),
  root: v.unknown(),
  surface: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
});

/**
 * An output made by untrusted code, rebuilt from what is allowed; several when a note on what was cut follows. Tables
 * and progress do not come this way: only the gate makes them.
 *
 * @param prefix put before the ids of a drawing
 * @returns nothing when `value` is no output
 */
export function checkOutput(value: unknown, prefix: string): readonly Output[] | undefined {
  const type = typeof value === 'object' && value !== null ? (value as { type?: unknown }).type : undefined;
  if (type === 'tree') {
    const parsed = v.safeParse(tree, value);
    if (!parsed.success) return undefined;
    const { root, notes } = checkTree(parsed.output.root, prefix);
    const { surface } = parsed.output;
    return [
      surface === undefined ? { type: 'tree', root } : { type: 'tree', root, surface },
      ...notes.map((text) => ({ type: 'text' as const, text })),
    ];
  }
  const parsed = v.safeParse(plain, value);
  return parsed.success ? [parsed.output] : undefined;
}

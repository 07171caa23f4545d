import * as v from 'valibot';
import type { InputValue } from '../output/output';
import type { Problem } from '../base/problem';
import type { KernelInput, PointerMessage } from './kernel';

/**
 * What passes between the gate (trusted) and the kernel worker (not trusted).
 *
 * Kernel to gate, every message is a JSON text, or a pair of a JSON text and an ArrayBuffer: its size is known before it
 * is read, and nothing but plain data can be in it. Gate to kernel, messages are structured clones.
 */
export type ToKernel =
  | { readonly type: 'table'; readonly relation: string; readonly version: number; readonly bytes: Uint8Array }
  | RunMessage
  | {
      readonly type: 'evaluate';
      readonly id: string;
      readonly as: 'parameters' | 'prose';
      readonly expressions: readonly string[];
      readonly inputs: readonly KernelInput[];
    }
  | { readonly type: 'answer'; readonly query: number; readonly id: string; readonly bytes: Uint8Array }
  | { readonly type: 'refusal'; readonly query: number; readonly id: string; readonly problem: Problem }
  | { readonly type: 'forget'; readonly names: readonly string[] }
  | { readonly type: 'pointer'; readonly surface: string; readonly event: PointerMessage };

export interface RunMessage {
  readonly type: 'run';
  readonly id: string;
  readonly cell: string;
  readonly code: string;
  readonly inputs: readonly KernelInput[];
  readonly outputs: readonly string[];
  readonly tables: readonly string[];
  readonly controls: Readonly<Record<string, InputValue>>;
}

const text = (length: number) => v.pipe(v.string(), v.maxLength(length));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
const list = <T extends v.GenericSchema>(schema: T, length: number) => v.pipe(v.array(schema), v.maxLength(length));

const problem = v.strictObject({
  code: text(100),
  message: text(10_000),
  hint: v.optional(text(1_000)),
  line: v.optional(count),
  column: v.optional(count),
  subject: v.optional(text(1_000)),
});

const scalar = v.union([
  v.null(),
  v.boolean(),
  v.number(),
  text(10_000_000),
  v.strictObject({ date: v.number() }),
  v.strictObject({ integer: v.pipe(v.string(), v.regex(/^-?\d{1,40}$/)) }),
]);
/** Scalars and lists of scalars, two levels deep: what SQL can bind. */
const bindable = v.union([scalar, list(v.union([scalar, list(scalar, 100_000)]), 100_000)]);

const id = text(64);

/** Every message the kernel may send. An object with another key, or another `type`, is not a message. */
export const fromKernel = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('show'), id, output: v.unknown() }),
  v.strictObject({
    type: v.literal('relation'),
    id,
    defined: v.optional(text(200)),
    part: v.picklist(['more', 'last']),
  }),
  v.strictObject({
    type: v.literal('progress'),
    id,
    label: text(200),
    share: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  }),
  v.strictObject({
    type: v.literal('log'),
    id,
    lines: list(v.strictObject({ level: v.picklist(['log', 'warn', 'error']), text: text(20_000) }), 1_000),
  }),
  v.strictObject({
    type: v.literal('query'),
    id,
    query: count,
    text: text(1_000_000),
    parameters: list(bindable, 1_000),
  }),
  v.strictObject({ type: v.literal('done'), id, problem: v.optional(problem), values: list(text(200), 10_000) }),
  v.strictObject({
    type: v.literal('evaluated'),
    id,
    results: list(
      v.union([
        v.strictObject({ ok: v.literal(true), value: bindable }),
        v.strictObject({ ok: v.literal(false), problem }),
      ]),
      10_000,
    ),
  }),
  v.strictObject({ type: v.literal('patch'), surface: text(64), path: list(count, 200), node: v.unknown() }),
]);

export type FromKernel = v.InferOutput<typeof fromKernel>;

/** A parameter of SQL or a part of prose, as it crosses. */
export type Bound = v.InferOutput<typeof bindable>;

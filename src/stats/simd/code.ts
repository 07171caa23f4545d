/** What a WebAssembly instruction leaves behind. */
export type Type = 'i32' | 'f32' | 'f64' | 'v128' | 'none';

/** An expression or a statement: its type, and its bytes. */
export interface Code<T extends Type = Type> {
  readonly type: T;
  readonly bytes: readonly number[];
}

/** A variable of a function. */
export interface Local<T extends Type = Type> extends Code<T> {
  readonly at: number;
}

const VALUE: Readonly<Record<Exclude<Type, 'none'>, number>> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const VOID = 0x40;

/** An instruction on operands that stand before it. */
export function code<T extends Type>(type: T, instruction: readonly number[], ...operands: readonly Code[]): Code<T> {
  return { type, bytes: [...operands.flatMap(({ bytes }) => bytes), ...instruction] };
}

/** LEB128 of a whole number from 0. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) | (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return bytes;
}

/** LEB128 of a whole number of 32 bits with its sign. */
export function signed(value: number): number[] {
  for (const bytes: number[] = []; ; value >>= 7) {
    const low = value & 127;
    const isLast = value >> 6 === 0 || value >> 6 === -1;
    bytes.push(isLast ? low : low | 128);
    if (isLast) return bytes;
  }
}

export const i32 = (value: number): Code<'i32'> => code('i32', [0x41, ...signed(value)]);

/** Gives a variable a value. */
export function set<T extends Type>(local: Local<T>, value: Code<NoInfer<T>>): Code<'none'> {
  return code('none', [0x21, ...unsigned(local.at)], value);
}

/** Runs statements where a condition is not 0. */
export function when(condition: Code<'i32'>, ...then: readonly Code<'none'>[]): Code<'none'> {
  return code('none', [0x04, VOID, ...then.flatMap(({ bytes }) => bytes), 0x0b], condition);
}

/** Runs statements for a counter from `from` to below `to`, by `step`. */
export function repeat(
  counter: Local<'i32'>,
  from: Code<'i32'>,
  to: Code<'i32'>,
  step: number,
  ...body: readonly Code<'none'>[]
): Code<'none'> {
  const isBelow = (): Code<'i32'> => code('i32', [0x48], counter, to);
  const next = set(counter, code('i32', [0x6a], counter, i32(step)));
  const again = [...body, next, isBelow()].flatMap(({ bytes }) => bytes);
  const loop: Code<'none'> = { type: 'none', bytes: [0x03, VOID, ...again, 0x0d, 0, 0x0b] };
  return statements(set(counter, from), when(isBelow(), loop));
}

/** Statements one after the other. */
export function statements(...list: readonly Code<'none'>[]): Code<'none'> {
  return { type: 'none', bytes: list.flatMap(({ bytes }) => bytes) };
}

type Locals<P extends readonly Type[]> = { readonly [K in keyof P]: P[K] extends Type ? Local<P[K]> : never };

type Variables = <T extends Exclude<Type, 'none'>, Names extends string>(
  type: T,
  ...names: readonly Names[]
) => Readonly<Record<Names, Local<T>>>;

/** A function as the module's sections need it. */
export interface Func<Name extends string = string> {
  readonly name: Name;
  readonly signature: readonly number[];
  readonly body: readonly number[];
}

/**
 * A function with parameters and, where its last code leaves a value, a result.
 *
 * @param write gets the parameters, and what makes further variables of a type, by their names; gives the statements
 */
export function func<Name extends string, const P extends readonly Exclude<Type, 'none'>[]>(
  name: Name,
  parameters: P,
  write: (parameters: Locals<P>, variables: Variables) => readonly Code[],
): Func<Name> {
  const types: Exclude<Type, 'none'>[] = [...parameters];
  const local = <T extends Type>(type: T, at: number): Local<T> => ({ type, at, bytes: [0x20, ...unsigned(at)] });
  const given = parameters.map((type, at) => local(type, at)) as unknown as Locals<P>;
  const body = write(given, (type, ...names) => {
    const made = names.map((name) => [name, local(type, types.push(type) - 1)] as const);
    return Object.fromEntries(made) as never;
  });
  const result = body.at(-1)?.type ?? 'none';
  const results = result === 'none' ? [0] : [1, VALUE[result]];
  const further = types.slice(parameters.length).flatMap((type) => [1, VALUE[type]]);
  const bytes = [...unsigned(further.length / 2), ...further, ...body.flatMap((part) => part.bytes), 0x0b];
  return {
    name,
    signature: [0x60, parameters.length, ...parameters.map((type) => VALUE[type]), ...results],
    body: [...unsigned(bytes.length), ...bytes],
  };
}

/**
 * A module of functions that work in a memory of its importer's, `env.memory`. They can call nothing outside.
 *
 * Source: WebAssembly Core Specification 2.0, section 5.5.
 */
export function moduleOf(...functions: readonly Func[]): Uint8Array<ArrayBuffer> {
  const text = (name: string): number[] => [name.length, ...Array.from(name, (letter) => letter.charCodeAt(0))];
  const section = (id: number, count: number, content: readonly number[]): number[] => {
    const size = unsigned(count);
    return [id, ...unsigned(size.length + content.length), ...size, ...content];
  };
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, functions.length, functions.flatMap(({ signature }) => signature)), // prettier-ignore
    ...section(2, 1, [...text('env'), ...text('memory'), 2, 0, 0]),
    ...section(3, functions.length, functions.flatMap((_, at) => unsigned(at))), // prettier-ignore
    ...section(7, functions.length, functions.flatMap(({ name }, at) => [...text(name), 0, ...unsigned(at)])), // prettier-ignore
    ...section(10, functions.length, functions.flatMap(({ body }) => body)), // prettier-ignore
  ]);
}

import { code, unsigned, type Code } from './code';

type I = Code<'i32'>;
type V = Code<'v128'>;

const vector = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
const onWords =
  (opcode: number) =>
  (a: I, b: I): I =>
    code('i32', [opcode], a, b);
const onVectors =
  (opcode: number) =>
  (a: V, b: V): V =>
    code('v128', vector(opcode), a, b);
const onVector =
  (opcode: number) =>
  (a: V): V =>
    code('v128', vector(opcode), a);

export const add = onWords(0x6a);
export const sub = onWords(0x6b);
export const mul = onWords(0x6c);
export const and = onWords(0x71);
export const shl = onWords(0x74);
export const shr = onWords(0x76);

/** Memory at an address and so many bytes on; addresses are multiples of 4 at least. */
const at = (offset: number, align = 2): number[] => [align, ...unsigned(offset)];

export const load = (address: I, offset = 0): I => code('i32', [0x28, ...at(offset)], address);
export const store = (address: I, value: I, offset = 0) => code('none', [0x36, ...at(offset)], address, value);

/** Vectors of 128 bits, whatever is in them. */
export const v128 = {
  load: (address: I, offset = 0): V => code('v128', [...vector(0), ...at(offset)], address),
  store: (address: I, value: V, offset = 0) => code('none', [...vector(11), ...at(offset)], address, value),
  /** The 4 or 8 bytes at an address, in all places. */
  load32Splat: (address: I, offset = 0): V => code('v128', [...vector(9), ...at(offset)], address),
  load64Splat: (address: I, offset = 0): V => code('v128', [...vector(10), ...at(offset)], address),
  or: onVectors(0x50),
  /** Of `yes` the bits that are 1 in `mask`, else of `no`. */
  choose: (yes: V, no: V, mask: V): V => code('v128', vector(0x52), yes, no, mask),
  not: onVector(0x4d),
  anyTrue: (a: V): I => code('i32', vector(0x53), a),
};

/** Four whole numbers. */
export const i32x4 = {
  splat: (a: I): V => code('v128', vector(0x11), a),
  ne: onVectors(0x38),
  lt: onVectors(0x39),
};

/** Four numbers of 32 bits. `pmin` and `pmax` are one instruction where `min` and `max`, which mind NaN and −0, are several. */
export const f32x4 = {
  splat: (a: Code<'f32'>): V => code('v128', vector(0x13), a),
  lt: onVectors(0x43),
  gt: onVectors(0x44),
  add: onVectors(0xe4),
  sub: onVectors(0xe5),
  mul: onVectors(0xe6),
  pmin: onVectors(0xea),
  pmax: onVectors(0xeb),
};

/** Two numbers of 64 bits. */
export const f64x2 = {
  /** A number in both places; written as bytes, the lowest first. */
  splat: (value: number): V => {
    const bytes = Array.from(new Uint8Array(new Float64Array([value]).buffer));
    return code('v128', [...vector(12), ...bytes, ...bytes]);
  },
  abs: onVector(0xec),
  add: onVectors(0xf0),
  sub: onVectors(0xf1),
  mul: onVectors(0xf2),
  pmax: onVectors(0xf7),
};

/** Two whole numbers of 64 bits. */
export const i64x2 = {
  add: onVectors(0xce),
  shl: (a: V, by: I): V => code('v128', vector(0xcb), a, by),
};

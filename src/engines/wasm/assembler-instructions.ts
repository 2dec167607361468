// The instructions, named as in the WebAssembly specification: `f64.add(x, y)`, `i32x4.shl(x, 3)`.
//
// Opcodes come in runs in the order of the specification, so a table is a few runs: an opcode, the names from there on
// ('-' for one that we do not use), and the types that they take and give.

import { ValueError } from '../../errors.js';
import {
  code,
  constant,
  operand,
  unsigned,
  type Code,
  type Operand,
  type Operands,
} from './assembler-code.js';
import type { ValueType } from './assembler-code.js';

type Words<Names extends string> = Names extends `${infer Word} ${infer Rest}`
  ? Words<Word> | Words<Rest>
  : Exclude<Names, '-'>;

type Run<Names extends string, P extends readonly ValueType[], R extends ValueType> = {
  readonly [name in Words<Names>]: (...operands: Operands<P>) => Code<R>;
};

/** Consecutive instructions. */
function run<Names extends string, const P extends readonly ValueType[], R extends ValueType>(
  first: number,
  names: Names,
  params: P,
  result: R,
): Run<Names, P, R> {
  const instructions = names
    .split(' ')
    .map((name, i) => [name, instruction(opcode(first + i), params, result)]);
  return Object.fromEntries(instructions.filter(([name]) => name !== '-')) as Run<Names, P, R>;
}

/** An instruction without immediate operands: its one to three operands, then its bytes. */
function instruction(bytes: readonly number[], [p, q, r]: readonly ValueType[], result: ValueType) {
  type Any = Operand<ValueType>;
  if (r)
    return (a: Any, b: Any, c: Any) => code(result, [operand(p!, a), operand(q!, b), operand(r, c), bytes]);
  if (q) return (a: Any, b: Any) => code(result, [operand(p!, a), operand(q, b), bytes]);
  return (a: Any) => code(result, [operand(p!, a), bytes]);
}

/** The newer instructions stand behind a prefix: 0xfd0e4 is number 0xe4 behind 0xfd, the prefix of SIMD. */
function opcode(number: number): number[] {
  return number > 0xff ? [number >> 12, ...unsigned(number & 0xfff)] : [number];
}

const unary = <Names extends string, T extends ValueType>(first: number, names: Names, type: T) =>
  run(first, names, [type], type);

const binary = <Names extends string, T extends ValueType>(first: number, names: Names, type: T) =>
  run(first, names, [type, type], type);

const compare = <Names extends string, T extends ValueType>(first: number, names: Names, type: T) =>
  run(first, names, [type, type], 'i32');

const shift = <Names extends string>(first: number, names: Names) =>
  run(first, names, ['v128', 'i32'], 'v128');

/** Reads from memory at `address + offset`. `alignment` is a promise in bytes, as a power of two: 3 for 8. */
function load<T extends ValueType>(number: number, type: T, alignment: number) {
  const bytes = [...opcode(number), alignment];
  return (address: Operand<'i32'>, offset = 0): Code<T> =>
    code(type, [operand('i32', address), [...bytes, ...unsigned(offset)]]);
}

/** Writes to memory at `address + offset`. */
function store<T extends ValueType>(number: number, type: T, alignment: number) {
  const bytes = [...opcode(number), alignment];
  return (address: Operand<'i32'>, value: Operand<T>, offset = 0): Code<'void'> =>
    code('void', [operand('i32', address), operand(type, value), [...bytes, ...unsigned(offset)]]);
}

/** Changes memory at `address + offset` in one step that no other thread can divide, and gives what was there. */
function atomic<const P extends readonly ValueType[]>(number: number, params: P) {
  const bytes = [...opcode(number), 2];
  return (address: Operand<'i32'>, ...rest: [...Operands<P>, offset?: number]): Code<'i32'> => {
    const values = params.map((type, i) => operand(type, rest[i] as Operand<ValueType>));
    const offset = (rest[params.length] as number | undefined) ?? 0;
    return code('i32', [operand('i32', address), ...values, [...bytes, ...unsigned(offset)]]);
  };
}

/** One lane out of a vector. */
function extract<T extends ValueType>(number: number, result: T) {
  return (lane: number, vector: Code<'v128'>): Code<T> => code(result, [vector, [...opcode(number), lane]]);
}

/** A vector with one lane replaced. */
function replace<T extends ValueType>(number: number, type: T) {
  return (lane: number, vector: Code<'v128'>, value: Operand<T>): Code<'v128'> =>
    code('v128', [vector, operand(type, value), [...opcode(number), lane]]);
}

export const i32 = {
  const: (value: number) => constant('i32', value),
  ...{ load: load(0x28, 'i32', 2), load8_s: load(0x2c, 'i32', 0), load8_u: load(0x2d, 'i32', 0) },
  ...{ load16_s: load(0x2e, 'i32', 1), load16_u: load(0x2f, 'i32', 1) },
  ...{ store: store(0x36, 'i32', 2), store8: store(0x3a, 'i32', 0), store16: store(0x3b, 'i32', 1) },
  ...compare(0x46, 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u', 'i32'),
  ...unary(0x45, 'eqz', 'i32'),
  ...unary(0x67, 'clz ctz popcnt', 'i32'),
  ...binary(0x6a, 'add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr', 'i32'),
  ...run(0xa7, 'wrap_i64', ['i64'], 'i32'),
  ...run(0xa8, 'trunc_f32_s trunc_f32_u', ['f32'], 'i32'),
  ...run(0xaa, 'trunc_f64_s trunc_f64_u', ['f64'], 'i32'),
  ...run(0xbc, 'reinterpret_f32', ['f32'], 'i32'),
  ...run(0xfc000, 'trunc_sat_f32_s trunc_sat_f32_u', ['f32'], 'i32'),
  ...run(0xfc002, 'trunc_sat_f64_s trunc_sat_f64_u', ['f64'], 'i32'),
};

export const i64 = {
  const: (value: bigint | number) => constant('i64', value),
  ...{ load: load(0x29, 'i64', 3), store: store(0x37, 'i64', 3) },
  ...run(0x50, 'eqz', ['i64'], 'i32'),
  ...compare(0x51, 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u', 'i64'),
  ...unary(0x79, 'clz ctz popcnt', 'i64'),
  ...binary(0x7c, 'add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr', 'i64'),
  ...run(0xac, 'extend_i32_s extend_i32_u', ['i32'], 'i64'),
  ...run(0xae, 'trunc_f32_s trunc_f32_u', ['f32'], 'i64'),
  ...run(0xb0, 'trunc_f64_s trunc_f64_u', ['f64'], 'i64'),
  ...run(0xbd, 'reinterpret_f64', ['f64'], 'i64'),
  ...run(0xfc004, 'trunc_sat_f32_s trunc_sat_f32_u', ['f32'], 'i64'),
  ...run(0xfc006, 'trunc_sat_f64_s trunc_sat_f64_u', ['f64'], 'i64'),
};

export const f32 = {
  const: (value: number) => constant('f32', value),
  ...{ load: load(0x2a, 'f32', 2), store: store(0x38, 'f32', 2) },
  ...compare(0x5b, 'eq ne lt gt le ge', 'f32'),
  ...unary(0x8b, 'abs neg ceil floor trunc nearest sqrt', 'f32'),
  ...binary(0x92, 'add sub mul div min max copysign', 'f32'),
  ...run(0xb2, 'convert_i32_s convert_i32_u', ['i32'], 'f32'),
  ...run(0xb4, 'convert_i64_s convert_i64_u', ['i64'], 'f32'),
  ...run(0xb6, 'demote_f64', ['f64'], 'f32'),
  ...run(0xbe, 'reinterpret_i32', ['i32'], 'f32'),
};

export const f64 = {
  const: (value: number) => constant('f64', value),
  ...{ load: load(0x2b, 'f64', 3), store: store(0x39, 'f64', 3) },
  ...compare(0x61, 'eq ne lt gt le ge', 'f64'),
  ...unary(0x99, 'abs neg ceil floor trunc nearest sqrt', 'f64'),
  ...binary(0xa0, 'add sub mul div min max copysign', 'f64'),
  ...run(0xb7, 'convert_i32_s convert_i32_u', ['i32'], 'f64'),
  ...run(0xb9, 'convert_i64_s convert_i64_u', ['i64'], 'f64'),
  ...run(0xbb, 'promote_f32', ['f32'], 'f64'),
  ...run(0xbf, 'reinterpret_i64', ['i64'], 'f64'),
};

export const v128 = {
  /** Sixteen bytes as they lie in memory, or a typed array of as many bytes: `v128.const(Float32Array.of(1, 2, 3, 4))`. */
  const: (value: ArrayBufferView): Code<'v128'> => {
    if (value.byteLength !== 16) throw new ValueError(`v128.const takes 16 bytes, not ${value.byteLength}`);
    const bytes = new Uint8Array(value.buffer, value.byteOffset, 16);
    return code('v128', [[...opcode(0xfd00c), ...bytes]]);
  },
  ...{ load: load(0xfd000, 'v128', 4), store: store(0xfd00b, 'v128', 4) },
  ...{ load32_splat: load(0xfd009, 'v128', 2), load64_splat: load(0xfd00a, 'v128', 3) },
  ...{ load32_zero: load(0xfd05c, 'v128', 2), load64_zero: load(0xfd05d, 'v128', 3) },
  ...unary(0xfd04d, 'not', 'v128'),
  ...binary(0xfd04e, 'and andnot or xor', 'v128'),
  /** Bits of `a` where `mask` has ones, of `b` elsewhere. */
  ...run(0xfd052, 'bitselect', ['v128', 'v128', 'v128'], 'v128'), // (a, b, mask)
  ...run(0xfd053, 'any_true', ['v128'], 'i32'),
};

export const i8x16 = {
  /** Sixteen bytes picked from the 32 of `a` and `b` by their numbers. */
  shuffle: (lanes: readonly number[], a: Code<'v128'>, b: Code<'v128'>): Code<'v128'> =>
    code('v128', [a, b, [...opcode(0xfd00d), ...lanes]]),
  ...binary(0xfd00e, 'swizzle', 'v128'),
  ...run(0xfd00f, 'splat', ['i32'], 'v128'),
};

export const i32x4 = {
  /** Four lanes picked from the eight of `a` (0 to 3) and `b` (4 to 7). */
  shuffle: (lanes: readonly number[], a: Code<'v128'>, b: Code<'v128'>): Code<'v128'> =>
    i8x16.shuffle(
      lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)),
      a,
      b,
    ),
  ...{ extract_lane: extract(0xfd01b, 'i32'), replace_lane: replace(0xfd01c, 'i32') },
  ...run(0xfd011, 'splat', ['i32'], 'v128'),
  ...binary(0xfd037, 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u', 'v128'),
  ...unary(0xfd0a0, 'abs neg', 'v128'),
  ...run(0xfd0a3, 'all_true bitmask', ['v128'], 'i32'),
  ...shift(0xfd0ab, 'shl shr_s shr_u'),
  ...binary(0xfd0ae, 'add - - sub - - - mul min_s min_u max_s max_u', 'v128'),
  ...unary(0xfd0f8, 'trunc_sat_f32x4_s trunc_sat_f32x4_u', 'v128'),
  ...unary(0xfd0fc, 'trunc_sat_f64x2_s_zero trunc_sat_f64x2_u_zero', 'v128'),
};

export const i64x2 = {
  /** Two lanes picked from the four of `a` (0 and 1) and `b` (2 and 3). */
  shuffle: (lanes: readonly number[], a: Code<'v128'>, b: Code<'v128'>): Code<'v128'> =>
    i32x4.shuffle(
      lanes.flatMap((lane) => [lane * 2, lane * 2 + 1]),
      a,
      b,
    ),
  ...{ extract_lane: extract(0xfd01d, 'i64'), replace_lane: replace(0xfd01e, 'i64') },
  ...run(0xfd012, 'splat', ['i64'], 'v128'),
  ...unary(0xfd0c0, 'abs neg', 'v128'),
  ...run(0xfd0c3, 'all_true bitmask', ['v128'], 'i32'),
  ...unary(0xfd0c7, 'extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u', 'v128'),
  ...shift(0xfd0cb, 'shl shr_s shr_u'),
  ...binary(0xfd0ce, 'add - - sub - - - mul eq ne lt_s gt_s le_s ge_s', 'v128'),
};

export const f32x4 = {
  ...{ extract_lane: extract(0xfd01f, 'f32'), replace_lane: replace(0xfd020, 'f32') },
  ...run(0xfd013, 'splat', ['f32'], 'v128'),
  ...binary(0xfd041, 'eq ne lt gt le ge', 'v128'),
  ...unary(0xfd05e, 'demote_f64x2_zero', 'v128'),
  ...unary(0xfd067, 'ceil floor trunc nearest', 'v128'),
  ...unary(0xfd0e0, 'abs neg - sqrt', 'v128'),
  ...binary(0xfd0e4, 'add sub mul div min max pmin pmax', 'v128'),
  ...unary(0xfd0fa, 'convert_i32x4_s convert_i32x4_u', 'v128'),
  /** a · b + c and c - a · b, rounded once or twice as the machine likes; only where `supports('relaxed-simd')`. */
  ...run(0xfd105, 'relaxed_madd relaxed_nmadd', ['v128', 'v128', 'v128'], 'v128'),
};

export const f64x2 = {
  ...{ extract_lane: extract(0xfd021, 'f64'), replace_lane: replace(0xfd022, 'f64') },
  ...run(0xfd014, 'splat', ['f64'], 'v128'),
  ...binary(0xfd047, 'eq ne lt gt le ge', 'v128'),
  ...unary(0xfd05f, 'promote_low_f32x4', 'v128'),
  ...unary(0xfd074, 'ceil floor', 'v128'),
  ...unary(0xfd07a, 'trunc', 'v128'),
  ...unary(0xfd094, 'nearest', 'v128'),
  ...unary(0xfd0ec, 'abs neg - sqrt', 'v128'),
  ...binary(0xfd0f0, 'add sub mul div min max pmin pmax', 'v128'),
  ...unary(0xfd0fe, 'convert_low_i32x4_s convert_low_i32x4_u', 'v128'),
  /** As `f32x4.relaxed_madd`. */
  ...run(0xfd107, 'relaxed_madd relaxed_nmadd', ['v128', 'v128', 'v128'], 'v128'),
};

/** The memory as a whole. */
export const memory = {
  /** Copies `length` bytes from `from` to `to`; the ranges may overlap. */
  copy: (to: Operand<'i32'>, from: Operand<'i32'>, length: Operand<'i32'>): Code<'void'> =>
    code('void', [...[to, from, length].map((value) => operand('i32', value)), [...opcode(0xfc00a), 0, 0]]),
  /** Sets `length` bytes from `at` on to a value. */
  fill: (at: Operand<'i32'>, byte: Operand<'i32'>, length: Operand<'i32'>): Code<'void'> =>
    code('void', [...[at, byte, length].map((value) => operand('i32', value)), [...opcode(0xfc00b), 0]]),
};

/** What threads meet by: 32-bit places in shared memory. Only where `supports('threads')`. */
export const atomics = {
  /** Wakes up to `count` threads that wait at an address, and says how many. */
  notify: atomic(0xfe000, ['i32']), // (address, count)
  /** Sleeps while the place holds `expected`, at most so many nanoseconds (-1: for ever). 0: woken, 1: it held another value, 2: time over. */
  wait32: atomic(0xfe001, ['i32', 'i64']), // (address, expected, nanoseconds)
  load: atomic(0xfe010, []),
  store: store(0xfe017, 'i32', 2),
  add: atomic(0xfe01e, ['i32']),
  exchange: atomic(0xfe041, ['i32']),
  /** Writes `next` if the place holds `expected`. */
  compareExchange: atomic(0xfe048, ['i32', 'i32']), // (address, expected, next)
};

// The formats that numbers come in, and the instructions that work on each.

import { constant, f32, f32x4, f64, f64x2, i32, i32x4, i64, i64x2, select, v128 } from '../assembler.js';
import type { Code, ValueType } from '../assembler.js';

/** One float32 or float64, or as many as fit into 128 bits. */
export type Format = 'f32' | 'f64' | 'f32x4' | 'f64x2';

/** The type of numbers, of their bits taken as whole numbers, and of what a comparison gives. */
export type Float<F extends Format> = { f32: 'f32'; f64: 'f64'; f32x4: 'v128'; f64x2: 'v128' }[F];
export type Word<F extends Format> = { f32: 'i32'; f64: 'i64'; f32x4: 'v128'; f64x2: 'v128' }[F];
export type Truth<F extends Format> = { f32: 'i32'; f64: 'i32'; f32x4: 'v128'; f64x2: 'v128' }[F];

/** The format that computes a format's numbers in float64. */
export type Double<F extends Format> = { f32: 'f64'; f64: 'f64'; f32x4: 'f64x2'; f64x2: 'f64x2' }[F];

type Unary<T extends ValueType> = (a: Code<T>) => Code<T>;
type Binary<T extends ValueType, R extends ValueType = T> = (a: Code<T>, b: Code<T>) => Code<R>;

/** The instructions of a format: on numbers, on their bits (`whole` and `bitwise`), and on what comparisons give. */
export interface Instructions<F extends Format> {
  readonly type: Float<F>;
  /** How many numbers stand side by side. */
  readonly lanes: number;
  readonly real: Readonly<
    Record<'add' | 'sub' | 'mul' | 'div' | 'min' | 'max', Binary<Float<F>>> &
      Record<'abs' | 'neg' | 'sqrt' | 'trunc', Unary<Float<F>>> &
      Record<'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', Binary<Float<F>, Truth<F>>>
  >;
  readonly whole: Readonly<
    Record<'add' | 'sub', Binary<Word<F>>> &
      Record<'shl' | 'shr_u', (a: Code<Word<F>>, count: number) => Code<Word<F>>> &
      Record<'ne', Binary<Word<F>, Truth<F>>>
  >;
  readonly bitwise: Readonly<Record<'and' | 'or' | 'xor', Binary<Word<F>>>>;
  readonly logic: Readonly<Record<'and' | 'or', Binary<Truth<F>>>>;
  /** Constants. */
  readonly number: (value: number) => Code<Float<F>>;
  readonly word: (value: bigint) => Code<Word<F>>;
  readonly toWord: (a: Code<Float<F>>) => Code<Word<F>>;
  readonly toReal: (a: Code<Word<F>>) => Code<Float<F>>;
  /** `b` where `b < a` (or `b > a`), else `a`: faster than `min` and `max`, which see to NaN and -0 in `b` too. */
  readonly smaller: Binary<Float<F>>;
  readonly larger: Binary<Float<F>>;
  /** `a` with the sign of `b`. `signs` is -0, whose only bit is the sign. */
  readonly copysign: (a: Code<Float<F>>, b: Code<Float<F>>, signs: Code<Float<F>>) => Code<Float<F>>;
  readonly select: (mask: Code<Truth<F>>, a: Code<Float<F>>, b: Code<Float<F>>) => Code<Float<F>>;
  readonly all: (mask: Code<Truth<F>>) => Code<'i32'>;
  /** The float64 that stand in a table at an address, each at its index; null for float32. */
  readonly lookUp: ((table: number, index: Code<Word<F>>) => Code<Float<F>>) | null;
  /** A function of one float64, applied to each number. */
  readonly each: (apply: (x: Code<'f64'>) => Code<'f64'>, a: Code<Float<F>>) => Code<Float<F>>;
  /** The numbers as float64: a vector of float32 fills two. And back. */
  readonly double: Double<F>;
  readonly toDouble: (a: Code<Float<F>>) => readonly Code<Float<Double<F>>>[];
  readonly fromDouble: (parts: readonly Code<Float<Double<F>>>[]) => Code<Float<F>>;
}

const same = <T extends ValueType>(a: Code<T>): Code<T> => a;

const single = { type: 'f32', lanes: 1, real: f32, whole: i32, bitwise: i32, logic: i32 } as const;
const double = { type: 'f64', lanes: 1, real: f64, whole: i64, bitwise: i64, logic: i32 } as const;
const vector = { type: 'v128', bitwise: v128, logic: v128, toWord: same, toReal: same } as const;

const entry = (index: Code<'i64'>): Code<'i32'> => i32.shl(i32.wrap_i64(index), 3);

const choose = (mask: Code<'v128'>, a: Code<'v128'>, b: Code<'v128'>) => v128.bitselect(a, b, mask);

const INSTRUCTIONS: { readonly [F in Format]: Instructions<F> } = {
  f32: {
    ...single,
    number: f32.const,
    word: (value) => constant('i32', BigInt.asIntN(32, value)),
    toWord: i32.reinterpret_f32,
    toReal: f32.reinterpret_i32,
    smaller: (a, b) => select(f32.lt(b, a), b, a),
    larger: (a, b) => select(f32.gt(b, a), b, a),
    copysign: f32.copysign,
    select,
    all: same,
    lookUp: null,
    each: (apply, a) => f32.demote_f64(apply(f64.promote_f32(a))),
    double: 'f64',
    toDouble: (a) => [f64.promote_f32(a)],
    fromDouble: ([a]) => f32.demote_f64(a!),
  },
  f64: {
    ...double,
    number: f64.const,
    word: i64.const,
    toWord: i64.reinterpret_f64,
    toReal: f64.reinterpret_i64,
    smaller: (a, b) => select(f64.lt(b, a), b, a),
    larger: (a, b) => select(f64.gt(b, a), b, a),
    copysign: f64.copysign,
    select,
    all: same,
    lookUp: (table, index) => f64.load(entry(index), table),
    each: (apply, a) => apply(a),
    double: 'f64',
    toDouble: (a) => [a],
    fromDouble: ([a]) => a!,
  },
  f32x4: {
    ...{ ...vector, lanes: 4, real: f32x4, whole: i32x4 },
    number: (value) => f32x4.splat(value),
    word: (value) => i32x4.splat(constant('i32', BigInt.asIntN(32, value))),
    smaller: f32x4.pmin,
    larger: f32x4.pmax,
    copysign: (a, b, signs) => v128.bitselect(b, a, signs),
    select: choose,
    all: i32x4.all_true,
    lookUp: null,
    each: (apply, a) =>
      [0, 1, 2, 3].reduce((done, lane) => {
        const x = f64.promote_f32(f32x4.extract_lane(lane, a));
        return f32x4.replace_lane(lane, done, f32.demote_f64(apply(x)));
      }, a),
    double: 'f64x2',
    toDouble: (a) => [a, i32x4.shuffle([2, 3, 0, 1], a, a)].map((half) => f64x2.promote_low_f32x4(half)),
    fromDouble: ([low, high]) =>
      i32x4.shuffle([0, 1, 4, 5], f32x4.demote_f64x2_zero(low!), f32x4.demote_f64x2_zero(high!)),
  },
  f64x2: {
    ...{ ...vector, lanes: 2, real: f64x2, whole: i64x2 },
    number: (value) => f64x2.splat(value),
    word: (value) => i64x2.splat(i64.const(value)),
    smaller: f64x2.pmin,
    larger: f64x2.pmax,
    copysign: (a, b, signs) => v128.bitselect(b, a, signs),
    select: choose,
    all: i64x2.all_true,
    lookUp: (table, index) => {
      const [first, second] = [0, 1].map((lane) => entry(i64x2.extract_lane(lane, index)));
      return f64x2.replace_lane(1, v128.load64_splat(first!, table), f64.load(second!, table));
    },
    each: (apply, a) =>
      [0, 1].reduce((done, lane) => f64x2.replace_lane(lane, done, apply(f64x2.extract_lane(lane, a))), a),
    double: 'f64x2',
    toDouble: (a) => [a],
    fromDouble: ([a]) => a!,
  },
};

/** The instructions of a format. */
export function instructionsOf<F extends Format>(format: F): Instructions<F> {
  return INSTRUCTIONS[format];
}

/** How a number is made of bits (IEEE 754): a sign, the exponent plus `bias`, and `digits` bits of fraction. */
export interface Layout {
  readonly digits: number;
  readonly bias: number;
  /** The bits of 1, and those that hold the fraction, and the sign. */
  readonly one: bigint;
  readonly fraction: bigint;
  readonly sign: bigint;
  /** The smallest number with all its digits. */
  readonly smallest: number;
  /** Added to a number much smaller than itself, it leaves the nearest whole number in the lowest bits. */
  readonly rounder: number;
}

const SINGLE = layout(23, 127);
const DOUBLE = layout(52, 1023);

function layout(digits: number, bias: number): Layout {
  const width = BigInt(digits);
  return {
    ...{ digits, bias, one: BigInt(bias) << width, fraction: (1n << width) - 1n },
    sign: BigInt(2 * bias + 2) << width,
    smallest: 2 ** (1 - bias),
    rounder: 1.5 * 2 ** digits,
  };
}

/** Whether a format's numbers are float64. */
export function isDouble(format: Format): boolean {
  return format === 'f64' || format === 'f64x2';
}

/** How a format's numbers are made. */
export function layoutOf(format: Format): Layout {
  return isDouble(format) ? DOUBLE : SINGLE;
}

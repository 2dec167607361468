// What every instruction of the assembler means, in JavaScript.

import {
  atomics,
  f32,
  f32x4,
  f64,
  f64x2,
  i32,
  i32x4,
  i64,
  i64x2,
  i8x16,
  memory,
  seq,
  v128,
  type Code,
  type ValueType,
} from '../../src/engines/wasm/assembler.js';
import { reread, trap, VIEWS, type Case, type Value, type View } from './instruction-runner.js';

/** The tables of instructions by their names. */
export const TABLES = { i32, i64, f32, f64, v128, i8x16, i32x4, i64x2, f32x4, f64x2, memory, atomics };

/** What the instructions on floats mean. */
const real = {
  abs: Math.abs,
  neg: (a: number) => -a,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  nearest: (a: number) =>
    Math.abs(a % 1) === 0.5 ? 2 * Math.round(a / 2) : a < 0 ? -Math.round(-a) : Math.round(a),
  sqrt: Math.sqrt,
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  min: Math.min,
  max: Math.max,
  copysign: (a: number, b: number) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a)),
  pmin: (a: number, b: number) => (b < a ? b : a),
  pmax: (a: number, b: number) => (a < b ? b : a),
  eq: (a: number, b: number) => a === b,
  ne: (a: number, b: number) => a !== b,
  lt: (a: number, b: number) => a < b,
  gt: (a: number, b: number) => a > b,
  le: (a: number, b: number) => a <= b,
  ge: (a: number, b: number) => a >= b,
};

/** What the instructions on whole numbers of so many bits mean. */
function whole(bits: 32 | 64) {
  const size = BigInt(bits);
  const u = (a: bigint): bigint => BigInt.asUintN(bits, a);
  const by = (b: bigint): bigint => u(b) % size;
  const digits = (a: bigint): string => u(a).toString(2).padStart(bits, '0');
  return {
    eqz: (a: bigint) => a === 0n,
    clz: (a: bigint) => digits(a).replace(/1.*/, '').length,
    ctz: (a: bigint) => digits(a).replace(/.*1/, '').length,
    popcnt: (a: bigint) => digits(a).replaceAll('0', '').length,
    abs: (a: bigint) => (a < 0n ? -a : a),
    neg: (a: bigint) => -a,
    add: (a: bigint, b: bigint) => a + b,
    sub: (a: bigint, b: bigint) => a - b,
    mul: (a: bigint, b: bigint) => a * b,
    div_s: (a: bigint, b: bigint) => (b === 0n || a / b === 2n ** (size - 1n) ? trap() : a / b),
    div_u: (a: bigint, b: bigint) => (b === 0n ? trap() : u(a) / u(b)),
    rem_s: (a: bigint, b: bigint) => (b === 0n ? trap() : a % b),
    rem_u: (a: bigint, b: bigint) => (b === 0n ? trap() : u(a) % u(b)),
    and: (a: bigint, b: bigint) => a & b,
    or: (a: bigint, b: bigint) => a | b,
    xor: (a: bigint, b: bigint) => a ^ b,
    shl: (a: bigint, b: bigint) => a << by(b),
    shr_s: (a: bigint, b: bigint) => a >> by(b),
    shr_u: (a: bigint, b: bigint) => u(a) >> by(b),
    rotl: (a: bigint, b: bigint) => (u(a) << by(b)) | (u(a) >> (size - by(b))),
    rotr: (a: bigint, b: bigint) => (u(a) >> by(b)) | (u(a) << (size - by(b))),
    eq: (a: bigint, b: bigint) => a === b,
    ne: (a: bigint, b: bigint) => a !== b,
    lt_s: (a: bigint, b: bigint) => a < b,
    lt_u: (a: bigint, b: bigint) => u(a) < u(b),
    gt_s: (a: bigint, b: bigint) => a > b,
    gt_u: (a: bigint, b: bigint) => u(a) > u(b),
    le_s: (a: bigint, b: bigint) => a <= b,
    le_u: (a: bigint, b: bigint) => u(a) <= u(b),
    ge_s: (a: bigint, b: bigint) => a >= b,
    ge_u: (a: bigint, b: bigint) => u(a) >= u(b),
    min_s: (a: bigint, b: bigint) => (a < b ? a : b),
    min_u: (a: bigint, b: bigint) => (u(a) < u(b) ? a : b),
    max_s: (a: bigint, b: bigint) => (a > b ? a : b),
    max_u: (a: bigint, b: bigint) => (u(a) > u(b) ? a : b),
  };
}

type Meaning = (...inputs: never[]) => Value;

/** The instructions of a table that have the same meaning for each lane. */
function laneByLane(table: View, meanings: Readonly<Record<string, Meaning>>): Case[] {
  const instructions = TABLES[table] as unknown as Readonly<Record<string, Case['write']>>;
  const { lanes } = VIEWS[table];
  return Object.keys(instructions).flatMap((name): Case[] => {
    const meaning = meanings[name];
    if (!meaning) return [];
    const compares = /^(eqz?|ne|lt|gt|le|ge)(_[su])?$/.test(name);
    const shifts = lanes > 1 && /^sh/.test(name);
    const mask: View = lanes === 1 ? 'i32' : lanes === 2 ? 'i64x2' : 'i32x4';
    return [
      {
        name: `${table}.${name}`,
        takes: meaning.length === 1 ? [table] : [table, shifts ? 'i32' : table],
        gives: compares ? mask : table,
        write: instructions[name]!,
        meaning: (a, b) =>
          Array.from({ length: lanes }, (_, lane) => {
            const value = meaning(
              exact(a[lane]!, table),
              ...(b ? [exact(b[shifts ? 0 : lane]!, table)] : []),
            );
            return compares && lanes > 1 && value ? -1 : value;
          }),
      },
    ];
  });
}

/** Whole numbers as BigInts, so that nothing overflows before it is cut to size. */
function exact(value: Value, view: View): never {
  return (view.startsWith('i') ? BigInt(value) : value) as never;
}

/** x cut to a whole number of so many bits; `trap` where that is impossible, or else the nearest there is. */
function truncate(x: number, bits: number, sign: 's' | 'u', impossible?: () => never): bigint {
  const low = sign === 's' ? -(2n ** BigInt(bits - 1)) : 0n;
  const high = sign === 's' ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n;
  const value = Number.isNaN(x)
    ? null
    : Number.isFinite(x)
      ? BigInt(Math.trunc(x))
      : x > 0
        ? high + 1n
        : low - 1n;
  if (impossible && (value === null || value < low || value > high)) impossible();
  return value === null ? 0n : value < low ? low : value > high ? high : value;
}

const conversions: Case[] = (['f32', 'f64'] as const).flatMap((float) =>
  (['i32', 'i64'] as const).flatMap((int) =>
    (['s', 'u'] as const).flatMap((sign): Case[] => {
      const bits = int === 'i32' ? 32 : 64;
      const unsigned = (x: bigint): bigint => (sign === 's' ? x : BigInt.asUintN(bits, x));
      return [
        {
          name: `${int}.trunc_${float}_${sign}`,
          takes: [float],
          gives: int,
          write: TABLES[int][`trunc_${float}_${sign}`] as Case['write'],
          meaning: ([x]) => [truncate(x!, bits, sign, trap)],
        },
        {
          name: `${int}.trunc_sat_${float}_${sign}`,
          takes: [float],
          gives: int,
          write: TABLES[int][`trunc_sat_${float}_${sign}`] as Case['write'],
          meaning: ([x]) => [truncate(x!, bits, sign)],
        },
        {
          name: `${float}.convert_${int}_${sign}`,
          takes: [int],
          gives: float,
          write: TABLES[float][`convert_${int}_${sign}`] as Case['write'],
          meaning: ([x]) => [unsigned(BigInt(x!))],
        },
      ];
    }),
  ),
);

type N = number[];
type B = bigint[];
type V = Code<'v128'>;
type I = Code<'i32'>;
type L = Code<'i64'>;
type F = Code<'f32'>;
type D = Code<'f64'>;
type Row = readonly [
  takes: readonly View[],
  gives: View,
  write: (...inputs: never[]) => Code<ValueType>,
  meaning: (...inputs: never[][]) => readonly Value[],
];
const fill = (count: number, value: Value): Value[] => new Array<Value>(count).fill(value);

const SCRATCH = 128; // an address that no input or output uses

/** Those that have no fellows: what each takes and gives, how it is written, and what it means. */
// prettier-ignore
const OTHERS: Readonly<Record<string, Row>> = {
  'i32.const': [['i32'], 'i32', (x: I) => i32.add(x, i32.const(-123456)), ([x]: N) => [x! - 123456]],
  'i32.load': [['i32'], 'i32', () => i32.load(0), (x: N) => x],
  'i32.load8_s': [['i32'], 'i32', () => i32.load8_s(0, 1), ([x]: N) => [(x! << 16) >> 24]],
  'i32.load8_u': [['i32'], 'i32', () => i32.load8_u(1), ([x]: N) => [(x! >> 8) & 0xff]],
  'i32.load16_s': [['i32'], 'i32', () => i32.load16_s(0, 2), ([x]: N) => [x! >> 16]],
  'i32.load16_u': [['i32'], 'i32', () => i32.load16_u(2), ([x]: N) => [x! >>> 16]],
  'i32.store': [['i32'], 'i32', (x: I) => seq(i32.store(SCRATCH, x), i32.load(SCRATCH)), (x: N) => x],
  'i32.store8': [
    ['i32'], 'i32', (x: I) => seq(i32.store(SCRATCH, -1), i32.store8(SCRATCH, x, 1), i32.load(SCRATCH)),
    ([x]: N) => [-1 & ~0xff00 | (x! & 0xff) << 8],
  ],
  'i32.store16': [
    ['i32'], 'i32', (x: I) => seq(i32.store(SCRATCH, -1), i32.store16(SCRATCH, x, 2), i32.load(SCRATCH)),
    ([x]: N) => [(x! << 16) | 0xffff],
  ],
  'i32.wrap_i64': [['i64'], 'i32', i32.wrap_i64, (x: B) => x],
  'i32.reinterpret_f32': [['f32'], 'i32', i32.reinterpret_f32, (x: N) => reread(x, 'f32', 'i32')],
  'i64.const': [
    ['i64'], 'i64', (x: L) => i64.xor(x, i64.const(-(2n ** 62n) - 5n)),
    ([x]: B) => [x! ^ (-(2n ** 62n) - 5n)],
  ],
  'i64.load': [['i64'], 'i64', () => i64.load(0), (x: B) => x],
  'i64.store': [['i64'], 'i64', (x: L) => seq(i64.store(SCRATCH, x, 8), i64.load(SCRATCH + 8)), (x: B) => x],
  'i64.eqz': [['i64'], 'i32', i64.eqz, ([x]: B) => [x === 0n]],
  'i64.extend_i32_s': [['i32'], 'i64', i64.extend_i32_s, (x: N) => x],
  'i64.extend_i32_u': [['i32'], 'i64', i64.extend_i32_u, ([x]: N) => [x! >>> 0]],
  'i64.reinterpret_f64': [['f64'], 'i64', i64.reinterpret_f64, (x: N) => reread(x, 'f64', 'i64')],
  'f32.const': [['f32'], 'f32', (x: F) => f32.mul(x, f32.const(0.1)), ([x]: N) => [x! * Math.fround(0.1)]],
  'f32.load': [['f32'], 'f32', () => f32.load(0), (x: N) => x],
  'f32.store': [['f32'], 'f32', (x: F) => seq(f32.store(SCRATCH, x), f32.load(SCRATCH)), (x: N) => x],
  'f32.demote_f64': [['f64'], 'f32', f32.demote_f64, (x: N) => x],
  'f32.reinterpret_i32': [['i32'], 'f32', f32.reinterpret_i32, (x: N) => reread(x, 'i32', 'f32')],
  'f64.const': [['f64'], 'f64', (x: D) => f64.mul(x, f64.const(0.1)), ([x]: N) => [x! * 0.1]],
  'f64.load': [['f64'], 'f64', () => f64.load(0), (x: N) => x],
  'f64.store': [['f64'], 'f64', (x: D) => seq(f64.store(SCRATCH, x), f64.load(SCRATCH)), (x: N) => x],
  'f64.promote_f32': [['f32'], 'f64', f64.promote_f32, (x: N) => x],
  'f64.reinterpret_i64': [['i64'], 'f64', f64.reinterpret_i64, (x: B) => reread(x, 'i64', 'f64')],
  'v128.const': [
    ['i32x4'], 'i32x4', (x: V) => i32x4.add(x, v128.const(Int32Array.of(1, 2, 3, 4))),
    (x: N) => x.map((a, i) => a + i + 1),
  ],
  'v128.load': [['i8x16'], 'i8x16', () => v128.load(0), (x: N) => x],
  'v128.store': [['i8x16'], 'i8x16', (x: V) => seq(v128.store(SCRATCH, x), v128.load(SCRATCH)), (x: N) => x],
  'v128.load32_splat': [['i32x4'], 'i32x4', () => v128.load32_splat(0, 4), ([, x]: N) => fill(4, x!)],
  'v128.load64_splat': [['i64x2'], 'i64x2', () => v128.load64_splat(8), ([, x]: B) => fill(2, x!)],
  'v128.load32_zero': [['i32x4'], 'i32x4', () => v128.load32_zero(4), ([, x]: N) => [x!, 0, 0, 0]],
  'v128.load64_zero': [['i64x2'], 'i64x2', () => v128.load64_zero(8), ([, x]: B) => [x!, 0n]],
  'v128.not': [['i64x2'], 'i64x2', v128.not, (x: B) => x.map((a) => ~a)],
  'v128.and': [['i64x2', 'i64x2'], 'i64x2', v128.and, (x: B, y: B) => x.map((a, i) => a & y[i]!)],
  'v128.andnot': [['i64x2', 'i64x2'], 'i64x2', v128.andnot, (x: B, y: B) => x.map((a, i) => a & ~y[i]!)],
  'v128.or': [['i64x2', 'i64x2'], 'i64x2', v128.or, (x: B, y: B) => x.map((a, i) => a | y[i]!)],
  'v128.xor': [['i64x2', 'i64x2'], 'i64x2', v128.xor, (x: B, y: B) => x.map((a, i) => a ^ y[i]!)],
  'v128.bitselect': [
    ['i64x2', 'i64x2', 'i64x2'], 'i64x2', v128.bitselect,
    (x: B, y: B, mask: B) => x.map((a, i) => (a & mask[i]!) | (y[i]! & ~mask[i]!)),
  ],
  'v128.any_true': [['i64x2'], 'i32', v128.any_true, (x: B) => [x.some((a) => a !== 0n)]],
  'i8x16.shuffle': [
    ['i8x16', 'i8x16'], 'i8x16', (x: V, y: V) => i8x16.shuffle([31, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], x, y),
    (x: N, y: N) => [y[15]!, x[0]!, y[0]!, ...x.slice(1, 14)],
  ],
  'i8x16.swizzle': [['i8x16', 'i8x16'], 'i8x16', i8x16.swizzle, (x: N, y: N) => y.map((lane) => x[lane] ?? 0)],
  'i8x16.splat': [['i32'], 'i8x16', i8x16.splat, ([x]: N) => fill(16, x! & 0xff)],
  'i32x4.shuffle': [
    ['i32x4', 'i32x4'], 'i32x4', (x: V, y: V) => i32x4.shuffle([6, 0, 3, 4], x, y),
    (x: N, y: N) => [y[2]!, x[0]!, x[3]!, y[0]!],
  ],
  'i32x4.splat': [['i32'], 'i32x4', i32x4.splat, ([x]: N) => fill(4, x!)],
  'i32x4.extract_lane': [['i32x4'], 'i32', (x: V) => i32x4.extract_lane(2, x), ([, , x]: N) => [x!]],
  'i32x4.replace_lane': [
    ['i32x4', 'i32'], 'i32x4', (x: V, y: I) => i32x4.replace_lane(1, x, y),
    (x: N, y: N) => x.with(1, y[0]!),
  ],
  'i32x4.all_true': [['i32x4'], 'i32', i32x4.all_true, (x: N) => [x.every((a) => a !== 0)]],
  'i32x4.bitmask': [
    ['i32x4'], 'i32', i32x4.bitmask,
    (x: N) => [x.reduce((mask, a, i) => mask | (Number(a < 0) << i), 0)],
  ],
  'i32x4.trunc_sat_f32x4_s': [
    ['f32x4'], 'i32x4', i32x4.trunc_sat_f32x4_s,
    (x: N) => x.map((a) => truncate(a, 32, 's')),
  ],
  'i32x4.trunc_sat_f32x4_u': [
    ['f32x4'], 'i32x4', i32x4.trunc_sat_f32x4_u,
    (x: N) => x.map((a) => truncate(a, 32, 'u')),
  ],
  'i32x4.trunc_sat_f64x2_s_zero': [
    ['f64x2'], 'i32x4', i32x4.trunc_sat_f64x2_s_zero,
    (x: N) => [...x.map((a) => truncate(a, 32, 's')), 0, 0],
  ],
  'i32x4.trunc_sat_f64x2_u_zero': [
    ['f64x2'], 'i32x4', i32x4.trunc_sat_f64x2_u_zero,
    (x: N) => [...x.map((a) => truncate(a, 32, 'u')), 0, 0],
  ],
  'i64x2.shuffle': [
    ['i64x2', 'i64x2'], 'i64x2', (x: V, y: V) => i64x2.shuffle([3, 0], x, y),
    (x: B, y: B) => [y[1]!, x[0]!],
  ],
  'i64x2.splat': [['i64'], 'i64x2', i64x2.splat, ([x]: B) => fill(2, x!)],
  'i64x2.extract_lane': [['i64x2'], 'i64', (x: V) => i64x2.extract_lane(1, x), ([, x]: B) => [x!]],
  'i64x2.replace_lane': [
    ['i64x2', 'i64'], 'i64x2', (x: V, y: L) => i64x2.replace_lane(1, x, y),
    (x: B, y: B) => x.with(1, y[0]!),
  ],
  'i64x2.all_true': [['i64x2'], 'i32', i64x2.all_true, (x: B) => [x.every((a) => a !== 0n)]],
  'i64x2.bitmask': [
    ['i64x2'], 'i32', i64x2.bitmask,
    (x: B) => [x.reduce((mask, a, i) => mask | (Number(a < 0n) << i), 0)],
  ],
  'i64x2.extend_low_i32x4_s': [['i32x4'], 'i64x2', i64x2.extend_low_i32x4_s, (x: N) => x.slice(0, 2)],
  'i64x2.extend_high_i32x4_s': [['i32x4'], 'i64x2', i64x2.extend_high_i32x4_s, (x: N) => x.slice(2)],
  'i64x2.extend_low_i32x4_u': [
    ['i32x4'], 'i64x2', i64x2.extend_low_i32x4_u,
    (x: N) => x.slice(0, 2).map((a) => a >>> 0),
  ],
  'i64x2.extend_high_i32x4_u': [
    ['i32x4'], 'i64x2', i64x2.extend_high_i32x4_u,
    (x: N) => x.slice(2).map((a) => a >>> 0),
  ],
  'f32x4.splat': [['f32'], 'f32x4', f32x4.splat, ([x]: N) => fill(4, x!)],
  'f32x4.extract_lane': [['f32x4'], 'f32', (x: V) => f32x4.extract_lane(3, x), ([, , , x]: N) => [x!]],
  'f32x4.replace_lane': [
    ['f32x4', 'f32'], 'f32x4', (x: V, y: F) => f32x4.replace_lane(2, x, y),
    (x: N, y: N) => x.with(2, y[0]!),
  ],
  'f32x4.demote_f64x2_zero': [['f64x2'], 'f32x4', f32x4.demote_f64x2_zero, (x: N) => [...x, 0, 0]],
  'f32x4.convert_i32x4_s': [['i32x4'], 'f32x4', f32x4.convert_i32x4_s, (x: N) => x],
  'f32x4.convert_i32x4_u': [['i32x4'], 'f32x4', f32x4.convert_i32x4_u, (x: N) => x.map((a) => a >>> 0)],
  'f64x2.splat': [['f64'], 'f64x2', f64x2.splat, ([x]: N) => fill(2, x!)],
  'f64x2.extract_lane': [['f64x2'], 'f64', (x: V) => f64x2.extract_lane(1, x), ([, x]: N) => [x!]],
  'f64x2.replace_lane': [
    ['f64x2', 'f64'], 'f64x2', (x: V, y: D) => f64x2.replace_lane(0, x, y),
    (x: N, y: N) => x.with(0, y[0]!),
  ],
  'f64x2.promote_low_f32x4': [['f32x4'], 'f64x2', f64x2.promote_low_f32x4, (x: N) => x.slice(0, 2)],
  'f64x2.convert_low_i32x4_s': [['i32x4'], 'f64x2', f64x2.convert_low_i32x4_s, (x: N) => x.slice(0, 2)],
  'f64x2.convert_low_i32x4_u': [
    ['i32x4'], 'f64x2', f64x2.convert_low_i32x4_u,
    (x: N) => x.slice(0, 2).map((a) => a >>> 0),
  ],
  'memory.copy': [['i64'], 'i64', () => seq(memory.copy(SCRATCH, 0, 8), i64.load(SCRATCH)), (x: B) => x],
  'memory.fill': [
    ['i32'], 'i32', (x: I) => seq(memory.fill(SCRATCH, x, 4), i32.load(SCRATCH)),
    ([x]: N) => [(x! & 0xff) * 0x01010101],
  ],
  'atomics.load': [['i32'], 'i32', () => atomics.load(0), (x: N) => x],
  'atomics.store': [['i32'], 'i32', (x: I) => seq(atomics.store(SCRATCH, x), i32.load(SCRATCH)), (x: N) => x],
  'atomics.add': [
    ['i32', 'i32'], 'i32', (x: I, y: I) => seq(i32.store(SCRATCH, x), i32.sub(atomics.add(SCRATCH, y), i32.load(SCRATCH))),
    (_: N, [y]: N) => [-y!],
  ],
  'atomics.exchange': [
    ['i32', 'i32'], 'i32', (x: I, y: I) => seq(i32.store(SCRATCH, x), i32.sub(atomics.exchange(SCRATCH, y, 0), i32.load(SCRATCH))),
    ([x]: N, [y]: N) => [x! - y!],
  ],
  'atomics.compareExchange': [
    ['i32', 'i32'], 'i32', (x: I, y: I) => seq(i32.store(SCRATCH, x), i32.sub(atomics.compareExchange(SCRATCH, 7, y), i32.load(SCRATCH))),
    ([x]: N, [y]: N) => [x === 7 ? 7 - y! : 0],
  ],
  'atomics.notify': [['i32'], 'i32', (x: I) => atomics.notify(SCRATCH, x), () => [0]],
};

/** Of small whole numbers, it does not matter whether product and sum are rounded apart. */
const RELAXED: Readonly<Record<string, Row>> = Object.fromEntries(
  (['f32x4', 'f64x2'] as const).flatMap((table) => {
    const low = (x: V): V => v128.and(x, i32x4.splat(0xff));
    const small = (x: V): V =>
      table === 'f32x4' ? f32x4.convert_i32x4_s(low(x)) : f64x2.convert_low_i32x4_s(low(x));
    return ([1, -1] as const).map((sign): [string, Row] => {
      const name = sign === 1 ? 'relaxed_madd' : 'relaxed_nmadd';
      const write = (x: V, y: V, z: V): V => TABLES[table][name](small(x), small(y), small(z));
      const meaning = (a: N, b: N, c: N): N =>
        a.slice(0, VIEWS[table].lanes).map((x, i) => sign * (x & 0xff) * (b[i]! & 0xff) + (c[i]! & 0xff));
      return [`${table}.${name}`, [['i32x4', 'i32x4', 'i32x4'], table, write, meaning]];
    });
  }),
);

const fromRows = (rows: Readonly<Record<string, Row>>): Case[] =>
  Object.entries(rows).map(([name, [takes, gives, write, meaning]]) => ({
    name,
    takes,
    gives,
    write,
    meaning,
  }));

/** A case for every instruction that every machine has, but for waiting. */
export const cases: readonly Case[] = [
  ...(['f32', 'f64', 'f32x4', 'f64x2'] as const).flatMap((table) => laneByLane(table, real)),
  ...(['i32', 'i32x4'] as const).flatMap((table) => laneByLane(table, whole(32))),
  ...(['i64', 'i64x2'] as const).flatMap((table) => laneByLane(table, whole(64))),
  ...conversions,
  ...fromRows(OTHERS),
];

export const relaxedCases: readonly Case[] = fromRows(RELAXED);

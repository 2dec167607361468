// The functions of src/engines/wasm/math on whole arrays, and how far numbers are apart.

import {
  brIf,
  f32,
  f64,
  i32,
  loop,
  moduleBuilder,
  seq,
  v128,
  WebAssembly,
  type Code,
  type ValueType,
  type WasmMemory,
} from '../../src/engines/wasm/assembler.js';
import { TABLE_BYTES } from '../../src/engines/wasm/math/exp.js';
import type { Format } from '../../src/engines/wasm/math/formats.js';
import { inlineMath, math, mathFunction, type MathName } from '../../src/engines/wasm/math/index.js';

export const NAMES = Object.keys(math) as MathName[];
export const FORMATS = ['f32', 'f32x4', 'f64', 'f64x2'] as const satisfies Format[];

/** How numbers of a format lie in memory. */
const ACCESS = {
  f32: { of: f32, bytes: 4, array: Float32Array },
  f32x4: { of: v128, bytes: 16, array: Float32Array },
  f64: { of: f64, bytes: 8, array: Float64Array },
  f64x2: { of: v128, bytes: 16, array: Float64Array },
} as const;

/** The most numbers that `run` takes at once. */
export const ROOM = 65_536;

/** A function of arrays: as many results as numbers, a multiple of 4. The result is overwritten by the next call. */
export type Run = (name: MathName, format: Format, x: ArrayLike<number>, y?: ArrayLike<number>) => Numbers;
export type Numbers = Float32Array | Float64Array;

/** One module with all functions in all formats, written into the loop or called from it. */
export function compileMath(how: 'inline' | 'call' = 'inline'): Run {
  const [at_x, at_y, at_result, tables] = [0, 8 * ROOM, 16 * ROOM, 24 * ROOM];
  const module = moduleBuilder({ tables });
  module.memory({ initial: (tables + TABLE_BYTES) / 65_536 + 1 });
  for (const name of NAMES) {
    for (const format of FORMATS) {
      const { of, bytes } = ACCESS[format];
      module.define(
        { name: `${name}.${format}.array`, params: ['i32'], result: 'void', export: true },
        (body, end) => {
          const at = body.local('i32');
          const write = (): void => {
            const inputs = [
              of.load(at, at_x),
              ...(name === 'pow' ? [of.load(at, at_y)] : []),
            ] as Code<never>[];
            const result: Code<ValueType> =
              how === 'inline'
                ? inlineMath(body, name, format, ...inputs)
                : mathFunction(module, name, format)(...inputs);
            body.do(of.store(at, result as never, at_result));
            body.do(at.set(i32.add(at, bytes)));
          };
          body.hoist(() => body.do(loop((again) => seq(body.scope(write), brIf(again, i32.lt_u(at, end))))));
          return seq();
        },
      );
    }
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()));
  const { buffer } = exports['memory'] as WasmMemory;
  return (name, format, x, y) => {
    const { array: Numbers } = ACCESS[format];
    new Numbers(buffer, at_x, x.length).set(x);
    if (y) new Numbers(buffer, at_y, y.length).set(y);
    (exports[`${name}.${format}.array`] as (end: number) => void)(x.length * Numbers.BYTES_PER_ELEMENT);
    return new Numbers(buffer, at_result, x.length);
  };
}

/** How far a result is from the truth, in units in the last place that floats of so many digits have there. */
export function unitsOff(got: number, truth: number, digits: 24 | 53): number {
  const nearest = digits === 24 ? Math.fround(truth) : truth;
  if (Object.is(got, nearest)) return 0;
  if (Number.isNaN(got) || Number.isNaN(truth) || Object.is(got, -nearest)) return Infinity;
  // Infinity stands a unit beyond the largest number.
  const [a, b] = [got, truth].map((x) => Math.max(-BEYOND[digits], Math.min(BEYOND[digits], x))) as [
    number,
    number,
  ];
  return Math.abs(a - b) / unitAt(b, digits);
}

const BEYOND = { 24: 2 ** 128, 53: Number.MAX_VALUE } as const;
const bits = new DataView(new ArrayBuffer(8));

/** The distance of neighbouring floats at x. */
function unitAt(x: number, digits: 24 | 53): number {
  bits.setFloat64(0, x);
  const exponent = ((bits.getUint16(0) >> 4) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, digits === 24 ? -126 : -1022) - digits + 1);
}

// Runs single instructions on many inputs, beside what JavaScript says that they should give.

import {
  f32,
  f64,
  i32,
  i64,
  moduleBuilder,
  v128,
  WebAssembly,
  type Code,
  type ValueType,
  type WasmMemory,
} from '../../src/engines/wasm/assembler.js';

/** How the bytes of a value are read: its type for the assembler, and its lanes for JavaScript. */
export const VIEWS = {
  i32: { type: 'i32', array: Int32Array, lanes: 1 },
  i64: { type: 'i64', array: BigInt64Array, lanes: 1 },
  f32: { type: 'f32', array: Float32Array, lanes: 1 },
  f64: { type: 'f64', array: Float64Array, lanes: 1 },
  i8x16: { type: 'v128', array: Uint8Array, lanes: 16 },
  i32x4: { type: 'v128', array: Int32Array, lanes: 4 },
  i64x2: { type: 'v128', array: BigInt64Array, lanes: 2 },
  f32x4: { type: 'v128', array: Float32Array, lanes: 4 },
  f64x2: { type: 'v128', array: Float64Array, lanes: 2 },
} as const;

export type View = keyof typeof VIEWS;
export type Value = number | bigint | boolean;

/** An instruction, what it takes and gives, and what that should be; a meaning that throws a `Trap` says that it traps. */
export interface Case {
  readonly name: string;
  readonly takes: readonly View[];
  readonly gives: View;
  readonly write: (...inputs: never[]) => Code<ValueType>;
  readonly meaning: (...inputs: never[][]) => readonly Value[];
}

class Trap extends Error {}

export const trap = (): never => {
  throw new Trap();
};

const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  1.5,
  2.5,
  -2.5,
  -3.7,
  1e-40,
  4e9,
  -1e20,
  2 ** 31,
  Infinity,
  -Infinity,
  NaN,
];
// prettier-ignore
const WHOLES = [0, 1, -1, 2, 7, -8, 31, 33, 127, -128, 255, 65535, 123456789, -987654321, 2 ** 31 - 1, -(2 ** 31)];
const LONGS = [...WHOLES.map(BigInt), 2n ** 32n, 3n - 2n ** 40n, 2n ** 63n - 1n, -(2n ** 63n)];

/** Bytes of one view read as another. */
export function reread(values: readonly Value[], from: View, to: View): Value[] {
  const { buffer } = stored(values, from);
  return [...new VIEWS[to].array(buffer)];
}

/** Values as memory holds them: rounded, or cut to size. */
function stored(values: readonly Value[], view: View) {
  const { array: Array } = VIEWS[view];
  const bits = Array.BYTES_PER_ELEMENT * 8;
  const cast = (value: Value): Value =>
    Array === BigInt64Array
      ? BigInt.asIntN(64, BigInt(value))
      : Array === Float32Array || Array === Float64Array
        ? Number(value)
        : Number(BigInt.asIntN(bits, BigInt(value)));
  return new Array(values.map(cast) as never);
}

const TYPES = { i32, i64, f32, f64, v128 };

/** What each case gave for each of its inputs, and what it should have given. */
export function runCases(
  cases: readonly Case[],
): { readonly results: unknown[]; readonly expected: unknown[] }[] {
  const module = moduleBuilder();
  module.memory({ initial: 1 });
  cases.forEach(({ takes, gives, write }, index) =>
    module.define({ name: `case ${index}`, params: [], result: 'void', export: true }, () => {
      const inputs = takes.map((view, i) => TYPES[VIEWS[view].type].load(16 * i));
      return TYPES[VIEWS[gives].type].store(64, write(...(inputs as never[])) as never);
    }),
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()));
  const { buffer } = exports['memory'] as WasmMemory;
  return cases.map(({ takes, gives, meaning }, index) => {
    const run = exports[`case ${index}`] as () => void;
    const output = new VIEWS[gives].array(buffer, 64, VIEWS[gives].lanes);
    const [results, expected]: unknown[][] = [[], []];
    for (const inputs of samplesFor(takes)) {
      inputs.forEach((values, i) => new Uint8Array(buffer).set(new Uint8Array(values.buffer), 16 * i));
      results!.push(outcome(() => (run(), [...output])));
      expected!.push(outcome(() => [...stored(meaning(...(inputs.map((x) => [...x]) as never[][])), gives)]));
    }
    return { results: results!, expected: expected! };
  });
}

/** What comes out, or that it trapped. */
function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof Trap || error instanceof WebAssembly.RuntimeError) return 'trap';
    throw error;
  }
}

/** Inputs for a case: every pair of samples meets, in lanes that differ. */
function samplesFor(takes: readonly View[]) {
  const samples = takes.map((view) =>
    view.startsWith('f') ? FLOATS : view.startsWith('i64') ? LONGS : WHOLES,
  );
  const rows = takes.length === 1 ? [0] : LONGS.map((_, j) => j);
  return samples[0]!.flatMap((_, i) =>
    rows.map((j) =>
      takes.map((view, input) => {
        const start = [i, j, i + 2 * j][input]!;
        const lanes = Array.from({ length: VIEWS[view].lanes }, (_, lane) => start + lane * (2 * input + 3));
        return stored(
          lanes.map((at) => samples[input]![at % samples[input]!.length]!),
          view,
        );
      }),
    ),
  );
}

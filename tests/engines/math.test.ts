// The mathematical functions of the compiler are as exact as they say, and the same everywhere.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MathName } from '../../src/engines/wasm/math/index.js';
import { functions } from '../../src/functions/index.js';
import { tensor } from '../../src/tensor/index.js';
import { compileMath, FORMATS, NAMES, ROOM, unitsOff, type Numbers } from './math-runner.js';

const run = compileMath();
const unary = NAMES.filter((name) => name !== 'pow');

/** What a function should give, from JavaScript, whose float64 is good enough to judge float32. */
const truth: Readonly<Record<Exclude<MathName, 'erf'>, (x: number, y: number) => number>> = Math;

/** Numbers in [0, 1), the same every time. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

describe('float32, at float32 numbers from everywhere between -inf and inf', () => {
  // Just above the most that was found at all 2³² of them, with EXHAUSTIVE=1, which takes half an hour.
  const bounds = { exp: 1, expm1: 1.21, log: 0.85, log1p: 1.4, tanh: 1.94, sin: 1.55, cos: 1.55, erf: 1.3 };
  const dense = ['exp', 'log', 'tanh'];
  test.each(Object.entries(bounds))(
    '%s is within %d units in the last place',
    (entry, bound) => {
      const name = entry as keyof typeof bounds;
      const stride = process.env['EXHAUSTIVE'] ? 1 : dense.includes(name) ? 997 : 2999;
      const inputs = new Uint32Array(ROOM);
      const x = new Float32Array(inputs.buffer);
      let [worst, at] = [0, 0];
      for (let next = 0; next < 2 ** 32;) {
        for (let i = 0; i < ROOM; i++, next += stride) inputs[i] = next; // past the end it begins again, one off
        const exact = name === 'erf' ? Float64Array.from(run('erf', 'f64', Float64Array.from(x))) : null;
        const results = run(name, 'f32x4', x);
        for (let i = 0; i < ROOM; i++) {
          const off = unitsOff(results[i]!, exact ? exact[i]! : truth[name as 'exp'](x[i]!, 0), 24);
          if (off > worst) [worst, at] = [off, x[i]!];
        }
      }
      expect(worst, `at ${at}`).toBeLessThan(bound);
    },
    process.env['EXHAUSTIVE'] ? 3_600_000 : undefined,
  );

  test('pow is the float32 nearest to the truth', () => {
    const random = randomNumbers(1);
    for (let round = 0; round < 4; round++) {
      const a = Float32Array.from({ length: ROOM }, () => 2 ** (60 * random() - 30));
      const b = a.map((x) => (250 * (random() - 0.5)) / Math.log2(x));
      const results = run('pow', 'f32x4', a, b);
      expect(Math.max(...results.map((got, i) => unitsOff(got, a[i]! ** b[i]!, 24)))).toBe(0);
    }
  });
});

describe('float64, against JavaScript’s own, which is off by up to 1 unit itself', () => {
  const ranges: readonly [Exclude<MathName, 'erf'>, number, number][] = [
    ['exp', -745, 709],
    ['expm1', -40, 709],
    ['log', 0, 1000],
    ['log1p', -1, 10],
    ['tanh', -3, 3],
    ['sin', -1e9, 1e9],
    ['cos', -1e9, 1e9],
    ['pow', 0, 9],
  ];
  test.each(ranges)('%s between %d and %d', (name, low, high) => {
    const random = randomNumbers(2);
    const y = Float64Array.from({ length: ROOM }, () => 60 * random() - 30);
    let worst = 0;
    for (let round = 0; round < 8; round++) {
      const near0 = (): number => (round % 2 ? 2 ** (-30 * random()) : 1);
      const x = Float64Array.from({ length: ROOM }, () => (low + (high - low) * random()) * near0());
      const results = run(name, 'f64x2', x, y);
      for (let i = 0; i < ROOM; i++) {
        worst = Math.max(worst, unitsOff(results[i]!, truth[name](x[i]!, y[i]!), 53));
      }
    }
    expect(worst).toBeLessThanOrEqual(name === 'tanh' ? 3 : 2);
  });
});

describe('float64, against values to 400 digits', () => {
  const exact = JSON.parse(readFileSync(new URL('exact.json', import.meta.url), 'utf8')) as Record<
    MathName,
    number[][]
  >;
  test.each(NAMES)('%s', (name) => {
    const rows = exact[name].slice(0, exact[name].length & ~3);
    const columns = [0, 1].map((column) => Float64Array.from(rows, (row) => row[column]!));
    const results = run(name, 'f64', columns[0]!, columns[1]);
    const off = rows.map((row, i) => unitsOff(results[i]!, row.at(-1)!, 53));
    expect(Math.max(...off)).toBeLessThanOrEqual(name === 'tanh' ? 2 : 1);
  });
});

// prettier-ignore
const EDGES = [
  0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 20, -20, 100, -100, 1e5, 1e-5, 1e9, 1e22, 3e38, -3e38, 1e-38, -1e-38, 1e-40, 1e-45, -1e-45,
  87.5, 88.7, 88.8, 89, -87.5, -103.5, -104, 709.7, 709.8, 710, -708.5, -745, -745.2, -746, 1e-310, 5e-324, -5e-324, 1.7e308, -1.7e308,
  2 ** -25, -(2 ** -25), 2 ** -54, 1 - 2 ** -24, -1 + 2 ** -24, 1 - 2 ** -53, -1 + 2 ** -53, 1.0000001, Infinity, -Infinity, NaN,
];

describe('at the edges it is as in the interpreter: zeros with their signs, the infinite, NaN, the very small', () => {
  test.each(unary.flatMap((name) => FORMATS.map((format) => [name, format] as const)))(
    '%s %s',
    (name, format) => {
      const single = format.startsWith('f32');
      const x = Float64Array.from({ length: 56 }, (_, i) =>
        single ? Math.fround(EDGES[i] ?? 0) : (EDGES[i] ?? 0),
      );
      const expected = functions[name](tensor(x)).data;
      const results = run(name, format, x);
      const off = Array.from(x, (at, i) => ({
        at,
        off: unitsOff(results[i]!, expected[i]!, single ? 24 : 53),
      }));
      expect(off.filter(({ off }) => !(off <= 3))).toEqual([]);
    },
  );

  const bases = EDGES.filter((x) => !(Math.abs(x) > 4 && Math.abs(x) < 1e9));
  // prettier-ignore
  const exponents = [
    0, -0, 1, -1, 2, -2, 3, -3, 7, 0.5, -0.5, 1 / 3, 1e19, -1e19, 2 ** 24 - 1, 1 - 2 ** 24, 2 ** 53, 2 ** 53 - 1, 1e-40, 127, -149, -150,
    1023, 1024, -1074, -1075, 1e300, -1e300, 5e-324, Infinity, -Infinity, NaN,
  ];
  test.each(FORMATS)('pow %s, of every base to every exponent', (format) => {
    const single = format.startsWith('f32');
    const cut = (x: number): number => (single ? Math.fround(x) : x);
    const [a, b] = [0, 1].map((column) =>
      Float64Array.from(bases.flatMap((x) => exponents.map((y) => [cut(x), cut(y)][column]!))),
    ) as [Float64Array, Float64Array];
    const expected = functions.pow(tensor(a), tensor(b)).data;
    const results = run('pow', format, a, b);
    const off = Array.from(a, (x, i) => ({
      x,
      y: b[i],
      off: unitsOff(results[i]!, expected[i]!, single ? 24 : 53),
    }));
    expect(off.filter(({ off }) => !(off <= 1))).toEqual([]);
  });
});

test('whole powers of whole numbers are exact as long as they fit', () => {
  const pairs = Array.from({ length: 60 }, (_, a) =>
    Array.from({ length: 60 }, (_, b) => [a, b] as const),
  ).flat();
  const exact = pairs.map(([a, b]) => BigInt(a) ** BigInt(b));
  const results = run(
    'pow',
    'f64',
    ...([0, 1].map((i) => pairs.map((pair) => pair[i]!)) as [number[], number[]]),
  );
  pairs.forEach(([a, b], i) => {
    if (exact[i]! < 2n ** 53n) expect(results[i], `${a} ** ${b}`).toBe(Number(exact[i]));
  });
});

/** The numbers that every function is given where bits are compared. */
function numbersOf(format: string): [x: number[], y: number[]] {
  const random = randomNumbers(3);
  const x = Array.from({ length: 8192 }, (_, i) => (random() - 0.5) * [0.001, 1, 8, 100, 1e7][i % 5]!);
  return format.startsWith('f32')
    ? [x.map(Math.fround), x.toReversed().map(Math.fround)]
    : [x, x.toReversed()];
}

/** What tells results apart bit by bit; of a NaN only that it is one is certain, not its bits. */
function digest(...results: Numbers[]): string {
  const hash = createHash('sha256');
  for (const numbers of results) hash.update(numbers.map((y) => (Number.isNaN(y) ? 0 : y)));
  return hash.digest('hex').slice(0, 16);
}

test('vectors have the same bits as scalars, and functions called the same as written inline', () => {
  const call = compileMath('call');
  for (const name of NAMES) {
    for (const formats of [['f32', 'f32x4'] as const, ['f64', 'f64x2'] as const]) {
      const inputs = numbersOf(formats[0]);
      const digests = formats.flatMap((format) =>
        [run, call].map((way) => digest(way(name, format, ...inputs))),
      );
      expect(new Set(digests).size, name).toBe(1);
    }
  }
});

test('the bits are the same on every machine and in every version', () => {
  const all = (format: 'f32' | 'f64'): string =>
    digest(...NAMES.map((name) => run(name, format, ...numbersOf(format)).slice()));
  expect([all('f32'), all('f64')]).toEqual(['74255cec4bab9f87', '0805549b22eccb4d']);
});

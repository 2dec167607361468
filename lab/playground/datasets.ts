// The points that settings describe, rounded to thousandths, so that every number of a derivation can be read and the exported
// code can hold the points as they are.

import { data, evaluate, parse, RandomState, tensor } from '../../src/index.js';
import { isGate, type DataSettings } from './settings.js';

/** Points, row by row, those for training first. */
export interface Points {
  /** `[count, 2]`, row-major. */
  readonly X: Float64Array;
  /** The class of each, 0 or 1: `[count]`. */
  readonly y: Float64Array;
  readonly count: number;
  /** How many are for training; the rest are for testing. */
  readonly training: number;
  /** The square of the plane that is shown: from and to, on both axes. */
  readonly domain: readonly [from: number, to: number];
}

/**
 * The points of these settings; the same settings always give the same ones. A gate repeats its truth table as often as the samples
 * allow, at least once. Throws an `ExpressionError` for a curve that does not parse, a `ValueError` for one that is no
 * function of x.
 */
export function pointsOf(settings: DataSettings): Points {
  const { X, y } = generate(settings);
  const count = y.length;
  const test = Math.min(Math.round(settings.testShare * count), Math.max(0, count - 1));
  // The order of train_test_split: the test samples are the first of a random permutation.
  const order = Array.from(new RandomState(settings.seed).permutation(count).data);
  const rows = test === 0 ? order.map((_, i) => i) : [...order.slice(test), ...order.slice(0, test)];
  return {
    X: Float64Array.from(rows.flatMap((row) => [rounded(X[2 * row]!), rounded(X[2 * row + 1]!)])),
    y: Float64Array.from(rows, (row) => y[row]!),
    ...{ count, training: count - test, domain: domainOf(X, settings) },
  };
}

/** To thousandths. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000 + 0; // + 0 makes no difference but to -0
}

interface Plain {
  readonly X: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

function generate(settings: DataSettings): Plain {
  const { set, samples, noise, seed, points } = settings;
  const common = { nSamples: samples, noise, randomState: seed };
  if (isGate(set)) return gate(set, settings);
  switch (set) {
    case 'moons':
      return plain(data.makeMoons(common));
    case 'circles':
      return plain(data.makeCircles({ ...common, factor: 0.5 }));
    case 'spirals':
      return plain(data.makeSpirals({ ...common, noise: noise / 4 }));
    case 'blobs':
      return plain(
        data.makeBlobs({
          ...{ nSamples: samples, centers: CENTERS, clusterStd: 0.25 + 2 * noise, randomState: seed },
        }),
      );
    case 'curve':
      return curve(settings);
    case 'own':
      return { X: points.flatMap(([x1, x2]) => [x1, x2]), y: points.map(([, , label]) => label) };
  }
}

const CENTERS = [
  [-1, -1],
  [1, 1],
];

function plain({ X, y }: data.Dataset): Plain {
  return { X: X.data, y: y.data };
}

function gate(name: data.LogicGate, { samples, noise, seed }: DataSettings): Plain {
  const table = data.logicGate(name);
  const times = Math.max(1, Math.floor(samples / 4));
  const repeat = (values: Float64Array): number[] => Array.from({ length: times }, () => [...values]).flat();
  const X = repeat(table.X.data);
  const moved = new RandomState(seed).normal(0, noise, [X.length]).data;
  return { X: X.map((value, i) => value + moved[i]!), y: repeat(table.y.data) };
}

/** Points all over the square, class 1 above the curve; noise moves them after they have got their class. */
function curve({ curve: formula, samples, noise, seed }: DataSettings): Plain {
  const random = new RandomState(seed);
  const X = random.uniform(-CURVE_REACH, CURVE_REACH, [samples, 2]).data;
  const heights = curveAt(
    formula,
    Array.from({ length: samples }, (_, i) => X[2 * i]!),
  );
  const y = Array.from(heights, (height, i) => Number(X[2 * i + 1]! > height));
  const moved = random.normal(0, noise, [samples * 2]).data;
  return { X: X.map((value, i) => value + moved[i]!), y };
}

const CURVE_REACH = 2;

/**
 * The heights of a curve, a formula in `x`, at these places.
 * Throws an `ExpressionError` where the formula does not parse or names anything but x.
 *
 * @example
 * curveAt('x ** 2', [0, 2]); // [0, 4]
 */
export function curveAt(formula: string, x: readonly number[]): Float64Array {
  const heights = evaluate(parse(formula), { x: tensor([...x]) }, formula);
  return heights.size === x.length ? heights.data : new Float64Array(x.length).fill(heights.data[0] ?? 0);
}

/** The least square shown of each kind of set; it grows with points beyond it. */
function domainOf(X: ArrayLike<number>, { set }: DataSettings): readonly [number, number] {
  const [from, to] = isGate(set)
    ? [-0.5, 1.5]
    : set === 'moons'
      ? [-1.5, 2.5]
      : set === 'blobs' || set === 'curve' || set === 'own'
        ? [-2.2, 2.2]
        : [-1.6, 1.6];
  let beyond = 0;
  for (const value of Array.from(X)) beyond = Math.max(beyond, from - value, value - to);
  const margin = beyond > 0 ? Math.ceil((beyond + 0.2) * 2) / 2 : 0;
  return [from - margin, to + margin];
}

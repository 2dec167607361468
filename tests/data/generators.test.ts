import { describe, expect, it } from 'vitest';
import { logicGate, makeBlobs, makeCircles, makeMoons, makeSpirals } from '../../src/data/index.js';
import { ChainruleError, ShapeError, ValueError } from '../../src/errors.js';
import { tensor } from '../../src/tensor/index.js';

describe('every set', () => {
  const sets = {
    blobs: makeBlobs({ nSamples: 7 }),
    moons: makeMoons({ nSamples: 7 }),
    circles: makeCircles({ nSamples: 7 }),
    spirals: makeSpirals({ nSamples: 7 }),
  };
  it.each(Object.entries(sets))('%s: samples in rows, float64, and whole labels, int64', (_, { X, y }) => {
    expect([X.shape, X.dtype]).toEqual([[7, 2], 'float64']);
    expect([y.shape, y.dtype]).toEqual([[7], 'int64']);
  });

  it('has 100 samples by default, and differs from call to call without a seed', () => {
    for (const make of [makeBlobs, makeMoons, makeCircles, makeSpirals]) {
      expect(make().y.size).toBe(100);
      expect(make().y.toArray()).not.toEqual(make().y.toArray());
    }
  });
});

describe('logicGate', () => {
  it.each([
    ['and', (a: number, b: number) => a & b],
    ['or', (a: number, b: number) => a | b],
    ['nand', (a: number, b: number) => 1 - (a & b)],
    ['xor', (a: number, b: number) => a ^ b],
  ] as const)('%s is its truth table', (gate, answer) => {
    const { X, y } = logicGate(gate);
    // prettier-ignore
    expect(X.toArray()).toEqual([[0, 0], [0, 1], [1, 0], [1, 1]]);
    expect(y.toArray()).toEqual([answer(0, 0), answer(0, 1), answer(1, 0), answer(1, 1)]);
    expect([X.dtype, y.dtype]).toEqual(['float64', 'int64']);
  });
});

describe('makeSpirals', () => {
  it('follows its formula: radius s and angle 2π · turns · s, class 1 half a circle ahead', () => {
    const { X, y } = makeSpirals({ nSamples: 8, turns: 1, shuffle: false });
    expect(y.toArray()).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    // prettier-ignore
    const spiral = [[0, 0.25], [-0.5, 0], [0, -0.75], [1, 0]];
    const expected = [...spiral.flat(), ...spiral.flat().map((coordinate) => -coordinate)];
    X.data.forEach((coordinate, i) => expect(coordinate).toBeCloseTo(expected[i]!, 15));
  });

  it('is the same set for the same seed, with and without noise of a given size', () => {
    const options = { nSamples: [2000, 1000], randomState: 4 } as const;
    const clean = makeSpirals(options);
    const noisy = makeSpirals({ ...options, noise: 0.1 });
    expect(makeSpirals({ ...options, noise: 0.1 }).X.toArray()).toEqual(noisy.X.toArray());
    expect(noisy.y.toArray()).toEqual(clean.y.toArray());
    const squares = noisy.X.data.map((coordinate, i) => (coordinate - clean.X.data[i]!) ** 2);
    expect(Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)).toBeCloseTo(0.1, 2);
  });
});

it('makeBlobs takes its centers as a tensor or as nested arrays', () => {
  // prettier-ignore
  const centers = [[0, 0, 0], [9, 9, 9]];
  const options = { nSamples: 6, clusterStd: 0, shuffle: false };
  const rows = makeBlobs({ ...options, centers }).X.toArray();
  expect(rows).toEqual([...Array<number[]>(3).fill([0, 0, 0]), ...Array<number[]>(3).fill([9, 9, 9])]);
  expect(makeBlobs({ ...options, centers: tensor(centers) }).X.toArray()).toEqual(rows);
});

describe('an option that makes no sense is refused with a sentence', () => {
  type Case = readonly [what: string, run: () => unknown, kind: typeof ChainruleError, message: string];
  // prettier-ignore
  const cases: readonly Case[] = [
    ['half a sample', () => makeBlobs({ nSamples: 5.5 }), ValueError, 'makeBlobs: nSamples must be a whole number of at least 0, got 5.5'],
    ['samples below none', () => makeBlobs({ nSamples: -5 }), ValueError, 'got -5'],
    ['half a sample in a class', () => makeBlobs({ nSamples: [1, 0.5] }), ValueError, 'makeBlobs: each of nSamples must be a whole number of at least 0, got 0.5'],
    ['no class', () => makeBlobs({ centers: 0 }), ValueError, 'makeBlobs: centers must be a whole number of at least 1, got 0'],
    ['an empty list of classes', () => makeBlobs({ nSamples: [] }), ValueError, 'the length of nSamples must be a whole number of at least 1, got 0'],
    ['no feature', () => makeBlobs({ nFeatures: 0 }), ValueError, 'makeBlobs: nFeatures must be a whole number of at least 1, got 0'],
    ['counts and a number of centers', () => makeBlobs({ nSamples: [3, 2], centers: 2 }), ValueError, 'centers are points, one for each, not a number; got 2'],
    ['more counts than centers', () => makeBlobs({ nSamples: [3, 2], centers: [[1, 2]] }), ValueError, 'makeBlobs: nSamples as a list needs one number for each of 1 centers, got 2'],
    ['fewer deviations than centers', () => makeBlobs({ clusterStd: [1, 2] }), ValueError, 'makeBlobs: clusterStd as a list needs one number for each of 3 centers, got 2'],
    ['a negative deviation', () => makeBlobs({ clusterStd: [1, -1, 2] }), ValueError, 'makeBlobs: clusterStd must be at least 0, got -1'],
    ['centers in one row', () => makeBlobs({ centers: [1, 2] }), ShapeError, 'makeBlobs: centers are rows of coordinates, [classes, features], got shape [2]'],
    ['a center at NaN', () => makeBlobs({ centers: [[NaN, 1]] }), ValueError, 'makeBlobs: centers must be finite, got NaN'],
    ['a bad seed', () => makeBlobs({ randomState: -1 }), ValueError, 'got -1'],
    ['a seed of text', () => makeMoons({ randomState: 'now' as never }), ValueError, 'randomState must be a whole number'],
    ['three classes', () => makeMoons({ nSamples: [1, 2, 3] as never }), ValueError, 'makeMoons: nSamples is a number or a pair, one count for each of two classes, got [1,2,3]'],
    ['samples below none in a class', () => makeMoons({ nSamples: [1, -2] }), ValueError, 'makeMoons: each of nSamples must be a whole number of at least 0, got -2'],
    ['negative noise', () => makeMoons({ noise: -1 }), ValueError, 'makeMoons: noise is a standard deviation, at least 0, got -1'],
    ['half a sample on circles', () => makeCircles({ nSamples: 2.5 }), ValueError, 'makeCircles: nSamples must be a whole number'],
    ['an inner circle as large as the outer', () => makeCircles({ factor: 1 }), ValueError, 'makeCircles: factor is the inner circle\'s radius, at least 0 and below 1, got 1'],
    ['a negative factor', () => makeCircles({ factor: -0.1 }), ValueError, 'got -0.1'],
    ['no turn', () => makeSpirals({ turns: 0 }), ValueError, 'makeSpirals: turns must be a number above 0, got 0'],
    ['an unknown gate', () => logicGate('not' as never), ValueError, 'logicGate: expected one of and, or, nand, xor, got "not"'],
  ];
  it.each(cases)('%s', (_, run, kind, message) => {
    expect(run).toThrow(kind);
    expect(run).toThrow(message);
  });
});

// The generators equal scikit-learn's. The sets are those of scikit-learn 1.2, made by fixtures/make_numpy_fixtures.py.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeBlobs, makeCircles, makeMoons, type Dataset } from '../../src/data/index.js';
import { RandomState } from '../../src/random/index.js';

interface Expected {
  readonly X: number[][];
  readonly y: number[];
}

interface Case extends Expected {
  readonly options: Readonly<Record<string, unknown>>;
}

interface Fixture {
  readonly blobs: readonly Case[];
  readonly moons: readonly Case[];
  readonly circles: readonly Case[];
  readonly stream: {
    readonly seed: number;
    readonly sets: readonly (Expected & { readonly make: string })[];
  };
  readonly returnCenters: Expected & { readonly centers: number[][] };
}

type Reference = { readonly seed: number } & Readonly<
  Record<'blobs' | 'blobs3' | 'moons' | 'circles', Expected>
>;

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
const fixture = read('sklearn-datasets.json') as Fixture;
const reference = read('sklearn-reference.json') as readonly Reference[];

const makers = { make_blobs: makeBlobs, make_moons: makeMoons, make_circles: makeCircles };

/** Options under scikit-learn's names, in camelCase. */
const camelCase = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

function expectSame({ X, y }: Dataset, expected: Expected): void {
  expect(X.toArray()).toEqual(expected.X);
  expect(y.toArray()).toEqual(expected.y);
}

/** The same but for the last digit of sines and cosines, which are at most 1. */
function expectClose({ X, y }: Dataset, expected: Expected): void {
  expect(y.toArray()).toEqual(expected.y);
  expect(X.shape).toEqual([expected.y.length, 2]);
  const flat = expected.X.flat();
  const error = X.data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - flat[i]!)), 0);
  expect(error).toBeLessThanOrEqual(2 ** -52);
}

describe('makeBlobs equals make_blobs in every bit', () => {
  it.each(fixture.blobs)('with $options', ({ options, ...expected }) => {
    expectSame(makeBlobs(camelCase(options)), expected);
  });

  it.each(reference)('in the reference sets of seed $seed', ({ seed, blobs, blobs3 }) => {
    expectSame(
      makeBlobs({ nSamples: 100, centers: 2, nFeatures: 2, clusterStd: 0.5, randomState: seed }),
      blobs,
    );
    expectSame(
      makeBlobs({ nSamples: 31, centers: 3, nFeatures: 4, clusterStd: 1.25, randomState: seed }),
      blobs3,
    );
  });

  it('its centers included', () => {
    const set = makeBlobs({ nSamples: 3, randomState: 1, returnCenters: true });
    expectSame(set, fixture.returnCenters);
    expect(set.centers.toArray()).toEqual(fixture.returnCenters.centers);
  });
});

describe('makeMoons equals make_moons, up to the last digit', () => {
  it.each(fixture.moons)('with $options', ({ options, ...expected }) => {
    expectClose(makeMoons(camelCase(options)), expected);
  });

  it.each(reference)('in the reference set of seed $seed', ({ seed, moons }) => {
    expectClose(makeMoons({ nSamples: 40, noise: 0.1, randomState: seed }), moons);
  });
});

describe('makeCircles equals make_circles, up to the last digit', () => {
  it.each(fixture.circles)('with $options', ({ options, ...expected }) => {
    expectClose(makeCircles(camelCase(options)), expected);
  });

  it.each(reference)('in the reference set of seed $seed', ({ seed, circles }) => {
    expectClose(makeCircles({ nSamples: 40, noise: 0.05, factor: 0.5, randomState: seed }), circles);
  });
});

it('one RandomState makes several sets in a row, as in scikit-learn', () => {
  const randomState = new RandomState(fixture.stream.seed);
  for (const { make, ...expected } of fixture.stream.sets) {
    expectClose(makers[make as keyof typeof makers]({ nSamples: 6, randomState }), expected);
  }
});

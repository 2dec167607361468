// RandomState equals NumPy's in every bit. The numbers are NumPy 1.24's, made by fixtures/make_numpy_fixtures.py.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RandomState, type RandomStateSnapshot } from '../../src/random/index.js';
import { Tensor, type NestedArray } from '../../src/tensor/index.js';

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
}

interface Fixture {
  readonly sessions: readonly {
    readonly seed: number | number[];
    readonly calls: readonly (Call & { readonly result: NestedArray | null })[];
  }[];
  readonly streams: readonly (Call & { readonly seed: number | number[]; readonly sha256: string })[];
  readonly states: readonly {
    readonly seed: number;
    readonly normals: number;
    readonly next: number[];
    readonly key: number[];
    readonly pos: number;
    readonly hasGauss: boolean;
    readonly gauss: number;
  }[];
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
const fixture = read('numpy-random.json') as Fixture;
const reference = read('numpy-reference.json') as readonly ({ readonly seed: number } & Record<
  string,
  number[]
>)[];

/** Calls a method by NumPy's name; null stands for an argument left out. */
function call(state: RandomState, { method, args }: Call): unknown {
  const name = method.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof RandomState;
  const given = args.map((arg) => (arg === null ? undefined : structuredClone(arg)));
  const result = (state[name] as (...args: unknown[]) => unknown).apply(state, given);
  return method === 'shuffle' ? given[0] : result;
}

const show = (seed: number | number[]) => (typeof seed === 'number' ? seed : `[${seed.slice(0, 3)}…]`);

describe('RandomState gives what NumPy gives', () => {
  for (const { seed, calls } of fixture.sessions) {
    it(`from seed ${show(seed)}: ${[...new Set(calls.map(({ method }) => method))].join(', ')}`, () => {
      const state = new RandomState(seed);
      for (const { result, ...one } of calls) {
        const drawn = call(state, one);
        const value = drawn instanceof Tensor ? drawn.toArray() : drawn;
        expect(value ?? null, `${one.method}(${JSON.stringify(one.args)})`).toEqual(result);
      }
    });
  }

  it.each(reference)('in the reference values of seed $seed', (expected) => {
    const from = () => new RandomState(expected.seed);
    expect(from().randomSample(12).toArray()).toEqual(expected.random_sample);
    expect(from().standardNormal(11).toArray()).toEqual(expected.standard_normal);
    expect(from().uniform(-10, 10, 8).toArray()).toEqual(expected.uniform);
    expect(from().normal(2, 0.5, 7).toArray()).toEqual(expected.normal);
    expect(from().permutation(23).toArray()).toEqual(expected.permutation);
    expect(from().randint(0, 10, 12).toArray()).toEqual(expected.randint_0_10);
  });

  it.each(fixture.streams)('over a long stream: seed $seed, $method($args)', ({ seed, sha256, ...one }) => {
    const { data } = call(new RandomState(seed), one) as Tensor;
    expect(createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex')).toBe(sha256);
  });
});

describe('the state of the stream', () => {
  it.each(fixture.states)(
    'after $normals normal draws is NumPy’s, and continues as NumPy’s does',
    ({ seed, normals, next, ...numpyState }) => {
      const state = new RandomState(seed);
      state.standardNormal(normals);
      const snapshot: RandomStateSnapshot = { bitGenerator: 'MT19937', ...numpyState };
      expect(state.getState()).toEqual(snapshot);
      const other = new RandomState();
      other.setState(snapshot);
      expect(other.standardNormal(5).toArray()).toEqual(next);
    },
  );

  it('survives JSON', () => {
    const state = new RandomState(3);
    state.standardNormal(101);
    const text = JSON.stringify(state.getState());
    const expected = [state.standardNormal(), state.randomSample(), state.randint(10)];
    const resumed = new RandomState(99);
    resumed.setState(JSON.parse(text) as RandomStateSnapshot);
    expect([resumed.standardNormal(), resumed.randomSample(), resumed.randint(10)]).toEqual(expected);
  });
});

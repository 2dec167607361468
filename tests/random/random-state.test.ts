import { describe, expect, it } from 'vitest';
import { ChainruleError, ShapeError, ValueError } from '../../src/errors.js';
import {
  checkRandomState,
  RandomState,
  type RandomStateSnapshot,
  type Seed,
} from '../../src/random/index.js';
import { tensor, Tensor } from '../../src/tensor/index.js';

const random = () => new RandomState(0);

describe('a draw', () => {
  it('is a plain number without a size, and a tensor with one', () => {
    expect(random().randomSample()).toBe(0.5488135039273248);
    expect(random().standardNormal()).toBe(1.764052345967664);
    expect(random().randint(10)).toBe(5);
    expect(random().choice([7, 8, 9])).toBe(7);
    expect(random().randomSample(1)).toBeInstanceOf(Tensor);
    expect(random().normal(0, 1, []).shape).toEqual([]);
    expect(random().randn(2, 3, 4).shape).toEqual([2, 3, 4]);
  });

  it('is float64, and int64 where it can only be whole', () => {
    expect(random().uniform(0, 1, 2).dtype).toBe('float64');
    expect(random().randint(0, 9, [2]).dtype).toBe('int64');
    expect(random().permutation(3).dtype).toBe('int64');
    expect(random().choice(3, 2).dtype).toBe('int64');
    expect(random().choice([0.5, 1.5], 2).dtype).toBe('float64');
    expect(random().choice(tensor([1, 2], { dtype: 'int64' }), 2).dtype).toBe('int64');
    expect(random().permutation([true, false]).dtype).toBe('bool');
  });

  it('differs from one RandomState without a seed to the next', () => {
    expect(new RandomState().randomSample(4).toArray()).not.toEqual(
      new RandomState().randomSample(4).toArray(),
    );
  });
});

describe('permutation and shuffle', () => {
  it('permutation leaves its argument alone', () => {
    const list = [1, 2, 3, 4];
    // prettier-ignore
    const matrix = tensor([[1, 2], [3, 4], [5, 6]]);
    random().permutation(list);
    random().permutation(matrix);
    expect(list).toEqual([1, 2, 3, 4]);
    // prettier-ignore
    expect(matrix.toArray()).toEqual([[1, 2], [3, 4], [5, 6]]);
  });

  it('shuffle works in place: on any array, and on the rows of a tensor, as assign does', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    random().shuffle(names);
    expect(names).toEqual(['c', 'a', 'b', 'd', 'e']);
    // prettier-ignore
    const rows = tensor([[1, 2], [3, 4], [5, 6]]);
    random().shuffle(rows);
    // prettier-ignore
    expect(rows.toArray()).toEqual([[5, 6], [3, 4], [1, 2]]);
    expect(rows.version).toBe(1);
  });

  it('a matrix without elements takes nothing of the stream to shuffle', () => {
    const state = random();
    state.shuffle(new Tensor(new Float64Array(0), [3, 0]));
    expect(state.randomSample()).toBe(0.5488135039273248);
  });
});

describe('checkRandomState', () => {
  it('takes a seed, a stream to go on with, or nothing', () => {
    const stream = random();
    expect(checkRandomState(stream)).toBe(stream);
    expect(checkRandomState(0).randint(10)).toBe(5);
    expect(checkRandomState(undefined)).toBeInstanceOf(RandomState);
    expect(() => checkRandomState('0' as never)).toThrow(
      'randomState must be a whole number, a RandomState or undefined, got string',
    );
  });
});

describe('an argument that makes no sense is refused with a sentence', () => {
  const seeded = (seed: unknown) => () => new RandomState(seed as Seed);
  const snapshot = random().getState();
  const restored = (changes: Partial<RandomStateSnapshot>) => () =>
    random().setState({ ...snapshot, ...changes });
  type Case = readonly [what: string, run: () => unknown, kind: typeof ChainruleError, message: string];
  // prettier-ignore
  const cases: readonly Case[] = [
    ['a negative seed', seeded(-1), ValueError, 'a seed is a whole number from 0 to 4294967295 or a list of such, got -1'],
    ['a fractional seed', seeded(1.5), ValueError, 'got 1.5; leave it out for a random one'],
    ['a seed of 2³²', seeded(2 ** 32), ValueError, 'got 4294967296'],
    ['a seed of NaN', seeded(NaN), ValueError, 'got NaN'],
    ['a seed of null', seeded(null), ValueError, 'got null'],
    ['a seed of text', seeded('7'), ValueError, 'got 7'],
    ['an empty list of seeds', seeded([]), ValueError, 'needs at least one number'],
    ['a bad seed in a list', seeded([1, -2]), ValueError, 'got -2'],
    ['a negative size', () => random().randomSample(-1), ValueError, 'randomSample: a shape holds whole numbers of at least 0, got -1'],
    ['a fractional size', () => random().randn(2, 0.5), ValueError, 'randn: a shape holds whole numbers'],
    ['a negative scale', () => random().normal(0, -1), ValueError, 'normal: scale must be at least 0, got -1'],
    ['one negative scale of several', () => random().normal(0, [1, -2]), ValueError, 'normal: scale must be at least 0, got -2'],
    ['parameters that do not fit the size', () => random().normal([1, 2], 1, 3), ShapeError, 'normal: shapes [3] and [2] do not broadcast'],
    ['parameters larger than the size', () => random().normal([1, 2], 1, 1), ShapeError, 'parameters of shape [2] do not fit into size [1]'],
    ['an infinite bound', () => random().uniform(0, Infinity), ValueError, 'uniform: low and high must be finite'],
    ['an infinite range', () => random().uniform(-1e308, 1e308), ValueError, 'and their difference too'],
    ['low equal to high', () => random().randint(3, 3), ValueError, 'randint: low must be below high, got 3 and 3'],
    ['nothing below 0', () => random().randint(0), ValueError, 'randint: low must be below high, got 0 and 0'],
    ['a fractional bound', () => random().randint(0, 2.5), ValueError, 'randint: bounds must be whole numbers'],
    ['a bound beyond 2⁵³', () => random().randint(2 ** 54), ValueError, 'between ±2⁵³'],
    ['a range beyond 2⁵³', () => random().randint(-(2 ** 52), 2 ** 53), ValueError, 'is wider than 2⁵³'],
    ['a permutation of -1', () => random().permutation(-1), ValueError, 'permutation: expected a whole number of at least 0 or an array, got -1'],
    ['a permutation without an axis', () => random().permutation(tensor(3)), ShapeError, 'permutation: expected at least one axis'],
    ['a choice from nothing', () => random().choice([]), ValueError, 'choice: a must be a whole number of at least 1 or a list of at least one value, got an empty one'],
    ['a choice from 0', () => random().choice(0, 2), ValueError, 'got 0'],
    ['a choice from a matrix', () => random().choice([[1, 2]]), ShapeError, 'choice: a must have one axis, got shape [1, 2]'],
    ['more than there is', () => random().choice(3, 4, false), ValueError, 'choice: cannot take 4 of 3 without replacement'],
    ['more than is possible', () => random().choice(3, 2, false, [1, 0, 0]), ValueError, 'only 1 have a probability above 0'],
    ['probabilities that sum to 1.1', () => random().choice(2, 1, true, [0.5, 0.6]), ValueError, 'choice: probabilities must sum to 1, got 1.1; divide each by their sum'],
    ['a negative probability', () => random().choice(2, 1, true, [1.5, -0.5]), ValueError, 'choice: probabilities must be at least 0, got -0.5'],
    ['a probability of NaN', () => random().choice(2, 1, true, [NaN, 1]), ValueError, 'got NaN'],
    ['too few probabilities', () => random().choice(3, 1, true, [0.5, 0.5]), ShapeError, 'choice: expected one probability for each of 3 values, got 2'],
    ['a state of another generator', restored({ bitGenerator: 'PCG64' as never }), ValueError, 'setState: expected what getState gave'],
    ['a state cut short', restored({ key: [1, 2] }), ValueError, 'with 2 words'],
    ['a state with a bad position', restored({ pos: 625 }), ValueError, 'pos 625'],
  ];
  it.each(cases)('%s', (_, run, kind, message) => {
    expect(run).toThrow(kind);
    expect(run).toThrow(message);
  });
});

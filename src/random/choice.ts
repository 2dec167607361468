// Samples from a population, with and without replacement, with and without weights.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, sizeOf, Tensor, toTensor, type TensorLike } from '../tensor/index.js';
import { shapeOfSize, type Size } from './draw.js';
import type { RandomState } from './random-state.js';

const TOLERANCE = Math.sqrt(Number.EPSILON); // how far from 1 probabilities may sum, as in NumPy

/** @internal `RandomState.choice`, which documents it. */
export function choose(
  state: RandomState,
  a: TensorLike,
  size: Size | undefined,
  replace: boolean,
  p: TensorLike | undefined,
): number | Tensor {
  const values = typeof a === 'number' ? null : vector(a, 'a');
  const population = typeof a === 'number' ? a : values!.size;
  const shape = size === undefined ? [] : shapeOfSize(size, 'choice');
  const count = sizeOf(shape);
  if (!Number.isInteger(population) || (population <= 0 && count > 0)) {
    throw new ValueError(
      `choice: a must be a whole number of at least 1 or a list of at least one value, got ` +
        (values ? 'an empty one' : String(population)),
    );
  }
  const weights = p === undefined ? null : probabilities(p, population);
  if (!replace && count > population) {
    throw new ValueError(
      `choice: cannot take ${count} of ${population} without replacement; take fewer, or allow replacement`,
    );
  }
  const indices = replace
    ? withReplacement(state, population, count, weights)
    : withoutReplacement(state, population, count, weights);
  const drawn = values ? indices.map((index) => values.data[index]!) : indices;
  if (size === undefined) return drawn[0]!;
  return new Tensor(drawn, shape, { dtype: values ? values.dtype : 'int64' });
}

function withReplacement(
  state: RandomState,
  population: number,
  count: number,
  weights: Float64Array | null,
): Float64Array {
  if (!weights) return state.randint(0, population, count).data;
  const cdf = cumulative(weights);
  return state.randomSample(count).data.map((u) => firstAbove(cdf, u));
}

/** With weights: draws as many as are missing, keeps those not seen before, and gives what was found the weight 0. */
function withoutReplacement(
  state: RandomState,
  population: number,
  count: number,
  weights: Float64Array | null,
): Float64Array {
  if (!weights) return state.permutation(population).data.slice(0, count);
  const possible = weights.reduce((n, weight) => n + Number(weight > 0), 0);
  if (possible < count) {
    throw new ValueError(
      `choice: cannot take ${count} without replacement where only ${possible} have a probability above 0`,
    );
  }
  const left = weights.slice();
  const found = new Set<number>(); // iterates in the order of insertion
  while (found.size < count) {
    const missing = count - found.size;
    for (const index of found) left[index] = 0;
    const cdf = cumulative(left);
    for (const u of state.randomSample(missing).data) found.add(firstAbove(cdf, u));
  }
  return Float64Array.from(found);
}

/** The running sums of the weights, divided by the last. */
function cumulative(weights: Float64Array): Float64Array {
  let sum = 0;
  const sums = weights.map((weight) => (sum += weight));
  return sums.map((value) => value / sum);
}

/** The first index whose value exceeds `u`, in a sorted array. Equals `numpy.searchsorted(…, side='right')`. */
function firstAbove(sorted: Float64Array, u: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

function probabilities(p: TensorLike, population: number): Float64Array {
  const { data } = vector(p, 'p');
  if (data.length !== population) {
    throw new ShapeError(
      `choice: expected one probability for each of ${population} values, got ${data.length}`,
    );
  }
  const bad = data.find((weight) => !(weight >= 0));
  if (bad !== undefined) throw new ValueError(`choice: probabilities must be at least 0, got ${bad}`);
  const sum = data.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > TOLERANCE) {
    throw new ValueError(`choice: probabilities must sum to 1, got ${sum}; divide each by their sum`);
  }
  return data;
}

function vector(values: TensorLike, name: string): Tensor {
  const t = toTensor(values);
  if (t.ndim !== 1) {
    throw new ShapeError(`choice: ${name} must have one axis, got shape ${formatShape(t.shape)}`);
  }
  return t;
}

// Where to look: the inputs that were given, and others like them.

import type { RandomState } from '../random/index.js';
import { sameShape, Tensor } from '../tensor/index.js';
import { isWhole } from './value.js';

/** An input that only labels or counts: it is whole and no derivative is given by it. */
export type IsFixed = (index: number) => boolean;

/**
 * Inputs like the given ones: moved at random, in the same shapes, signs and bounds. Labels of 0 and 1 are drawn anew, or
 * `turned` into the other, so that both are seen whatever is drawn.
 */
export function variationOf(
  inputs: readonly Tensor[],
  isFixed: IsFixed,
  random: RandomState,
  turned: boolean,
): Tensor[] {
  return inputs.map((input, i) => (isFixed(i) ? reshuffled(input, random, turned) : moved(input, random)));
}

/**
 * Inputs of one shape in each other's places: where a prediction lay above its target it then lies below, so that both
 * branches of a comparison are seen.
 */
export function exchanged(inputs: readonly Tensor[], isFixed: IsFixed): Tensor[] {
  return inputs.map((input, i) => {
    if (isFixed(i)) return input;
    const alike = inputs.filter(
      (other, j) => !isFixed(j) && sameShape(other.shape, input.shape) && isShares(other) === isShares(input),
    );
    return alike[(alike.indexOf(input) + 1) % alike.length]!;
  });
}

/**
 * Inputs away from where the usual ones lie, but not so far that an epsilon shows: of size 1.5 to 3, with both signs or, as
 * `positive`, above 0. What is cut off out there shows here.
 */
export function farFrom(
  inputs: readonly Tensor[],
  isFixed: IsFixed,
  random: RandomState,
  { positive }: { readonly positive: boolean },
): Tensor[] {
  return inputs.map((input, i) => {
    if (isFixed(i) || isShares(input)) return input;
    const size = (): number => random.uniform(1.5, 3);
    const sign = (): number => (positive || random.randomSample() < 0.5 ? 1 : -1);
    return new Tensor(
      Float64Array.from(input.data, () => sign() * size()),
      input.shape,
    );
  });
}

/** An upstream that no factor of 1 can hide behind: sizes from 0.5 to 2, both signs. */
export function randomUpstream(shape: readonly number[], random: RandomState): Tensor {
  const size = Array.from({ length: shape.reduce((a, b) => a * b, 1) });
  return new Tensor(
    Float64Array.from(size, () => (random.randomSample() < 0.3 ? -1 : 1) * random.uniform(0.5, 2)),
    shape,
  );
}

/** Moves every number, within (0, 1) or above 0 where all of them are there. */
function moved(input: Tensor, random: RandomState): Tensor {
  const { data } = input;
  const isProbability = data.every((x) => x > 0 && x < 1);
  const isPositive = data.every((x) => x > 0);
  if (isShares(input))
    return toShares(
      new Tensor(
        Float64Array.from(data, (x) => x * Math.exp(random.normal(0, 0.5))),
        input.shape,
      ),
    );
  const scale = data.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0.5);
  const move = (x: number): number => {
    if (isProbability) return x ** Math.exp(random.normal(0, 0.5));
    if (isPositive) return x * Math.exp(random.normal(0, 0.3));
    return x + random.normal(0, 0.6) * scale;
  };
  return new Tensor(Float64Array.from(data, move), input.shape);
}

/** Whether every row adds up to 1, as probabilities of classes do. */
function isShares(input: Tensor): boolean {
  return (
    (input.shape.at(-1) ?? 1) > 1 &&
    input.data.every((x) => x >= 0) &&
    input.sum(-1).data.every((total) => Math.abs(total - 1) < 1e-6)
  );
}

function toShares(input: Tensor): Tensor {
  return input.div(input.sum(-1, { keepDims: true }));
}

/** Zeros and ones are drawn anew or turned; other whole numbers, labels say, change places. */
function reshuffled(input: Tensor, random: RandomState, turned: boolean): Tensor {
  const isBinary = input.data.every((x) => x === 0 || x === 1);
  // A one-hot row must stay one.
  if (isBinary && isShares(input)) {
    return input.ndim > 1
      ? random.permutation(input)
      : new Tensor(Float64Array.from(random.permutation(Array.from(input.data)).data), input.shape);
  }
  const data = isBinary
    ? Float64Array.from(input.data, (x) => (turned ? 1 - x : random.randint(0, 2)))
    : Float64Array.from(random.permutation(Array.from(input.data)).data);
  return new Tensor(data, input.shape, { dtype: input.dtype });
}

/** Whether an input is fixed, given whether a derivative by it is given. */
export function fixedInputs(inputs: readonly Tensor[], hasGradient: (index: number) => boolean): IsFixed {
  return (index) => isWhole(inputs[index]!) && !hasGradient(index);
}

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
    const alike = inputs.filter((other, j) => !isFixed(j) && sameShape(other.shape, input.shape));
    return alike[(alike.indexOf(input) + 1) % alike.length]!;
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
  const scale = data.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0.5);
  const move = (x: number): number => {
    if (isProbability) return x ** Math.exp(random.normal(0, 0.5));
    if (isPositive) return x * Math.exp(random.normal(0, 0.3));
    return x + random.normal(0, 0.6) * scale;
  };
  return new Tensor(Float64Array.from(data, move), input.shape);
}

/** Zeros and ones are drawn anew or turned; other whole numbers, labels say, change places. */
function reshuffled(input: Tensor, random: RandomState, turned: boolean): Tensor {
  const isBinary = input.data.every((x) => x === 0 || x === 1);
  // A one-hot row must stay one.
  const isOneHot =
    isBinary && input.ndim > 1 && input.sum(-1).data.every((total) => total === 1) && input.shape.at(-1)! > 1;
  if (isOneHot) {
    return random.permutation(input);
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

// How parameters begin.

import type { RandomState } from '../random/index.js';
import { zeros as zerosOf, type Shape, type Tensor } from '../tensor/index.js';

/** Draws a parameter of a shape; `fanIn` is the number of inputs that meet in one output. */
export type Initializer = (shape: Shape, fanIn: number, random: RandomState) => Tensor;

/** Uniform within ±1/√fanIn, which is what PyTorch draws for `Linear`. The default. */
export const uniform: Initializer = (shape, fanIn, random) => {
  const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
  return random.uniform(-bound, bound, shape);
};

/** Standard normal, as the class notes draw theirs. */
export const standardNormal: Initializer = (shape, _, random) => random.standardNormal(shape);

/** All zeros: right for a bias; for the weights of a hidden layer it leaves all units the same for ever. */
export const zeros: Initializer = (shape) => zerosOf(shape);

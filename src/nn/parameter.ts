// What layers with parameters share: options, first values, and the check of their sizes.

import { ValueError } from '../errors.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import type { Shape, Tensor } from '../tensor/index.js';
import { uniform, type Initializer } from './init.js';

/** Options of layers with weights. */
export interface LayerOptions {
  /** Whether there is a bias. Default true. */
  readonly bias?: boolean;
  /** How weight and bias begin. Default: as in PyTorch. */
  readonly initializer?: Initializer;
  /** Seed or stream of the first values. Default: another one each time. */
  readonly randomState?: RandomStateLike;
}

/** Makes parameters one after the other, each with its first values; `fanIn` inputs meet in one output. */
export function parameters(
  { initializer = uniform, randomState }: LayerOptions,
  fanIn: number,
): (name: string, shape: Shape, special?: Initializer) => Tensor {
  const random = checkRandomState(randomState);
  return (name, shape, special = initializer) => asParameter(special(shape, fanIn, random), name);
}

/** A tensor of these values that learns. */
export function asParameter(values: Tensor, name: string): Tensor {
  return values.detach({ requiresGrad: true }).named(name);
}

/** Throws a `ValueError` that names the layer unless each size is a whole number of at least 1. */
export function checkSizes(layer: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1) {
      throw new ValueError(`${layer}: ${name} must be a whole number of at least 1, got ${String(size)}`);
    }
  }
}

/** Throws a `ValueError` that names the layer unless a probability is from 0 to below 1. */
export function checkProbability(layer: string, name: string, p: number): void {
  if (!(p >= 0 && p < 1)) {
    throw new ValueError(`${layer}: ${name} is a probability from 0 to below 1, got ${String(p)}`);
  }
}

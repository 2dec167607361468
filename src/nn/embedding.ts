// Embedding: a learned row of numbers for each of a set of things.

import { take } from '../functions/index.js';
import type { Tensor, TensorLike } from '../tensor/index.js';
import { standardNormal } from './init.js';
import { Module } from './module.js';
import { checkSizes, parameters, type LayerOptions } from './parameter.js';

/** Rows of a table by number. Goes with `torch.nn.Embedding`. */
export class Embedding extends Module {
  readonly count: number;
  readonly features: number;
  /** `[count, features]`. */
  readonly weight: Tensor;

  constructor(count: number, features: number, options: Omit<LayerOptions, 'bias'> = {}) {
    super();
    checkSizes('Embedding', { count, features });
    this.count = count;
    this.features = features;
    this.weight = parameters({ initializer: standardNormal, ...options }, features)('weight', [
      count,
      features,
    ]);
  }

  /** Whole numbers `[…]` → `[…, features]`. Throws a `ShapeError` for a number that is no row. */
  forward(ids: TensorLike): Tensor {
    return take(this.weight, ids);
  }

  override toString(): string {
    return `Embedding(${this.count}, ${this.features})`;
  }
}

/**
 * A table of `count` rows of `features` numbers, which begin standard normal; whole numbers pick from it.
 * Throws a `ValueError` for sizes below 1.
 *
 * @example
 * nn.embedding(10, 3).forward([[1, 5], [0, 9]]).shape; // [2, 2, 3]
 */
export function embedding(count: number, features: number, options?: Omit<LayerOptions, 'bias'>): Embedding {
  return new Embedding(count, features, options);
}

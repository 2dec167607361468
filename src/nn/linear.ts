// Linear: every output a weighted sum of all inputs, plus a bias.

import { ShapeError, ValueError } from '../errors.js';
import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { formatShape, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { uniform, type Initializer } from './init.js';
import { Module } from './module.js';

/** Options of `linear`. */
export interface LinearOptions {
  /** Whether there is a bias. Default true. */
  readonly bias?: boolean;
  /** How weight and bias begin. Default `init.uniform`, as in PyTorch. */
  readonly initializer?: Initializer;
  /** Seed or stream of the first values. Default: another one each time. */
  readonly randomState?: RandomStateLike;
}

/** `x @ weightᵀ + bias`, with the weight stored `[outputs, inputs]`. Goes with `torch.nn.Linear`. */
export class Linear extends Module {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** `[outFeatures, inFeatures]`. */
  readonly weight: Tensor;
  /** `[outFeatures]`, or null. */
  readonly bias: Tensor | null;

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    for (const features of [inFeatures, outFeatures]) {
      if (!Number.isInteger(features) || features < 1) {
        throw new ValueError(
          `Linear(${inFeatures}, ${outFeatures}): features are whole numbers of at least 1, got ${features}`,
        );
      }
    }
    const { bias = true, initializer = uniform } = options;
    const random = checkRandomState(options.randomState);
    const parameter = (name: string, shape: readonly number[]): Tensor =>
      initializer(shape, inFeatures, random).detach({ requiresGrad: true }).named(name);
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = parameter('weight', [outFeatures, inFeatures]);
    this.bias = bias ? parameter('bias', [outFeatures]) : null;
  }

  /** `[…, inFeatures]` → `[…, outFeatures]`. Throws a `ShapeError` for any other number of features. */
  forward(input: TensorLike): Tensor {
    const x = toTensor(input);
    const features = x.shape.at(-1);
    if (features !== this.inFeatures) {
      throw new ShapeError(
        `${this}: input has ${features ?? 'no'} features, expected ${this.inFeatures} (shape ${formatShape(x.shape)})`,
      );
    }
    const product = x.matmul(this.weight.transpose());
    return this.bias ? product.add(this.bias) : product;
  }

  override toString(): string {
    return `Linear(${this.inFeatures}, ${this.outFeatures})`;
  }
}

/**
 * A layer of `outFeatures` neurons, each a weighted sum of all `inFeatures` inputs plus a bias.
 * Throws a `ValueError` for features below 1.
 *
 * @example
 * nn.linear(3, 2, { randomState: 0 }).forward([[1, 2, 3]]).shape; // [1, 2]
 */
export function linear(inFeatures: number, outFeatures: number, options?: LinearOptions): Linear {
  return new Linear(inFeatures, outFeatures, options);
}

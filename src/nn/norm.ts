// Normalisation layers: features brought to mean 0 and variance 1, then scaled and shifted as training wants it.

import { ShapeError, ValueError } from '../errors.js';
import { functions } from '../functions/index.js';
import {
  formatShape,
  noGrad,
  ones,
  sameShape,
  toTensor,
  zeros,
  type Shape,
  type Tensor,
  type TensorLike,
} from '../tensor/index.js';
import { Module } from './module.js';
import { asParameter, checkSizes } from './parameter.js';
import { current } from './state.js';

/** Options of `batchNorm1d` and `batchNorm2d`. */
export interface BatchNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
  /** How much of a batch's statistics goes into the running ones. Default 0.1. */
  readonly momentum?: number;
}

/** Options of `layerNorm`. */
export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
}

/** What batch normalisation of features and of pictures share. */
abstract class BatchNorm extends Module {
  readonly #name: string;
  readonly features: number;
  readonly epsilon: number;
  readonly momentum: number;
  /** `[features]`, at first 1. */
  readonly weight: Tensor;
  /** `[features]`, at first 0. */
  readonly bias: Tensor;
  /** The mean of each feature over the batches so far, `[features]`. */
  readonly runningMean: Tensor;
  /** The variance of each feature (of the sample, n - 1) over the batches so far, `[features]`. */
  readonly runningVar: Tensor;
  /** How many batches there have been. */
  readonly batches: Tensor;

  constructor(name: string, features: number, { epsilon = 1e-5, momentum = 0.1 }: BatchNormOptions = {}) {
    super();
    this.#name = name;
    checkSizes(name, { features });
    checkEpsilon(name, epsilon);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new ValueError(`${name}: momentum must be from 0 to 1, got ${String(momentum)}`);
    }
    this.features = features;
    this.epsilon = epsilon;
    this.momentum = momentum;
    this.weight = asParameter(ones([features]), 'weight');
    this.bias = asParameter(zeros([features]), 'bias');
    this.runningMean = this.buffer(zeros([features]).named('runningMean'));
    this.runningVar = this.buffer(ones([features]).named('runningVar'));
    this.batches = this.buffer(zeros([]).named('batches'));
  }

  /** Named as in PyTorch, whose files have these names. */
  override parts(): [name: string, part: Tensor][] {
    return [
      ['weight', this.weight],
      ['bias', this.bias],
      ['running_mean', this.runningMean],
      ['running_var', this.runningVar],
      ['num_batches_tracked', this.batches],
    ];
  }

  /** Whether inputs may have so many axes. */
  protected abstract takes(ndim: number): boolean;

  /** `[batch, features, …]`. Throws a `ShapeError` for any other shape, and for a single value for each feature in training. */
  forward(input: TensorLike): Tensor {
    const x = toTensor(input);
    if (!this.takes(x.ndim) || x.shape[1] !== this.features) {
      throw new ShapeError(`${this}: input has shape ${formatShape(x.shape)}, expected ${this.expected()}`);
    }
    const column = [this.features, ...x.shape.slice(2).map(() => 1)];
    const [weight, bias] = [this.weight, this.bias].map((each) => each.reshape(column)) as [Tensor, Tensor];
    return (this.training ? this.#byBatch(x) : this.#byRunning(x, column)).mul(weight).add(bias);
  }

  protected expected(): string {
    return `[batch, ${this.features}]`;
  }

  #byBatch(x: Tensor): Tensor {
    const axes = [...x.shape.keys()].filter((axis) => axis !== 1);
    const count = x.size / this.features;
    if (count <= 1) {
      throw new ShapeError(
        `${this}: in training the statistics need more than one value for each feature, got shape ${formatShape(x.shape)}`,
      );
    }
    noGrad(() => {
      const mean = x.mean(axes, { keepDims: true });
      const centred = x.sub(mean);
      const variance = centred
        .mul(centred)
        .mean(axes)
        .mul(count / (count - 1));
      this.#move(this.runningMean, mean.reshape([this.features]));
      this.#move(this.runningVar, variance);
      this.batches.assign(current(this.batches).add(1));
    });
    return functions.standardize(x, axes, { epsilon: this.epsilon });
  }

  #move(running: Tensor, now: Tensor): void {
    running.assign(
      current(running)
        .mul(1 - this.momentum)
        .add(now.mul(this.momentum)),
    );
  }

  #byRunning(x: Tensor, column: Shape): Tensor {
    const deviation = this.runningVar.add(this.epsilon).sqrt();
    return x.sub(this.runningMean.reshape(column)).div(deviation.reshape(column));
  }

  override toString(): string {
    return `${this.#name}(${this.features})`;
  }
}

/** Batch normalisation of `[batch, features]` or `[batch, features, L]`. Goes with `torch.nn.BatchNorm1d`. */
export class BatchNorm1d extends BatchNorm {
  constructor(features: number, options?: BatchNormOptions) {
    super('BatchNorm1d', features, options);
  }

  protected takes(ndim: number): boolean {
    return ndim === 2 || ndim === 3;
  }

  protected override expected(): string {
    return `[batch, ${this.features}] or [batch, ${this.features}, L]`;
  }
}

/** Batch normalisation of pictures `[batch, channels, H, W]`. Goes with `torch.nn.BatchNorm2d`. */
export class BatchNorm2d extends BatchNorm {
  constructor(features: number, options?: BatchNormOptions) {
    super('BatchNorm2d', features, options);
  }

  protected takes(ndim: number): boolean {
    return ndim === 4;
  }

  protected override expected(): string {
    return `[batch, ${this.features}, H, W]`;
  }
}

/** Normalisation of each sample over its last axes. Goes with `torch.nn.LayerNorm`. Ba, Kiros and Hinton, 2016. */
export class LayerNorm extends Module {
  readonly shape: Shape;
  readonly epsilon: number;
  /** Of `shape`, at first 1. */
  readonly weight: Tensor;
  /** Of `shape`, at first 0. */
  readonly bias: Tensor;

  constructor(shape: number | Shape, { epsilon = 1e-5 }: LayerNormOptions = {}) {
    super();
    this.shape = typeof shape === 'number' ? [shape] : shape;
    this.shape.forEach((length) => checkSizes('LayerNorm', { length }));
    checkEpsilon('LayerNorm', epsilon);
    this.epsilon = epsilon;
    this.weight = asParameter(ones(this.shape), 'weight');
    this.bias = asParameter(zeros(this.shape), 'bias');
  }

  /** `[…, …shape]`. Throws a `ShapeError` for any other last axes. */
  forward(input: TensorLike): Tensor {
    const x = toTensor(input);
    const count = this.shape.length;
    if (x.ndim < count || !sameShape(x.shape.slice(x.ndim - count), this.shape)) {
      throw new ShapeError(
        `${this}: input has shape ${formatShape(x.shape)}, expected last axes ${formatShape(this.shape)}`,
      );
    }
    const axes = this.shape.map((_, i) => i - count);
    return functions.standardize(x, axes, { epsilon: this.epsilon }).mul(this.weight).add(this.bias);
  }

  override toString(): string {
    return `LayerNorm(${this.shape.length === 1 ? this.shape[0] : formatShape(this.shape)})`;
  }
}

function checkEpsilon(layer: string, epsilon: number): void {
  if (!(epsilon >= 0)) throw new ValueError(`${layer}: epsilon must be at least 0, got ${String(epsilon)}`);
}

/**
 * Features to mean 0 and variance 1: in training over the batch, which moves the running statistics; in evaluation by those.
 * Throws a `ValueError` for options out of range.
 *
 * @example
 * nn.batchNorm1d(2, { epsilon: 0 }).forward([[1, 5], [3, 1]]).toArray(); // [[-1, 1], [1, -1]]
 */
export function batchNorm1d(features: number, options?: BatchNormOptions): BatchNorm1d {
  return new BatchNorm1d(features, options);
}

/**
 * Channels of pictures to mean 0 and variance 1: in training over the batch, which moves the running statistics; in
 * evaluation by those. Throws a `ValueError` for options out of range.
 *
 * @example
 * nn.batchNorm2d(3).forward(zeros([2, 3, 4, 4])).shape; // [2, 3, 4, 4]
 */
export function batchNorm2d(features: number, options?: BatchNormOptions): BatchNorm2d {
  return new BatchNorm2d(features, options);
}

/**
 * Each sample's last axes, of this shape, to mean 0 and variance 1. Throws a `ValueError` for sizes below 1.
 *
 * @example
 * nn.layerNorm(2, { epsilon: 0 }).forward([[1, 3], [7, 5]]).toArray(); // [[-1, 1], [1, -1]]
 */
export function layerNorm(shape: number | Shape, options?: LayerNormOptions): LayerNorm {
  return new LayerNorm(shape, options);
}

// Pooling layers: pictures become smaller, or one number for each channel.

import { ShapeError } from '../errors.js';
import { functions, type PerAxis, type PoolOptions } from '../functions/index.js';
import { formatShape, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { Module } from './module.js';

/** What pooling layers share. */
abstract class Pool extends Module {
  readonly #name: string;
  readonly kernelSize: PerAxis;
  readonly options: PoolOptions;

  constructor(name: string, kernelSize: PerAxis, options: PoolOptions = {}) {
    super();
    this.#name = name;
    this.kernelSize = kernelSize;
    this.options = options;
  }

  override toString(): string {
    const shown = Object.entries(this.options).map(([name, value]) => `, ${name}: ${String(value)}`);
    return `${this.#name}(${String(this.kernelSize)}${shown.join('')})`;
  }
}

/** The largest of each window: `[…, H, W]` → `[…, oh, ow]`. Goes with `torch.nn.MaxPool2d`. */
export class MaxPool2d extends Pool {
  constructor(kernelSize: PerAxis, options?: PoolOptions) {
    super('MaxPool2d', kernelSize, options);
  }

  forward(x: TensorLike): Tensor {
    return functions.maxPool2d(x, this.kernelSize, this.options);
  }
}

/** The mean of each window: `[…, H, W]` → `[…, oh, ow]`. Goes with `torch.nn.AvgPool2d`. */
export class AvgPool2d extends Pool {
  constructor(kernelSize: PerAxis, options?: PoolOptions) {
    super('AvgPool2d', kernelSize, options);
  }

  forward(x: TensorLike): Tensor {
    return functions.avgPool2d(x, this.kernelSize, this.options);
  }
}

/** The mean of each channel: `[batch, channels, H, W]` → `[batch, channels]`. Goes with `torch.nn.AdaptiveAvgPool2d(1)`, flattened. */
export class GlobalAvgPool2d extends Module {
  forward(x: TensorLike): Tensor {
    return picturesOf(this, x).mean([-2, -1]);
  }

  override toString(): string {
    return 'GlobalAvgPool2d';
  }
}

/** The largest of each channel: `[batch, channels, H, W]` → `[batch, channels]`. Goes with `torch.nn.AdaptiveMaxPool2d(1)`, flattened. */
export class GlobalMaxPool2d extends Module {
  forward(x: TensorLike): Tensor {
    return picturesOf(this, x).max([-2, -1]);
  }

  override toString(): string {
    return 'GlobalMaxPool2d';
  }
}

function picturesOf(layer: Module, input: TensorLike): Tensor {
  const x = toTensor(input);
  if (x.ndim !== 4) {
    throw new ShapeError(`${layer}: expected [batch, channels, H, W], got shape ${formatShape(x.shape)}`);
  }
  return x;
}

/**
 * The largest element of each window of `kernelSize`; by default windows lie side by side.
 *
 * @example
 * nn.maxPool2d(2).forward([[[[1, 2], [3, 4]]]]).toArray(); // [[[[4]]]]
 */
export function maxPool2d(kernelSize: PerAxis, options?: PoolOptions): MaxPool2d {
  return new MaxPool2d(kernelSize, options);
}

/**
 * The mean of each window of `kernelSize`; by default windows lie side by side.
 *
 * @example
 * nn.avgPool2d(2).forward([[[[1, 2], [3, 4]]]]).toArray(); // [[[[2.5]]]]
 */
export function avgPool2d(kernelSize: PerAxis, options?: PoolOptions): AvgPool2d {
  return new AvgPool2d(kernelSize, options);
}

/**
 * The mean of each channel of a picture.
 *
 * @example
 * nn.globalAvgPool2d().forward([[[[1, 2], [3, 4]]]]).toArray(); // [[2.5]]
 */
export function globalAvgPool2d(): GlobalAvgPool2d {
  return new GlobalAvgPool2d();
}

/**
 * The largest element of each channel of a picture; equal ones share the derivative.
 *
 * @example
 * nn.globalMaxPool2d().forward([[[[1, 2], [3, 4]]]]).toArray(); // [[4]]
 */
export function globalMaxPool2d(): GlobalMaxPool2d {
  return new GlobalMaxPool2d();
}

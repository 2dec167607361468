// Convolutional layers: the same small weighted sum at every place of a sequence or a picture.

import { ShapeError, ValueError } from '../errors.js';
import { functions, type ConvOptions, type PerAxis } from '../functions/index.js';
import { formatShape, sizeOf, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { Module } from './module.js';
import { checkSizes, parameters, type LayerOptions } from './parameter.js';

/** Options of `conv1d` and `conv2d`. */
export interface ConvLayerOptions extends LayerOptions, ConvOptions {}

/** What convolutions over one and over two axes share. */
abstract class Conv extends Module {
  readonly #name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: readonly number[];
  /** Stride, padding, dilation and groups as they were given. */
  readonly options: Required<ConvOptions>;
  /** `[outChannels, inChannels / groups, …kernelSize]`. */
  readonly weight: Tensor;
  /** `[outChannels]`, or null. */
  readonly bias: Tensor | null;

  constructor(
    name: string,
    axes: number,
    inChannels: number,
    outChannels: number,
    kernelSize: PerAxis,
    options: ConvLayerOptions,
  ) {
    super();
    this.#name = name;
    const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = options;
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernelSize = typeof kernelSize === 'number' ? new Array<number>(axes).fill(kernelSize) : kernelSize;
    this.options = { stride, padding, dilation, groups };
    if (this.kernelSize.length !== axes) {
      throw new ValueError(
        `${name}: a kernel over ${axes} axes has ${axes} sizes, got ${this.kernelSize.length}`,
      );
    }
    checkSizes(name, { inChannels, outChannels, groups });
    this.kernelSize.forEach((size) => checkSizes(name, { kernelSize: size }));
    if (inChannels % groups > 0 || outChannels % groups > 0) {
      throw new ValueError(
        `${name}: ${inChannels} channels in and ${outChannels} out do not fall into ${groups} groups`,
      );
    }
    const each = inChannels / groups;
    const parameter = parameters(options, each * sizeOf(this.kernelSize));
    this.weight = parameter('weight', [outChannels, each, ...this.kernelSize]);
    this.bias = bias ? parameter('bias', [outChannels]) : null;
  }

  protected convolve(
    input: TensorLike,
    convolution: (x: TensorLike, weight: TensorLike, options?: ConvOptions) => Tensor,
  ): Tensor {
    const x = toTensor(input);
    const axes = this.kernelSize.length;
    if (x.ndim !== axes + 2 || x.shape[1] !== this.inChannels) {
      throw new ShapeError(
        `${this}: expected [batch, ${this.inChannels}, ${axes === 1 ? 'L' : 'H, W'}], got shape ${formatShape(x.shape)}`,
      );
    }
    const product = convolution(x, this.weight, this.options);
    return this.bias ? product.add(this.bias.reshape([-1, ...this.kernelSize.map(() => 1)])) : product;
  }

  override toString(): string {
    const { stride, padding, dilation, groups } = this.options;
    const shown = Object.entries({ stride, padding, dilation, groups })
      .filter(([name, value]) => value !== (name === 'padding' ? 0 : 1))
      .map(([name, value]) => `, ${name}: ${typeof value === 'number' ? value : formatShape(value)}`);
    const sizes = new Set(this.kernelSize);
    const kernel = sizes.size === 1 ? String(this.kernelSize[0]) : formatShape(this.kernelSize);
    return `${this.#name}(${this.inChannels}, ${this.outChannels}, ${kernel}${shown.join('')})`;
  }
}

/** Convolution of sequences `[batch, channels, L]`. Goes with `torch.nn.Conv1d`. */
export class Conv1d extends Conv {
  constructor(inChannels: number, outChannels: number, kernelSize: PerAxis, options: ConvLayerOptions = {}) {
    super('Conv1d', 1, inChannels, outChannels, kernelSize, options);
  }

  /** `[batch, inChannels, L]` → `[batch, outChannels, o]`. Throws a `ShapeError` for any other shape. */
  forward(x: TensorLike): Tensor {
    return this.convolve(x, functions.conv1d);
  }
}

/** Convolution of pictures `[batch, channels, H, W]`. Goes with `torch.nn.Conv2d`. */
export class Conv2d extends Conv {
  constructor(inChannels: number, outChannels: number, kernelSize: PerAxis, options: ConvLayerOptions = {}) {
    super('Conv2d', 2, inChannels, outChannels, kernelSize, options);
  }

  /** `[batch, inChannels, H, W]` → `[batch, outChannels, oh, ow]`. Throws a `ShapeError` for any other shape. */
  forward(x: TensorLike): Tensor {
    return this.convolve(x, functions.conv2d);
  }
}

/**
 * A convolution over sequences, with kernels of length `kernelSize`. Weight and bias begin uniform within ±1/√fanIn.
 * Throws a `ValueError` for sizes below 1 and for channels that do not fall into the groups.
 *
 * @example
 * nn.conv1d(2, 4, 3, { padding: 1 }).forward(zeros([1, 2, 10])).shape; // [1, 4, 10]
 */
export function conv1d(
  inChannels: number,
  outChannels: number,
  kernelSize: PerAxis,
  options?: ConvLayerOptions,
): Conv1d {
  return new Conv1d(inChannels, outChannels, kernelSize, options);
}

/**
 * A convolution over pictures, with kernels of `kernelSize`, one number or `[height, width]`. Weight and bias begin uniform
 * within ±1/√fanIn. Throws a `ValueError` for sizes below 1 and for channels that do not fall into the groups.
 *
 * @example
 * nn.conv2d(3, 8, 3, { stride: 2, padding: 1 }).forward(zeros([1, 3, 32, 32])).shape; // [1, 8, 16, 16]
 */
export function conv2d(
  inChannels: number,
  outChannels: number,
  kernelSize: PerAxis,
  options?: ConvLayerOptions,
): Conv2d {
  return new Conv2d(inChannels, outChannels, kernelSize, options);
}

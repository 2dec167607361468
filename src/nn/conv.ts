// Convolutional layers: the same small weighted sum at every place of a sequence or a picture.

import { ShapeError, ValueError } from '../errors.js';
import { functions, type ConvOptions, type PerAxis } from '../functions/index.js';
import { formatShape, sizeOf, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { Module } from './module.js';
import { checkSizes, parameters, type LayerOptions } from './parameter.js';

/** Options of `conv1d` and `conv2d`. */
export interface ConvLayerOptions extends LayerOptions, Omit<ConvOptions, 'padding'> {
  /**
   * Zeros on both sides of each axis, default 0; or `same`, as many as keep the size where the stride is 1, with the odd one of
   * an even kernel at the end.
   */
  readonly padding?: Padding;
}

type Padding = PerAxis | 'same';

/** What convolutions over one and over two axes share. */
abstract class Conv extends Module {
  readonly #name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: readonly number[];
  /** Stride, padding, dilation and groups as they were given. */
  readonly options: Required<Omit<ConvOptions, 'padding'>> & { readonly padding: Padding };
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
    if (typeof padding === 'string' && (padding !== 'same' || [stride].flat().some((step) => step !== 1))) {
      throw new ValueError(
        `${name}: padding is a number of zeros, or 'same' with a stride of 1; got '${padding}' with a stride of ${String(stride)}`,
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
    const product = this.#convolved(x, convolution);
    return this.bias ? product.add(this.bias.reshape([-1, ...this.kernelSize.map(() => 1)])) : product;
  }

  #convolved(
    x: Tensor,
    convolution: (x: TensorLike, weight: TensorLike, options?: ConvOptions) => Tensor,
  ): Tensor {
    const { padding, ...options } = this.options;
    if (padding !== 'same') return convolution(x, this.weight, { ...options, padding });
    const { dilation } = options;
    const widths = this.kernelSize.map((size, axis) => {
      const all = (size - 1) * (typeof dilation === 'number' ? dilation : dilation[axis]!);
      return [Math.floor(all / 2), Math.ceil(all / 2)] as const;
    });
    const isEven = widths.every(([before, after]) => before === after);
    return isEven
      ? convolution(x, this.weight, { ...options, padding: widths.map(([before]) => before) })
      : convolution(x.pad(widths), this.weight, options);
  }

  override toString(): string {
    const { stride, padding, dilation, groups } = this.options;
    const shown = Object.entries({ stride, padding, dilation, groups })
      .filter(([name, value]) => value !== (name === 'padding' ? 0 : 1))
      .map(([name, value]) => `, ${name}: ${typeof value === 'object' ? formatShape(value) : value}`);
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
 * Throws a `ValueError` for sizes below 1, channels that do not fall into the groups, and `same` with a stride.
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
 * within ±1/√fanIn. Throws a `ValueError` for sizes below 1, channels that do not fall into the groups, and `same` with a stride.
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

// Pooling: the largest, or the mean, of each window of a picture.

import { ShapeError, ValueError } from '../errors.js';
import { arange, formatShape, sizeOf, type Shape, type Tensor } from '../tensor/index.js';
import { composite, type Unary } from './define.js';
import { pad } from './pad.js';
import { formatPerAxis, perAxis, type PerAxis } from './per-axis.js';
import { foldWindows, windows, windowsView } from './windows.js';

/** Options of pooling, each one number or `[vertical, horizontal]`. */
export interface PoolOptions {
  /** From one window to the next. Default: the kernel's size, so that windows lie side by side. */
  readonly stride?: PerAxis;
  /** A border on both sides of each axis, at most half the kernel. Default 0. */
  readonly padding?: PerAxis;
}

/** The arguments of pooling after its tensor. */
export type PoolArguments = [kernel: PerAxis, options?: PoolOptions];

interface PoolAttributes {
  readonly [name: string]: unknown;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
}

/**
 * The largest element of each window of x `[…, H, W]`, nothing of the border: `[…, oh, ow]`. The first of equal ones has the
 * derivative. Equals `torch.nn.functional.max_pool2d`.
 * Throws a `ShapeError` for a window that does not fit, a `ValueError` for options out of range.
 *
 * @example
 * tensor([[1, 2, 5, 6], [3, 4, 7, 8]]).maxPool2d(2).toArray(); // [[4, 8]]
 */
export const maxPool2d: Unary<PoolArguments> = composite({
  name: 'maxPool2d',
  inputs: ['x'],
  attributes: poolAttributes('maxPool2d'),
  formula: poolFormula('maxPool2d'),
  shape: pooledShape('maxPool2d'),
  stages: ({ x }, attributes) => windowsOf(x, attributes, -Infinity).max([-4, -3]),
  derivatives: {
    x: {
      formula: 'foldWindows(onehot(argmax(windows(x))) * dy)',
      pullback: (dy, { x }, attributes) => {
        const slid = windowsOf(x, attributes, -Infinity);
        const count = sizeOf(attributes.kernel);
        const [outer, space] = [x.shape.slice(0, -2), dy.shape.slice(-2)];
        const largest = slid.reshape([...outer, count, ...space]).argmax(-3);
        const isLargest = largest
          .reshape([...outer, 1, ...space])
          .equal(arange(count).reshape([count, 1, 1]));
        const spread = isLargest.mul(dy.reshape([...outer, 1, ...space])).reshape(slid.shape);
        return fold(spread, x.shape, attributes);
      },
    },
  },
});

/**
 * The mean of each window of x `[…, H, W]`, zeros of the border included: `[…, oh, ow]`. Equals
 * `torch.nn.functional.avg_pool2d`.
 * Throws a `ShapeError` for a window that does not fit, a `ValueError` for options out of range.
 *
 * @example
 * tensor([[1, 2, 5, 6], [3, 4, 7, 8]]).avgPool2d(2).toArray(); // [[2.5, 6.5]]
 */
export const avgPool2d: Unary<PoolArguments> = composite({
  name: 'avgPool2d',
  inputs: ['x'],
  attributes: poolAttributes('avgPool2d'),
  formula: poolFormula('avgPool2d'),
  shape: pooledShape('avgPool2d'),
  stages: ({ x }, attributes) => windowsOf(x, attributes, 0).mean([-4, -3]),
  derivatives: {
    x: {
      formula: 'foldWindows(broadcast(dy) / n)',
      pullback: (dy, { x }, attributes) => {
        const { kernel } = attributes;
        const [outer, space] = [x.shape.slice(0, -2), dy.shape.slice(-2)];
        const each = dy.div(sizeOf(kernel)).reshape([...outer, 1, 1, ...space]);
        return fold(each.broadcastTo([...outer, ...kernel, ...space]), x.shape, attributes);
      },
    },
  },
});

function poolAttributes(name: string): (...args: PoolArguments) => PoolAttributes {
  return (size, options = {}) => {
    const kernel = perAxis(name, 'kernel', size, 2);
    const stride = perAxis(name, 'stride', options.stride ?? size, 2);
    const padding = perAxis(name, 'padding', options.padding ?? 0, 2, 0);
    if (padding.some((width, i) => 2 * width > kernel[i]!)) {
      throw new ValueError(
        `${name}: padding must be at most half the kernel ${formatShape(kernel)}, got ${formatShape(padding)}`,
      );
    }
    return { kernel, stride, padding };
  };
}

function poolFormula(name: string): (attributes: PoolAttributes) => string {
  return ({ kernel, stride, padding }) => {
    const isUsual = kernel.every((length, i) => length === stride?.[i]);
    return `${name}(x, ${formatShape(kernel)}${formatPerAxis({ stride: [isUsual ? [] : stride, 0], padding: [padding, 0] })})`;
  };
}

function pooledShape(name: string): (shapes: readonly Shape[], attributes: PoolAttributes) => Shape {
  return ([shape = []], { kernel, stride, padding }) => {
    if (shape.length < 2) {
      throw new ShapeError(`${name}: expected a picture […, H, W], got shape ${formatShape(shape)}`);
    }
    const space = shape.slice(-2).map((length, i) => length + 2 * padding[i]!);
    const slid = windowsView(space, kernel, { step: stride, dilation: [1, 1] }, name).shape;
    return [...shape.slice(0, -2), ...slid.slice(-2)];
  };
}

/** `[…, kh, kw, oh, ow]`. */
function windowsOf(x: Tensor, { kernel, stride, padding }: PoolAttributes, border: number): Tensor {
  const padded = padding.every((width) => width === 0) ? x : pad(x, padding, border);
  return windows(padded, kernel, { step: stride });
}

/** The reverse of `windowsOf`. */
function fold(slid: Tensor, x: Shape, { stride, padding }: PoolAttributes): Tensor {
  const space = x.slice(-2);
  const padded = space.map((length, i) => length + 2 * padding[i]!);
  const folded = foldWindows(slid, padded, { step: stride });
  const ranges = space.map((length, i) => [padding[i]!, padding[i]! + length] as const);
  return padding.every((width) => width === 0)
    ? folded
    : folded.slice(...x.slice(0, -2).map(() => null), ...ranges);
}

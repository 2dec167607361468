// Convolution, as one matrix product: every window of the input becomes a column (im2col), every kernel a row.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, sizeOf, type Shape, type Tensor } from '../tensor/index.js';
import { composite, type Binary } from './define.js';
import { pad } from './pad.js';
import { formatPerAxis, perAxis, type PerAxis } from './per-axis.js';
import { foldWindows, windows, windowsView } from './windows.js';

/** Options of convolutions, each one number or one for each axis. */
export interface ConvOptions {
  /** From one window to the next. Default 1. */
  readonly stride?: PerAxis;
  /** Zeros on both sides of each axis. Default 0. */
  readonly padding?: PerAxis;
  /** From one element of a window to the next. Default 1. */
  readonly dilation?: PerAxis;
  /** Parts into which the channels fall; each part of the outputs sees only its part of the inputs. Default 1. */
  readonly groups?: number;
}

interface ConvAttributes {
  readonly [name: string]: unknown;
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

/**
 * Convolution of x `[batch, channels, L]` with kernels `[outputs, channels / groups, k]`: `[batch, outputs, o]`. Equals
 * `torch.nn.functional.conv1d` without bias.
 * Throws a `ShapeError` for shapes that do not go together, a `ValueError` for options out of range.
 *
 * @example
 * functions.conv1d([[[1, 2, 4, 8]]], [[[1, -1]]]).toArray(); // [[[-1, -2, -4]]]
 */
export const conv1d: Binary<[options?: ConvOptions]> = convolution('conv1d', 1);

/**
 * Convolution of x `[batch, channels, H, W]` with kernels `[outputs, channels / groups, kh, kw]`: `[batch, outputs, oh, ow]`.
 * Equals `torch.nn.functional.conv2d` without bias.
 * Throws a `ShapeError` for shapes that do not go together, a `ValueError` for options out of range.
 *
 * @example
 * functions.conv2d(ones([1, 1, 4, 4]), ones([1, 1, 3, 3]), { stride: 2, padding: 1 }).toArray(); // [[[[4, 6], [6, 9]]]]
 */
export const conv2d: Binary<[options?: ConvOptions]> = convolution('conv2d', 2);

function convolution(name: string, axes: number): Binary<[options?: ConvOptions]> {
  return composite({
    name,
    inputs: ['x', 'weight'],
    attributes: ({ stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvOptions = {}): ConvAttributes => {
      if (!Number.isInteger(groups) || groups < 1) {
        throw new ValueError(`${name}: groups must be a whole number of at least 1, got ${String(groups)}`);
      }
      return {
        stride: perAxis(name, 'stride', stride, axes),
        padding: perAxis(name, 'padding', padding, axes, 0),
        dilation: perAxis(name, 'dilation', dilation, axes),
        groups,
      };
    },
    formula: ({ stride, padding, dilation, groups = 1 }) => {
      const options = formatPerAxis({ stride: [stride, 1], padding: [padding, 0], dilation: [dilation, 1] });
      return `${name}(x, weight${options}${groups === 1 ? '' : `, groups=${groups}`})`;
    },
    shape: ([x = [], weight = []], { padding, groups, ...layout }) => {
      const [channels, outputs, each] = [x[1]!, weight[0]!, weight[1]!];
      if (
        x.length !== axes + 2 ||
        weight.length !== axes + 2 ||
        channels !== each * groups ||
        outputs % groups
      ) {
        throw new ShapeError(
          `${name}: x ${formatShape(x)} and weight ${formatShape(weight)} do not go together: expected ` +
            `[batch, channels, ${SPACE[axes]}] and [outputs, channels${groups === 1 ? '' : ` / ${groups}`}, ${KERNEL[axes]}]` +
            (groups === 1 ? '' : `, outputs a multiple of ${groups}`),
        );
      }
      const space = x.slice(2).map((length, i) => length + 2 * padding[i]!);
      const { shape } = windowsView(space, weight.slice(2), stepsOf(layout), name);
      return [x[0]!, outputs, ...shape.slice(axes)];
    },
    stages: ({ x, weight }, attributes) => {
      const product = rowsOf(weight, attributes).matmul(columnsOf(x, weight.shape, attributes));
      const placed = windowsView(
        paddedShape(x.shape, attributes),
        weight.shape.slice(2),
        stepsOf(attributes),
        name,
      );
      const space = placed.shape.slice(-axes);
      return channelsSecond(product.reshape([weight.shape[0]!, x.shape[0]!, ...space]));
    },
    derivatives: {
      x: {
        formula: 'foldWindows(transpose(weight) @ dy)',
        pullback: (dy, { x, weight }, attributes) => {
          const columns = rowsOf(weight, attributes).transpose().matmul(upstreamRows(dy, attributes));
          return fromColumns(columns, x.shape, weight.shape, dy.shape.slice(2), attributes);
        },
      },
      weight: {
        formula: 'dy @ transpose(windows(x))',
        pullback: (dy, { x, weight }, attributes) =>
          upstreamRows(dy, attributes)
            .matmul(columnsOf(x, weight.shape, attributes).transpose())
            .reshape(weight.shape),
      },
    },
  });
}

const SPACE = ['', 'L', 'H, W'];
const KERNEL = ['', 'k', 'kh, kw'];

/** The kernels as rows: `[groups, outputs / groups, channels / groups · kh · kw]`. */
function rowsOf(weight: Tensor, { groups }: ConvAttributes): Tensor {
  return weight.reshape([groups, weight.shape[0]! / groups, sizeOf(weight.shape.slice(1))]);
}

/** The upstream, channels first as the product has them: `[groups, outputs / groups, batch · oh · ow]`. */
function upstreamRows(dy: Tensor, { groups }: ConvAttributes): Tensor {
  return channelsSecond(dy).reshape([groups, dy.shape[1]! / groups, dy.size / dy.shape[1]!]);
}

/** The windows as columns, those of the whole batch side by side: `[groups, channels / groups · kh · kw, batch · oh · ow]`. */
function columnsOf(x: Tensor, weight: Shape, attributes: ConvAttributes): Tensor {
  const { padding, groups } = attributes;
  const padded = padding.every((width) => width === 0) ? x : pad(x, padding);
  const slid = windows(channelsSecond(padded), weight.slice(2), stepsOf(attributes)); // [channels, batch, kh, kw, oh, ow]
  const columns = slid.transpose(batchBehind(slid.ndim)); // [channels, kh, kw, batch, oh, ow]
  const rows = x.shape[1]! * sizeOf(weight.slice(2));
  return columns.reshape([groups, rows / groups, columns.size / rows]);
}

/** The reverse of `columnsOf`: what was taken several times is added up. */
function fromColumns(
  columns: Tensor,
  x: Shape,
  weight: Shape,
  space: Shape,
  attributes: ConvAttributes,
): Tensor {
  const [batch, channels] = [x[0]!, x[1]!];
  const split = columns.reshape([channels, ...weight.slice(2), batch, ...space]);
  const order = batchBehind(split.ndim);
  const slid = split.transpose(order.map((_, axis) => order.indexOf(axis)));
  const padded = paddedShape(x, attributes);
  const folded = channelsSecond(foldWindows(slid, padded.slice(2), stepsOf(attributes)));
  return attributes.padding.every((width) => width === 0)
    ? folded
    : folded.slice(null, null, ...attributes.padding.map((width, i) => [width, width + x[2 + i]!] as const));
}

function paddedShape(x: Shape, { padding }: ConvAttributes): Shape {
  return x.map((length, axis) => length + 2 * (padding[axis - 2] ?? 0));
}

function stepsOf({ stride, dilation }: Pick<ConvAttributes, 'stride' | 'dilation'>) {
  return { step: stride, dilation };
}

/** Batch and channels change places. */
function channelsSecond(x: Tensor): Tensor {
  return x.transpose([1, 0, ...[...x.shape.keys()].slice(2)]);
}

/** `[channels, batch, …kernel, …space]` to `[channels, …kernel, batch, …space]`. */
function batchBehind(ndim: number): number[] {
  const axes = (ndim - 2) / 2;
  const kernel = Array.from({ length: axes }, (_, i) => 2 + i);
  return [0, ...kernel, 1, ...kernel.map((axis) => axis + axes)];
}

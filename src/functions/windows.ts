// Sliding windows, and their reverse, which adds windows up where they came from. Convolution and pooling are built of them.

import { ShapeError } from '../errors.js';
import { checkShape, formatShape, sameShape, sizeOf, stridesOf, type Shape } from '../tensor/index.js';
import { arithmetic, primitive, widest, type Unary } from './define.js';
import { pick, stridedPositions } from './elements.js';
import { formatPerAxis, perAxis, type PerAxis } from './per-axis.js';

/** Options of `windows` and `foldWindows`. */
export interface WindowOptions {
  /** From one window to the next. Default 1. */
  readonly step?: PerAxis;
  /** From one element of a window to the next. Default 1. */
  readonly dilation?: PerAxis;
}

/** How windows lie along their axes. */
export interface WindowLayout {
  readonly [name: string]: unknown;
  readonly step: readonly number[];
  readonly dilation: readonly number[];
}

/**
 * Windows that slide over the last axes, one axis for each number in `size`: `[…, H, W] → […, kh, kw, oh, ow]`, where
 * `y[…, i, j, p, q] = x[…, p * step + i * dilation, q * step + j * dilation]`; with `size: [k]`, `[…, L] → […, k, o]`.
 * Equals `numpy.lib.stride_tricks.sliding_window_view` with the windows' axes in front, and `torch.nn.functional.unfold`.
 * Throws a `ShapeError` for a window that is longer than its axis.
 *
 * @example
 * tensor([1, 2, 3, 4]).windows([2]).toArray(); // [[1, 2, 3], [2, 3, 4]]
 */
export const windows: Unary<[size: readonly number[], options?: WindowOptions]> = primitive({
  name: 'windows',
  inputs: ['x'],
  attributes: (size: readonly number[], options?: WindowOptions) => ({
    size: perAxis('windows', 'size', size, size.length),
    ...layoutOf('windows', size.length, options),
  }),
  formula: ({ size, ...layout }) => `windows(x, ${formatShape(size)}${formatLayout(layout)})`,
  shape: ([shape = []], { size, ...layout }) => windowsView(shape, size, layout, 'windows').shape,
  dtype: widest,
  value: ([x], _, { size, ...layout }) => {
    const view = windowsView(x!.shape, size, layout, 'windows');
    return pick(x!.data, stridedPositions(view.shape, view.strides, 0));
  },
  derivatives: {
    x: {
      formula: 'foldWindows(dy)',
      pullback: (dy, { x }, { size, ...layout }) =>
        foldWindows(dy, x.shape.slice(x.ndim - size.length), layout),
    },
  },
});

/**
 * Windows added up where they came from, along axes of these lengths: `[…, kh, kw, oh, ow] → […, H, W]`, the reverse of
 * `windows`. Equals `torch.nn.functional.fold`.
 * Throws a `ShapeError` unless `windows` would give x's last axes.
 */
export const foldWindows: Unary<[lengths: Shape, options?: WindowOptions]> = primitive({
  name: 'foldWindows',
  inputs: ['x'],
  attributes: (lengths: Shape, options?: WindowOptions) => {
    checkShape(lengths, 'foldWindows');
    return { lengths, ...layoutOf('foldWindows', lengths.length, options) };
  },
  formula: ({ lengths, ...layout }) => `foldWindows(x, ${formatShape(lengths)}${formatLayout(layout)})`,
  shape: ([shape = []], { lengths, ...layout }) => {
    const { whole, size } = foldedFrom(shape, lengths);
    const expected = windowsView(whole, size, layout, 'foldWindows').shape;
    if (!sameShape(shape, expected)) {
      throw new ShapeError(
        `foldWindows: axes of lengths ${formatShape(lengths)} have windows of shape ${formatShape(expected)}, got ${formatShape(shape)}`,
      );
    }
    return whole;
  },
  dtype: arithmetic,
  value: ([x], shape, { lengths, ...layout }) => {
    const view = windowsView(shape, foldedFrom(x!.shape, lengths).size, layout, 'foldWindows');
    const result = new Float64Array(sizeOf(shape));
    stridedPositions(view.shape, view.strides, 0).forEach(
      (position, i) => (result[position]! += x!.data[i]!),
    );
    return result;
  },
  derivatives: {
    x: {
      formula: 'windows(dy)',
      pullback: (dy, { x }, { lengths, ...layout }) => windows(dy, foldedFrom(x.shape, lengths).size, layout),
    },
  },
});

/** The windows of a tensor of `shape` whose own elements lie `strides` apart: their shape, and how they lie in it. */
export function windowsView(
  shape: Shape,
  size: readonly number[],
  { step, dilation }: WindowLayout,
  where: string,
  strides: readonly number[] = stridesOf(shape),
): { readonly shape: Shape; readonly strides: readonly number[] } {
  const first = shape.length - size.length;
  const counts = size.map((length, i) => {
    const span = (length - 1) * dilation[i]! + 1;
    const along = shape[first + i] ?? 0;
    if (first < 0 || along < span) {
      throw new ShapeError(
        `${where}: windows of ${formatShape(size)} ${span > length ? `that reach over ${span} elements ` : ''}` +
          `do not fit into shape ${formatShape(shape)}`,
      );
    }
    return Math.floor((along - span) / step[i]!) + 1;
  });
  const own = strides.slice(first);
  return {
    shape: [...shape.slice(0, first), ...size, ...counts],
    strides: [
      ...strides.slice(0, first),
      ...own.map((stride, i) => stride * dilation[i]!),
      ...own.map((stride, i) => stride * step[i]!),
    ],
  };
}

/** The shape that folding gives, and the size of the windows. */
function foldedFrom(shape: Shape, lengths: Shape): { readonly whole: Shape; readonly size: Shape } {
  const first = shape.length - 2 * lengths.length;
  if (first < 0) {
    throw new ShapeError(
      `foldWindows: windows over ${lengths.length} axes have ${2 * lengths.length}, got shape ${formatShape(shape)}`,
    );
  }
  return {
    whole: [...shape.slice(0, first), ...lengths],
    size: shape.slice(first, first + lengths.length),
  };
}

function layoutOf(where: string, axes: number, { step = 1, dilation = 1 }: WindowOptions = {}): WindowLayout {
  return {
    step: perAxis(where, 'step', step, axes),
    dilation: perAxis(where, 'dilation', dilation, axes),
  };
}

function formatLayout({ step, dilation }: Partial<WindowLayout>): string {
  return formatPerAxis({ step: [step, 1], dilation: [dilation, 1] });
}

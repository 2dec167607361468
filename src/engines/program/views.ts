// Views: transposing, broadcasting, slicing and reshaping without moving a number.

import { sliceView, windowsView, type Range, type WindowLayout } from '../../functions/index.js';
import { broadcastStrides, sameShape, stridesOf, type Shape } from '../../tensor/index.js';
import type { View } from './ir.js';

/** A view and the shape it gives. */
export interface ShapedView extends View {
  readonly shape: Shape;
}

/** All of a buffer, in its own order. */
export function wholeView(shape: Shape): ShapedView {
  return { shape, offset: 0, strides: stridesOf(shape) };
}

/** Whether a view is all of a buffer of its shape, in its own order. */
export function isWhole({ shape, offset, strides }: ShapedView, bufferShape: Shape): boolean {
  const own = stridesOf(shape);
  return (
    offset === 0 &&
    shape.reduce((size, length) => size * length, 1) ===
      bufferShape.reduce((size, length) => size * length, 1) &&
    strides.every((stride, axis) => shape[axis] === 1 || stride === own[axis])
  );
}

/** The axes in another order. */
export function transposeView({ shape, offset, strides }: ShapedView, order: readonly number[]): ShapedView {
  return { shape: order.map((axis) => shape[axis]!), offset, strides: order.map((axis) => strides[axis]!) };
}

/** Repeated along axes of length 1 and along new ones in front. */
export function broadcastView({ shape, offset, strides }: ShapedView, target: Shape): ShapedView {
  const repeats = broadcastStrides(shape, target);
  const missing = target.length - shape.length;
  return {
    shape: target,
    offset,
    strides: repeats.map((repeat, axis) =>
      axis < missing || shape[axis - missing] === 1 ? 0 : repeat === 0 ? 0 : strides[axis - missing]!,
    ),
  };
}

/** A part. */
export function slicedView({ shape, offset, strides }: ShapedView, ranges: readonly Range[]): ShapedView {
  const part = sliceView(ranges, shape, 'slice', strides);
  return { ...part, offset: offset + part.offset };
}

/** Windows that slide over the last axes: the same elements seen several times. */
export function slidView(
  { shape, offset, strides }: ShapedView,
  size: readonly number[],
  layout: WindowLayout,
): ShapedView {
  return { ...windowsView(shape, size, layout, 'windows', strides), offset };
}

/**
 * Windows lie in rows of their own, each as long as its axis and what a window reaches over besides; here they are seen
 * shifted so that what falls together lies together: `[…, kh, kw, rows] → […, kh, kw, H, W]`.
 */
export function shiftedView(
  { shape, offset, strides }: ShapedView,
  lengths: Shape,
  dilation: readonly number[],
): ShapedView {
  const [size, first] = [lengths.length, shape.length - lengths.length];
  const shifted = strides.map((stride, axis) => {
    const window = axis - first + size;
    return window >= 0 && window < size ? stride - dilation[window]! * strides[first + window]! : stride;
  });
  const reach = lengths.map((_, i) => (shape[first - size + i]! - 1) * dilation[i]! * strides[first + i]!);
  return {
    shape: [...shape.slice(0, first), ...lengths],
    offset: offset + reach.reduce((sum, elements) => sum + elements, 0),
    strides: shifted,
  };
}

/** The same elements in another shape, or null where they do not lie evenly enough for that. */
export function reshapeView(view: ShapedView, target: Shape): ShapedView | null {
  if (sameShape(view.shape, target)) return view;
  if (target.includes(0)) return { shape: target, offset: view.offset, strides: target.map(() => 0) };
  // Axes of length 1 carry nothing; the others are grouped from the back so that groups agree in size.
  const axes = view.shape
    .map((length, axis) => ({ length, stride: view.strides[axis]! }))
    .filter(({ length }) => length !== 1);
  const strides = new Array<number>(target.length).fill(0);
  let axis = target.length - 1;
  for (let i = axes.length - 1; i >= 0;) {
    let { length: size, stride } = axes[i]!;
    const last = stride;
    i--;
    const group: number[] = [];
    let product = 1;
    while (product !== size) {
      if (product < size) {
        while (axis >= 0 && target[axis] === 1) axis--;
        if (axis < 0) return null;
        product *= target[axis]!;
        group.push(axis--);
      } else {
        const next = axes[i--];
        if (!next || next.stride !== stride * axes[i + 2]!.length) return null;
        size *= next.length;
        stride = next.stride;
      }
    }
    let step = last;
    for (const each of group) {
      strides[each] = step;
      step *= target[each]!;
    }
  }
  return { shape: target, offset: view.offset, strides };
}

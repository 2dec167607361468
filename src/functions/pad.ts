// Padding: a tensor with a border around it.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, ones, type Shape } from '../tensor/index.js';
import { composite, type Unary } from './define.js';
import { placeSlice, type Range } from './slice.js';

/** How much stands before and behind the elements of an axis; one number for both. */
export type PadWidth = number | readonly [before: number, after: number];

interface PadAttributes {
  readonly [name: string]: unknown;
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly value: number;
}

/**
 * The tensor with a border of `value` (default 0): a width for each of its last axes. Equals `numpy.pad` with constant
 * values, and `torch.nn.functional.pad`, which counts the axes from the back.
 * Throws a `ShapeError` for more widths than axes, a `ValueError` for a width that is no whole number of at least 0.
 *
 * @example
 * tensor([[1, 2]]).pad([[0, 1], 1]).toArray(); // [[0, 1, 2, 0], [0, 0, 0, 0]]
 */
export const pad: Unary<[widths: readonly PadWidth[], value?: number]> = composite({
  name: 'pad',
  inputs: ['x'],
  attributes: (widths: readonly PadWidth[], value = 0): PadAttributes => {
    const pairs = widths.map((width) => (typeof width === 'number' ? ([width, width] as const) : width));
    const bad = pairs.flat().find((width) => !Number.isInteger(width) || width < 0);
    if (bad !== undefined) {
      throw new ValueError(`pad: a width is a whole number of at least 0, got ${String(bad)}`);
    }
    return { before: pairs.map(([before]) => before), after: pairs.map(([, after]) => after), value };
  },
  formula: ({ before, after, value }) =>
    `pad(x, before=${formatShape(before)}, after=${formatShape(after)}${value === 0 ? '' : `, value=${value}`})`,
  shape: ([shape = []], { before, after }) => {
    if (before.length > shape.length) {
      throw new ShapeError(
        `pad: ${before.length} widths for the ${shape.length} axes of shape ${formatShape(shape)}`,
      );
    }
    const first = shape.length - before.length;
    return shape.map((length, axis) =>
      axis < first ? length : length + before[axis - first]! + after[axis - first]!,
    );
  },
  stages: ({ x }, { before, after, value }) => {
    const whole = x.shape.slice(x.ndim - before.length);
    const padded = whole.map((length, i) => before[i]! + length + after[i]!);
    const inside = insideRanges(whole, before);
    const among = [...x.shape.slice(0, x.ndim - before.length), ...padded];
    const placed = placeSlice(x, among, ...x.shape.slice(before.length).map(() => null), ...inside);
    return value === 0 ? placed : placeSlice(ones(whole), padded, ...inside).where(placed, value);
  },
  derivatives: {
    x: {
      formula: 'slice(dy)',
      pullback: (dy, { x }, { before }) => {
        const first = x.ndim - before.length;
        const ranges = insideRanges(x.shape.slice(first), before);
        return dy.slice(...x.shape.slice(0, first).map(() => null), ...ranges);
      },
    },
  },
});

/** Where the elements lie inside the border. */
function insideRanges(lengths: Shape, before: readonly number[]): Range[] {
  return lengths.map((length, i): Range => [before[i]!, before[i]! + length]);
}

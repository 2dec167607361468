// Indexing: a part of a tensor, and its reverse, which puts a part back among zeros.

import { ShapeError, ValueError } from '../errors.js';
import { checkShape, formatShape, sameShape, sizeOf, stridesOf, type Shape } from '../tensor/index.js';
import { primitive, widest, type Unary } from './define.js';
import { pick, stridedPositions } from './elements.js';

/**
 * What to take along one axis, as NumPy writes it in brackets:
 * `2` is that one index (the axis goes away), `[1, 3]` is `1:3`, `[1]` is `1:`, `[null, null, -1]` is `::-1`, `null` is `:`.
 * Negative indices count from the end.
 */
export type Range =
  number | null | readonly [start?: number | null, stop?: number | null, step?: number | null];

/**
 * Part of a tensor: a range for each axis, the remaining axes whole. Equals `x[1:3, 0]` in NumPy.
 * Throws a `ShapeError` for an index outside its axis and for more ranges than axes.
 *
 * @example
 * tensor([[1, 2, 3], [4, 5, 6]]).slice(null, [1]).toArray(); // [[2, 3], [5, 6]]
 */
export const slice: Unary<Range[]> = primitive({
  name: 'slice',
  inputs: ['x'],
  attributes: (...ranges: Range[]) => ({ ranges }),
  formula: ({ ranges }) => `slice(x, ${ranges.map(formatRange).join(', ')})`,
  shape: ([shape = []], { ranges }) => sliceView(ranges, shape, 'slice').shape,
  dtype: widest,
  value: ([x], _, { ranges }) => pick(x!.data, positionsIn(ranges, x!.shape, 'slice')),
  derivatives: {
    x: {
      formula: 'place(dy)',
      pullback: (dy, { x }, { ranges }) => placeSlice(dy, x.shape, ...ranges),
    },
  },
});

/** Zeros of a shape with `x` in the part that `slice` with the same ranges would take: `z[1:3, 0] = x` in NumPy. */
export const placeSlice: Unary<[shape: Shape, ...ranges: Range[]]> = primitive({
  name: 'placeSlice',
  inputs: ['x'],
  attributes: (shape: Shape, ...ranges: Range[]) => ({ shape, ranges }),
  formula: ({ shape, ranges }) => `place(x, ${formatShape(shape)}, ${ranges.map(formatRange).join(', ')})`,
  shape: ([part = []], { shape, ranges }) => {
    checkShape(shape, 'placeSlice');
    const place = sliceView(ranges, shape, 'placeSlice').shape;
    if (!sameShape(part, place)) {
      throw new ShapeError(
        `placeSlice: x of shape ${formatShape(part)} does not fill its place of shape ${formatShape(place)} in ${formatShape(shape)}`,
      );
    }
    return shape;
  },
  dtype: widest,
  value: ([x], shape, { ranges }) => {
    const result = new Float64Array(sizeOf(shape));
    positionsIn(ranges, shape, 'placeSlice').forEach((position, i) => (result[position] = x!.data[i]!));
    return result;
  },
  derivatives: {
    x: { formula: 'slice(dy)', pullback: (dy, _, { ranges }) => dy.slice(...ranges) },
  },
});

/** The elements that ranges take: how they lie in a tensor of `shape` whose own elements lie `strides` apart. */
export function sliceView(
  ranges: readonly Range[],
  shape: Shape,
  where: string,
  strides: readonly number[] = stridesOf(shape),
): { readonly shape: Shape; readonly strides: readonly number[]; readonly offset: number } {
  if (ranges.length > shape.length) {
    throw new ShapeError(
      `${where}: ${ranges.length} ranges for the ${shape.length} axes of shape ${formatShape(shape)}`,
    );
  }
  const taken: { length: number; stride: number }[] = [];
  let offset = 0;
  shape.forEach((length, axis) => {
    const range = ranges[axis] ?? null;
    const stride = strides[axis]!;
    if (typeof range === 'number') {
      offset += index(range, length, axis, shape, where) * stride;
    } else {
      const { start, step, count } = steps(range ?? [], length, where);
      offset += count > 0 ? start * stride : 0;
      taken.push({ length: count, stride: step * stride });
    }
  });
  return {
    shape: taken.map(({ length }) => length),
    strides: taken.map(({ stride }) => stride),
    offset,
  };
}

function positionsIn(ranges: readonly Range[], shape: Shape, where: string): Int32Array {
  const view = sliceView(ranges, shape, where);
  return stridedPositions(view.shape, view.strides, view.offset);
}

function index(i: number, length: number, axis: number, shape: Shape, where: string): number {
  const fromFront = i < 0 ? i + length : i;
  if (!Number.isInteger(i) || fromFront < 0 || fromFront >= length) {
    throw new ShapeError(
      `${where}: index ${i} is outside axis ${axis} of length ${length} (shape ${formatShape(shape)})`,
    );
  }
  return fromFront;
}

/** Python's rule for `start:stop:step`: out-of-range ends are clipped, so a range never fails, it gets shorter. */
function steps([start, stop, step]: Exclude<Range, number | null>, length: number, where: string) {
  const by = step ?? 1;
  if (!Number.isInteger(by) || by === 0)
    throw new ValueError(`${where}: the step must be a whole number other than 0, got ${by}`);
  const bad = [start ?? 0, stop ?? 0].find((end) => !Number.isInteger(end));
  if (bad !== undefined)
    throw new ValueError(
      `${where}: a range begins and ends at whole numbers, got ` +
        (typeof bad === 'number'
          ? bad
          : `${JSON.stringify(bad)}; ranges are arguments, one for each axis: x.slice([0, 2], null) for x[0:2, :]`),
    );
  const [lowest, highest] = by > 0 ? [0, length] : [-1, length - 1];
  const clip = (i: number): number => Math.min(highest, Math.max(lowest, i < 0 ? i + length : i));
  const first = start === null || start === undefined ? (by > 0 ? lowest : highest) : clip(start);
  const end = stop === null || stop === undefined ? (by > 0 ? highest : lowest) : clip(stop);
  return { start: first, step: by, count: Math.max(0, Math.ceil((end - first) / by)) };
}

/** As NumPy writes it in brackets. */
function formatRange(range: Range): string {
  if (typeof range === 'number') return String(range);
  const [start, stop, step] = range ?? [];
  return `${start ?? ''}:${stop ?? ''}${step === null || step === undefined ? '' : `:${step}`}`;
}

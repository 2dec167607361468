// Shapes: how many elements, how far apart, and what an axis or index means in them.

import { ShapeError, ValueError } from '../errors.js';

/** The length of each axis, outermost first; `[]` is a single number. */
export type Shape = readonly number[];

/** Number of elements in a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** Row-major strides: how many elements lie between neighbours along each axis. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** `[4, 3]`, as messages show it. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** Throws a `ValueError` unless every length is a whole number of at least 0. */
export function checkShape(shape: Shape, where: string): void {
  const bad = shape.find((length) => !Number.isInteger(length) || length < 0);
  if (bad !== undefined) {
    throw new ValueError(
      `${where}: a shape holds whole numbers of at least 0, got ${bad} in ${formatShape(shape)}`,
    );
  }
}

/** An axis counted from the front; negative axes count from the back, as in NumPy. */
export function normalizeAxis(axis: number, shape: Shape, where: string): number {
  const fromFront = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || fromFront < 0 || fromFront >= shape.length) {
    throw new ShapeError(
      `${where}: there is no axis ${axis} in shape ${formatShape(shape)}, which has ${shape.length} ` +
        (shape.length === 1 ? 'axis' : 'axes'),
    );
  }
  return fromFront;
}

/** One axis, several, or (undefined) all of them, as sorted axes counted from the front. */
export function normalizeAxes(
  axes: number | readonly number[] | undefined,
  shape: Shape,
  where: string,
): number[] {
  if (axes === undefined) return shape.map((_, axis) => axis);
  const list = (typeof axes === 'number' ? [axes] : axes).map((axis) => normalizeAxis(axis, shape, where));
  if (new Set(list).size < list.length) {
    throw new ShapeError(
      `${where}: an axis is named twice in ${formatShape(list)} (shape ${formatShape(shape)})`,
    );
  }
  return list.sort((a, b) => a - b);
}

/** The indices `[i, j, …]` of the element at a flat, row-major position. */
export function indicesAt(position: number, shape: Shape): number[] {
  return stridesOf(shape).map((stride, axis) => Math.floor(position / stride) % shape[axis]!);
}

// What functions over axes share: the shape that is left, and the walk over what falls together.

import { normalizeAxes, normalizeAxis, sizeOf, stridesOf, type Shape, type Tensor } from '../tensor/index.js';
import { stridedPositions } from './elements.js';

/** The axes to work over: one, several, or (undefined) all. Negative axes count from the back. */
export type Axes = number | readonly number[] | undefined;

/** Options of reductions. */
export interface ReductionOptions {
  /** Keep each reduced axis, with length 1. Default false. */
  readonly keepDims?: boolean;
}

/** The options of a reduction, as its formula and derivative see them. */
export interface ReductionAttributes {
  readonly [name: string]: unknown;
  readonly axis: Axes;
  readonly keepDims: boolean;
}

/** The arguments after the tensor, in NumPy's order. */
export function reductionAttributes(
  axis?: Axes,
  { keepDims = false }: ReductionOptions = {},
): ReductionAttributes {
  return { axis, keepDims };
}

/** The arguments of a reduction after its tensor. */
export type ReductionArguments = [axis?: Axes, options?: ReductionOptions];

/** The shape rule of the reduction called `name`. */
export function reducedShape(
  name: string,
): (shapes: readonly Shape[], attributes: ReductionAttributes) => Shape {
  return ([shape = []], { axis, keepDims }) => {
    const axes = normalizeAxes(axis, shape, name);
    return keepDims
      ? shape.map((length, i) => (axes.includes(i) ? 1 : length))
      : shape.filter((_, i) => !axes.includes(i));
  };
}

/** `sum(x)` or `sum(x, axis=1)`. */
export function reductionFormula(name: string): (attributes: ReductionAttributes) => string {
  return ({ axis }) => {
    if (axis === undefined) return `${name}(x)`;
    return `${name}(x, axis=${typeof axis === 'number' ? axis : `[${axis.join(', ')}]`})`;
  };
}

/** Number of elements that fall into one. */
export function reducedCount(shape: Shape, axis: Axes): number {
  return sizeOf(normalizeAxes(axis, shape, 'reduce').map((i) => shape[i]!));
}

/** Combines the elements that fall together, in row-major order: `step(start, x₀)`, then with x₁, x₂, … */
export function fold(
  x: Tensor,
  axis: Axes,
  start: number,
  step: (so_far: number, element: number) => number,
): Float64Array {
  const axes = normalizeAxes(axis, x.shape, 'reduce');
  const kept = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const strides = stridesOf(x.shape);
  const positions = (along: readonly number[]): Int32Array =>
    stridedPositions(
      along.map((i) => x.shape[i]!),
      along.map((i) => strides[i]!),
      0,
    );
  const [outer, inner, { data }] = [positions(kept), positions(axes), x];
  const result = new Float64Array(outer.length).fill(start);
  for (let i = 0; i < outer.length; i++) {
    for (let j = 0; j < inner.length; j++) result[i] = step(result[i]!, data[outer[i]! + inner[j]!]!);
  }
  return result;
}

/** A result of a reduction with its lost axes back as axes of length 1, so that it broadcasts against the input. */
export function keepAxes(reduced: Tensor, shape: Shape, axis: Axes): Tensor {
  const axes = normalizeAxes(axis, shape, 'reduce');
  return reduced.reshape(shape.map((length, i) => (axes.includes(i) ? 1 : length)));
}

/** The argument of a function that works along one axis. Default: the last, -1. */
export type AxisArguments = [axis?: number];

/** The options of a function that works along one axis. */
export interface AxisAttributes {
  readonly [name: string]: unknown;
  readonly axis: number;
}

/** The argument after the tensor. */
export function axisAttributes(axis = -1): AxisAttributes {
  return { axis };
}

/** The shape rule of the function called `name` that works along one axis and keeps the shape. */
export function alongAxis(name: string): (shapes: readonly Shape[], attributes: AxisAttributes) => Shape {
  return ([shape = []], { axis }) => {
    normalizeAxis(axis, shape, name);
    return shape;
  };
}

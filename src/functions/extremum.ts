// What `max` and `min` share: the extreme element along axes, and the even split of its derivative among ties.

import { ShapeError } from '../errors.js';
import { arithmetic, primitive, type Unary } from './define.js';
import {
  fold,
  keepAxes,
  reducedCount,
  reducedShape,
  reductionAttributes,
  reductionFormula,
  type ReductionArguments,
} from './reduce.js';

/** The reduction to the element that `better` prefers; elements that tie share the derivative evenly. */
export function extremum(
  name: string,
  worst: number,
  better: (a: number, b: number) => number,
): Unary<ReductionArguments> {
  return primitive({
    name,
    inputs: ['x'],
    attributes: reductionAttributes,
    formula: reductionFormula(name),
    shape: ([shape = []], attributes) => {
      const reduced = reducedShape(name)([shape], attributes);
      if (reducedCount(shape, attributes.axis) === 0) {
        throw new ShapeError(`${name}: there is no ${name} of no elements (shape [${shape.join(', ')}])`);
      }
      return reduced;
    },
    dtype: arithmetic,
    value: ([x], _, { axis }) => fold(x!, axis, worst, better),
    derivatives: {
      x: {
        formula: '(x == y) * dy / ties',
        pullback: (dy, { x, y }, { axis }) => {
          const ties = x.equal(keepAxes(y, x.shape, axis));
          return ties.mul(keepAxes(dy, x.shape, axis)).div(ties.sum(axis, { keepDims: true }));
        },
      },
    },
  });
}

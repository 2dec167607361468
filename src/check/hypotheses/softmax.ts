// Softmax, y * (dy - sum(dy * y)), and its logarithm, dy - softmax(x) * sum(dy).

import { sameShape, type Tensor } from '../../tensor/index.js';
import { mistakesIn, type Formula, type Reading } from './formula.js';

/** Mistakes in the derivative of softmax and of log-softmax. */
export const softmax = mistakesIn(({ slot, observations }) => {
  const { ndim } = observations[0]!.value;
  if (ndim === 0) return [];
  const axes = ndim > 1 ? [-1, 0] : [-1];
  return axes.flatMap((axis) => [ofSoftmax(slot.name, axis, ndim), ofLogSoftmax(slot.name, axis, ndim)]);
});

/** A formula of upstream, input and output, where all three have one shape. */
function from(formula: (dy: Tensor, x: Tensor, y: Tensor) => Tensor): Formula {
  return ({ upstream, value, output }) =>
    sameShape(value.shape, output.shape) ? formula(upstream, value, output) : null;
}

function ofSoftmax(x: string, axis: number, ndim: number): Reading {
  const sum = (values: Tensor): Tensor => values.sum(axis, { keepDims: true });
  return {
    // Of the output, so that it may be the softmax of something else: of scores over a temperature.
    right: from((dy, _, y) => y.mul(dy.sub(sum(dy.mul(y))))),
    correction: `d${x} = y * (dy - sum(dy * y)) with y = softmax(${x})`,
    mistakes: () => [
      {
        cause: 'softmax-jacobian-diagonal-only',
        message: `Your derivative by ${x} is y * (1 - y) * dy, as if softmax worked on each element by itself. Every output depends on every input: the Jacobian has -yᵢ yⱼ beside its diagonal.`,
        formula: from((dy, _, y) => y.mul(y.neg().add(1)).mul(dy)),
      },
      {
        cause: 'term-missing',
        message: `Your derivative by ${x} is y * dy: the sum that must be taken away from dy is missing.`,
        formula: from((dy, _, y) => y.mul(dy)),
      },
      {
        cause: 'factor-missing',
        message: `Your derivative by ${x} lacks the factor y in front.`,
        formula: from((dy, _, y) => dy.sub(sum(dy.mul(y)))),
      },
      {
        cause: 'factor-missing',
        message: `In your derivative by ${x}, the sum is that of dy: the factor y is missing inside it.`,
        formula: from((dy, _, y) => y.mul(dy.sub(sum(dy)))),
      },
      {
        cause: 'term-sign-flipped',
        message: `In your derivative by ${x}, the sum is added to dy: it must be taken away.`,
        formula: from((dy, _, y) => y.mul(dy.add(sum(dy.mul(y))))),
      },
      {
        cause: 'misplaced-parenthesis',
        message: `In your derivative by ${x}, the factor y in front reaches only dy, not the sum that is taken away: parentheses are missing.`,
        formula: from((dy, _, y) => y.mul(dy).sub(sum(dy.mul(y)))),
      },
      ...otherAxes(axis, ndim).map((other) => ({
        cause: 'summed-over-wrong-axis' as const,
        message: `In your derivative by ${x}, the sum runs over the wrong axis: it must run along the one over which softmax does.`,
        formula: from((dy, _, y) => y.mul(dy.sub(dy.mul(y).sum(other, { keepDims: true })))),
      })),
      {
        cause: 'summed-too-far',
        message: `In your derivative by ${x}, the sum runs over all elements: each row needs its own.`,
        formula: from((dy, _, y) => y.mul(dy.sub(dy.mul(y).sum()))),
      },
      {
        cause: 'averaged-instead-of-summed',
        message: `In your derivative by ${x}, there is a mean where the sum of dy * y belongs.`,
        formula: from((dy, _, y) => y.mul(dy.sub(dy.mul(y).mean(axis, { keepDims: true })))),
      },
      {
        cause: 'taken-at-input',
        message: `Your derivative by ${x} is taken at ${x} itself, where the output belongs.`,
        formula: from((dy, x) => x.mul(dy.sub(sum(dy.mul(x))))),
      },
    ],
  };
}

function ofLogSoftmax(x: string, axis: number, ndim: number): Reading {
  const sum = (values: Tensor): Tensor => values.sum(axis, { keepDims: true });
  return {
    right: from((dy, x) => dy.sub(x.softmax(axis).mul(sum(dy)))),
    correction: `d${x} = dy - softmax(${x}) * sum(dy)`,
    mistakes: () => [
      {
        cause: 'term-missing',
        message: `Your derivative by ${x} is the upstream as it came: softmax(${x}) times its sum must be taken away.`,
        formula: from((dy) => dy),
      },
      {
        cause: 'softmax-jacobian-diagonal-only',
        message: `In your derivative by ${x}, dy is multiplied with softmax(${x}) element by element, as if each output depended on its own input alone: the sum of dy belongs there.`,
        formula: from((dy, _, y) => dy.sub(y.exp().mul(dy))),
      },
      {
        cause: 'upstream-missing',
        message: `In your derivative by ${x}, softmax(${x}) is taken away as it is: it must be multiplied with the sum of dy.`,
        formula: from((dy, _, y) => dy.sub(y.exp())),
      },
      {
        cause: 'factor-missing',
        message: `In your derivative by ${x}, the sum of dy is taken away as it is: the factor softmax(${x}) is missing.`,
        formula: from((dy) => dy.sub(sum(dy))),
      },
      {
        cause: 'term-sign-flipped',
        message: `In your derivative by ${x}, the second term is added: it must be taken away.`,
        formula: from((dy, x) => dy.add(x.softmax(axis).mul(sum(dy)))),
      },
      {
        cause: 'taken-at-output',
        message: `In your derivative by ${x}, the output itself stands where softmax(${x}), the exponential of the output, belongs.`,
        formula: from((dy, _, y) => dy.sub(y.mul(sum(dy)))),
      },
      {
        cause: 'taken-at-input',
        message: `In your derivative by ${x}, exp(${x}) stands where softmax(${x}) belongs: it is not divided by its sum.`,
        formula: from((dy, x) => dy.sub(x.exp().mul(sum(dy)))),
      },
      ...otherAxes(axis, ndim).map((other) => ({
        cause: 'summed-over-wrong-axis' as const,
        message: `In your derivative by ${x}, the sum runs over the wrong axis: it must run along the one over which softmax does.`,
        formula: from((dy, x) => dy.sub(x.softmax(axis).mul(dy.sum(other, { keepDims: true })))),
      })),
      {
        cause: 'summed-too-far',
        message: `In your derivative by ${x}, the sum runs over all elements: each row needs its own.`,
        formula: from((dy, x) => dy.sub(x.softmax(axis).mul(dy.sum()))),
      },
    ],
  };
}

function otherAxes(axis: number, ndim: number): number[] {
  return Array.from({ length: ndim }, (_, i) => i).filter((i) => i !== (axis + ndim) % ndim);
}

// Binary cross-entropy by the prediction: (p - y) / (p (1 - p)), and the class notes' misplaced parenthesis.

import type { Tensor } from '../../tensor/index.js';
import { mistakesInLoss } from './formula.js';

const EPSILON = 1e-7;
const not = (x: Tensor): Tensor => x.neg().add(1);

/** Mistakes in the derivative of binary cross-entropy. */
export const binaryCrossEntropy = mistakesInLoss((p, y, by) => ({
  right: by((p, y) => p.sub(y).div(p.mul(not(p)))),
  correction: `d${p} = (${p} - ${y}) / ((${p} + ${EPSILON}) * (1 - ${p} + ${EPSILON}))`,
  mistakes: () => [
    {
      cause: 'misplaced-parenthesis',
      message: `Your derivative by ${p} is the right one times (1 - ${p}): the denominator's second factor has slipped inside the sum, as in (${p} - ${y}) / (${p} + ${EPSILON} * (1 - ${p} + ${EPSILON})).`,
      formula: by((p, y) => p.sub(y).div(p)),
    },
    {
      cause: 'misplaced-parenthesis',
      message: `Your derivative by ${p} is the right one times (1 - ${p})²: without parentheses around the denominator, the division is by ${p} alone, and 1 - ${p} is multiplied with.`,
      formula: by((p, y) => p.sub(y).div(p).mul(not(p))),
    },
    {
      cause: 'misplaced-parenthesis',
      message: `Your derivative by ${p} is the right one times ${p}²: without parentheses around the denominator, the division is by 1 - ${p} alone, and ${p} is multiplied with.`,
      formula: by((p, y) => p.sub(y).div(not(p)).mul(p)),
    },
    {
      cause: 'misplaced-parenthesis',
      message: `Your derivative by ${p} is ${p} - ${y} / (${p} * (1 - ${p})): without parentheses around the difference, only ${y} is divided.`,
      formula: by((p, y) => p.sub(y.div(p.mul(not(p))))),
    },
    {
      cause: 'inverted-factor',
      message: `Your derivative by ${p} multiplies with ${p} * (1 - ${p}), by which it must divide.`,
      formula: by((p, y) => p.sub(y).mul(p).mul(not(p))),
    },
    {
      cause: 'factor-extra',
      message: `Your derivative by ${p} is divided by ${p} * (1 - ${p}) twice.`,
      formula: by((p, y) => p.sub(y).div(p.mul(not(p)).pow(2))),
    },
    {
      cause: 'factor-missing',
      message: `Your derivative by ${p} is the right one times ${p}: in the denominator, ${p} is missing.`,
      formula: by((p, y) => p.sub(y).div(not(p))),
    },
    {
      cause: 'factor-missing',
      message: `Your derivative by ${p} is ${p} - ${y}: the division by ${p} * (1 - ${p}) is missing. ${p} - ${y} is the derivative by the score before the sigmoid.`,
      formula: by((p, y) => p.sub(y)),
    },
    {
      cause: 'term-missing',
      message: `Your derivative by ${p} has only the first of its two terms, -${y} / ${p}: it is 0 where ${y} is 0.`,
      formula: by((p, y) => y.div(p).neg()),
    },
    {
      cause: 'term-missing',
      message: `Your derivative by ${p} has only the second of its two terms, (1 - ${y}) / (1 - ${p}): it is 0 where ${y} is 1.`,
      formula: by((p, y) => not(y).div(not(p))),
    },
    {
      cause: 'term-sign-flipped',
      message: `In your derivative by ${p}, the second term has the wrong sign: the derivative of log(1 - ${p}) is -1 / (1 - ${p}), and that minus is missing.`,
      formula: by((p, y) =>
        y
          .div(p)
          .neg()
          .sub(not(y).div(not(p))),
      ),
    },
  ],
}));

// The squared error by the prediction: 2 (p - y) / n.

import { mistakesInLoss, type Mistake } from './formula.js';

/** Mistakes in the derivative of a squared error. */
export const squaredError = mistakesInLoss((p, y, by) => ({
  right: by((p, y) => p.sub(y)),
  correction: `d${p} = 2 * (${p} - ${y}) / n`,
  mistakes: (constant) => {
    const parts = [1, 1 / constant, 2 / constant, 1 / 2];
    const oneSided = parts.flatMap((ofP) =>
      parts
        .filter((ofY) => Math.abs(ofP - ofY) > 1e-9)
        .map((ofY): Mistake => ({
          cause: 'misplaced-parenthesis',
          message: `In your derivative by ${p}, a factor or a division reaches only one of ${p} and ${y}: their difference needs parentheses.`,
          formula: by((p, y) => p.mul(ofP).sub(y.mul(ofY))),
        })),
    );
    return [
      ...oneSided,
      {
        cause: 'term-sign-flipped',
        message: `In your derivative by ${p}, ${p} and ${y} are added: the derivative goes with their difference.`,
        formula: by((p, y) => p.add(y)),
      },
      {
        cause: 'target-not-subtracted',
        message: `In your derivative by ${p}, the target ${y} is not subtracted.`,
        formula: by((p) => p),
      },
    ];
  },
}));

// Cross-entropy by the scores: (softmax(z) - target) / n, or (sigmoid(z) - target) / n where there are two classes.

import type { Tensor } from '../../tensor/index.js';
import { mistakesInLoss, type Mistake, type Reading } from './formula.js';
import { ACTIVATIONS, scoreErrors, targetsFor } from './score-errors.js';

/** Mistakes in the derivative of cross-entropy by the scores. */
export const crossEntropy = mistakesInLoss((z, y, by) =>
  ACTIVATIONS.filter(({ name }) => name !== 'identity').map((activation): Reading => {
    const p = `${activation.name}(${z})`;
    /** A formula of scores, probabilities and targets. */
    const from = (formula: (z: Tensor, p: Tensor, t: Tensor) => Tensor): ReturnType<typeof by> =>
      by((scores, labels) => {
        const t = targetsFor(labels, scores);
        return t && (scores.ndim > 0 || activation.name === 'sigmoid')
          ? formula(scores, activation.of(scores), t)
          : null;
      });
    const oneSided = (formula: (p: Tensor, t: Tensor) => Tensor): Mistake => ({
      cause: 'misplaced-parenthesis',
      message: `In your derivative by ${z}, the division by the number of samples reaches only one of ${p} and ${y}.`,
      formula: from((_, p, t) => formula(p, t)),
    });
    return {
      right: from((_, p, t) => p.sub(t)),
      correction: `d${z} = (${p} - ${y}) / n, with ${y} as 0 and 1`,
      mistakes: (constant) => [
        ...scoreErrors(activation, z, p, y).map(({ cause, what, of }) => ({
          cause,
          message: `In your derivative by ${z}, ${what}.`,
          formula: from(of),
        })),
        {
          cause: 'summed-over-wrong-axis',
          message: `Your derivative by ${z} has a softmax over the wrong axis: it must run over the classes of each sample.`,
          formula: from((z, _, t) => (z.ndim > 1 ? z.softmax(0).sub(t) : z)),
        },
        oneSided((p, t) => p.sub(t.mul(constant))),
        oneSided((p, t) => p.sub(t.div(constant))),
        oneSided((p, t) => p.div(constant).sub(t)),
      ],
    };
  }),
);

/** Mistakes in the derivative of cross-entropy by the probabilities. */
export const crossEntropyOfProbabilities = mistakesInLoss((p, y, by) => ({
  right: by((p, t) => t.div(p)),
  correction: `d${p} = -${y} / ${p}, divided by the number of samples if the loss is their mean`,
  mistakes: (constant) => [
    {
      cause: 'taken-at-input',
      message: `Your derivative by ${p} is ${p} - ${y}: that is the derivative by the scores that go into softmax, not by the probabilities that come out of it.`,
      formula: by((p, t) => p.sub(t).mul(Math.sign(constant))),
    },
  ],
}));

// Binary cross-entropy: how surprised a probability is by what happened. Lessons 2 to 4 minimise it.

import { ValueError } from '../errors.js';
import { formatNumber, formatShape, indicesAt, type Tensor } from '../tensor/index.js';
import { composite } from './define.js';
import { loss, sameShapes, type Loss } from './loss.js';
import { sub } from './sub.js';

const LOWEST_LOG = -100; // of a probability of 0, as in PyTorch, so that one certain mistake stays a finite loss
const LEAST_VARIANCE = Math.fround(1e-12); // of p (1 - p) in the derivative, as in PyTorch, which keeps it as float32

/**
 * `-(target * log(p) + (1 - target) * log(1 - p))` of probabilities p, by default its mean over all elements.
 * Equals `torch.nn.functional.binary_cross_entropy`. Throws a `ValueError` for a p outside 0 to 1. For raw
 * scores `bceWithLogits` is exact where this one has to clip.
 *
 * @example
 * functions.bce([0.5, 0.9], [1, 1], { reduction: 'sum' }).item(); // 0.7985076962177715
 */
export const bce: Loss = loss(
  composite({
    name: 'bce',
    inputs: ['p', 'target'],
    formula: '-(target * log(p) + (1 - target) * log(1 - p))',
    shape: sameShapes('bce'),
    stages: ({ p, target }) => {
      const ifOne = target.mul(p.log().maximum(LOWEST_LOG));
      const ifZero = sub(1, target).mul(p.neg().log1p().maximum(LOWEST_LOG));
      return ifOne.add(ifZero).neg();
    },
    derivatives: {
      p: {
        formula: '(p - target) / (p * (1 - p))',
        local: ({ p, target }) => p.sub(target).div(p.mul(sub(1, p)).maximum(LEAST_VARIANCE)),
      },
      target: {
        formula: 'log(1 - p) - log(p)',
        local: ({ p }) => p.neg().log1p().maximum(LOWEST_LOG).sub(p.log().maximum(LOWEST_LOG)),
      },
    },
  }),
  { checkPrediction: checkProbabilities },
);

function checkProbabilities(p: Tensor): void {
  const position = p.data.findIndex((value) => !(value >= 0 && value <= 1));
  if (position >= 0) {
    throw new ValueError(
      `bce: a prediction is a probability from 0 to 1, got ${formatNumber(p.data[position]!)} at ` +
        `${formatShape(indicesAt(position, p.shape))}; put a sigmoid before the loss, or give scores to bceWithLogits`,
    );
  }
}

// The negative log-likelihood: cross-entropy of what has been through logSoftmax already.

import type { Tensor } from '../tensor/index.js';
import {
  checkLabels,
  classLossAttributes,
  columnOf,
  ignoring,
  labelShape,
  rowWeights,
  unlessIgnored,
  weightFactor,
  type ClassLossOptions,
} from './class-loss.js';
import { composite } from './define.js';
import { scatterAdd } from './gather.js';
import { loss, type Loss } from './loss.js';

/**
 * `-logp[label]` of logarithms of probabilities `[…, classes]` and labels `[…]`, whole numbers from 0; by default its mean
 * over all rows. Equals `torch.nn.functional.nll_loss` for `[n, classes]`.
 * Throws a `ShapeError` if there is not one label for each row and one weight for each class, a `ValueError` for a label that
 * is no class and for options out of range.
 *
 * @example
 * functions.nll([[-0.1, -2.5]], [1]).item(); // 2.5
 */
export const nll: Loss<ClassLossOptions> = loss(
  composite({
    name: 'nll',
    inputs: ['logp', 'labels'],
    attributes: (options?: ClassLossOptions) => classLossAttributes('nll', options),
    formula: (attributes) => ignoring(`-${weightFactor(attributes)}gather(logp, labels)`, attributes),
    shape: labelShape('nll'),
    stages: ({ logp, labels }, attributes) => {
      const picked = logp.gather(columnOf(labels, attributes)).reshape(labels.shape).neg();
      const weights = rowWeights(labels, attributes);
      return weights ? unlessIgnored(labels, picked.mul(weights), attributes) : picked;
    },
    derivatives: {
      logp: {
        formula: (attributes) => ignoring(`-${weightFactor(attributes)}onehot(labels) * dy`, attributes),
        pullback: (dy, { logp, labels }, attributes) => {
          const column = columnOf(labels, attributes);
          const weights = rowWeights(labels, attributes);
          const upstream = unlessIgnored(labels, weights ? dy.mul(weights) : dy, attributes);
          return scatterAdd(upstream.neg().reshape(column.shape), column, logp.shape);
        },
      },
    },
  }),
  { checkTarget: checkLabels('nll'), weigh: weightsOf },
);

/** What each row counts in the mean. */
function weightsOf(labels: Tensor, options: ClassLossOptions = {}): Tensor | null {
  return rowWeights(labels, classLossAttributes('nll', options));
}

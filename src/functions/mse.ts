// The mean squared error, for regression.

import { composite } from './define.js';
import { loss, sameShapes, type Loss } from './loss.js';

/**
 * `(prediction - target) ** 2`, by default its mean over all elements. Equals `torch.nn.functional.mse_loss`.
 *
 * @example
 * functions.mse([1, 3], [0, 0]).item(); // 5
 */
export const mse: Loss = loss(
  composite({
    name: 'mse',
    inputs: ['p', 'target'],
    formula: '(p - target) ** 2',
    shape: sameShapes('mse'),
    stages: ({ p, target }) => p.sub(target).pow(2),
    derivatives: {
      p: { formula: '2 * (p - target)', local: ({ p, target }) => p.sub(target).mul(2) },
      target: { formula: '2 * (target - p)', local: ({ p, target }) => target.sub(p).mul(2) },
    },
  }),
);

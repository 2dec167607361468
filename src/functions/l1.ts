// The mean absolute error, which outliers pull at no more than others.

import { composite } from './define.js';
import { loss, sameShapes, type Loss } from './loss.js';

/**
 * `abs(prediction - target)`, by default its mean over all elements. Equals `torch.nn.functional.l1_loss`.
 *
 * @example
 * functions.l1([1, 3], [0, 0]).item(); // 2
 */
export const l1: Loss = loss(
  composite({
    name: 'l1',
    inputs: ['p', 'target'],
    formula: 'abs(p - target)',
    shape: sameShapes('l1'),
    stages: ({ p, target }) => p.sub(target).abs(),
    derivatives: {
      p: { formula: 'sign(p - target)', local: ({ p, target }) => p.sub(target).sign() },
      target: { formula: 'sign(target - p)', local: ({ p, target }) => target.sub(p).sign() },
    },
  }),
);

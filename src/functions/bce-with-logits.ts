// Binary cross-entropy of a sigmoid, fused: what lesson 2 arrives at, dJ_dz = p - y, with no division at all.

import { composite } from './define.js';
import { loss, sameShapes, type Loss } from './loss.js';

/**
 * The binary cross-entropy of `sigmoid(z)` for any score z, without overflow; by default its mean over all
 * elements. Equals `torch.nn.functional.binary_cross_entropy_with_logits`.
 *
 * @example
 * functions.bceWithLogits([0, 1000], [1, 1], { reduction: 'none' }).toArray(); // [0.6931471805599453, 0]
 */
export const bceWithLogits: Loss = loss(
  composite({
    name: 'bceWithLogits',
    inputs: ['z', 'target'],
    formula: 'max(z, 0) - z * target + log(1 + exp(-abs(z)))',
    shape: sameShapes('bceWithLogits'),
    stages: ({ z, target }) => z.maximum(0).sub(z.mul(target)).add(z.abs().neg().exp().log1p()),
    derivatives: {
      z: { formula: 'sigmoid(z) - target', local: ({ z, target }) => z.sigmoid().sub(target) },
      target: { formula: '-z', local: ({ z }) => z.neg() },
    },
  }),
);

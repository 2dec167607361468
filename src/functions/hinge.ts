// The hinge loss of support vector machines: no loss beyond the margin, a straight line before it. Cortes and Vapnik, 1995.

import { ValueError } from '../errors.js';
import type { Tensor } from '../tensor/index.js';
import { composite } from './define.js';
import { loss, sameShapes, type Loss } from './loss.js';
import { sub } from './sub.js';

/**
 * `max(0, 1 - target * z)` of scores z and targets -1 and 1; by default its mean over all elements. Goes with
 * `sklearn.metrics.hinge_loss`. Throws a `ValueError` for any other target.
 *
 * @example
 * functions.hinge([0.5, 2, -1], [1, 1, 1], { reduction: 'none' }).toArray(); // [0.5, 0, 2]
 */
export const hinge: Loss = loss(
  composite({
    name: 'hinge',
    inputs: ['z', 'target'],
    formula: 'max(0, 1 - target * z)',
    shape: sameShapes('hinge'),
    stages: ({ z, target }) => sub(1, z.mul(target)).relu(),
    derivatives: {
      z: {
        formula: 'where(target * z < 1, -target, 0)',
        local: ({ z, target }) => z.mul(target).less(1).mul(target).neg(),
      },
    },
  }),
  { checkTarget: checkSigns },
);

function checkSigns(target: Tensor): void {
  const bad = target.data.find((sign) => sign !== 1 && sign !== -1);
  if (bad !== undefined) throw new ValueError(`hinge: a target is -1 or 1, got ${bad}`);
}

// A loss that is square near the target and straight far from it, so that outliers do not rule. Huber, 1964.

import { ValueError } from '../errors.js';
import type { Tensor } from '../tensor/index.js';
import { composite } from './define.js';
import { loss, sameShapes, type Loss, type LossOptions } from './loss.js';
import { where } from './where.js';

/** Options of `huber`. */
export interface HuberOptions extends LossOptions {
  /** Distance from the target at which the square turns straight. Default 1. */
  readonly delta?: number;
}

/**
 * `(prediction - target)² / 2` up to `delta` from the target, a straight line of slope `delta` beyond; by
 * default its mean over all elements. Equals `torch.nn.functional.huber_loss`.
 *
 * @example
 * functions.huber([0.5, 3], [0, 0], { reduction: 'none' }).toArray(); // [0.125, 2.5]
 */
export const huber: Loss<HuberOptions> = loss(
  composite({
    name: 'huber',
    inputs: ['p', 'target'],
    attributes: ({ delta = 1 }: HuberOptions = {}) => {
      if (!(delta > 0)) throw new ValueError(`huber: delta must be above 0, got ${delta}`);
      return { delta };
    },
    formula: ({ delta }) =>
      `where(abs(p - target) <= ${delta}, (p - target) ** 2 / 2, ${delta} * (abs(p - target) - ${delta} / 2))`,
    shape: sameShapes('huber'),
    stages: ({ p, target }, { delta }) => {
      const error = p.sub(target);
      const distance = error.abs();
      const square = error.mul(error).div(2);
      return where(distance.lessEqual(delta), square, distance.sub(delta / 2).mul(delta));
    },
    derivatives: {
      p: {
        formula: ({ delta }) => `min(max(p - target, -${delta}), ${delta})`,
        local: ({ p, target }, { delta }) => clip(p.sub(target), delta),
      },
      target: {
        formula: ({ delta }) => `min(max(target - p, -${delta}), ${delta})`,
        local: ({ p, target }, { delta }) => clip(target.sub(p), delta),
      },
    },
  }),
);

/** Written with `where`: at `delta` itself `maximum` would split its derivative in two. */
function clip(error: Tensor, delta: number): Tensor {
  return where(error.abs().lessEqual(delta), error, error.sign().mul(delta));
}

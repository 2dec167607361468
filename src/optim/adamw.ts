// AdamW: Adam with weight decay apart from the gradient. Loshchilov and Hutter, 2019.

import { adamRule, type AdamOptions } from './adam.js';
import type { Optimizer } from './optimizer.js';
import { byRule } from './rule.js';
import { checkOption } from './options.js';

/**
 * Adam, with parameters pulled to 0 by `w -= learningRate * weightDecay * w` before each step, so that the pull is not
 * divided by the size of gradients. Equals `torch.optim.AdamW`, in its order and with its defaults: `weightDecay` 0.01.
 * Throws a `ValueError` for options outside their range.
 *
 * @example
 * const w = tensor(3, { requiresGrad: true });
 * w.mul(w).backward();
 * optim.adamw({ learningRate: 0.1, weightDecay: 0.1 }).step([w]);
 * w.item().toFixed(4); // '2.8700'
 */
export function adamw(options: AdamOptions = {}): Optimizer {
  const { learningRate = 0.001, weightDecay = 0.01 } = options;
  const { begin, update } = adamRule('adamw', options);
  checkOption('adamw', 'weightDecay', weightDecay);
  return byRule('AdamW', learningRate, {
    begin,
    update: (parameter, gradient, state, rate) => {
      const pulled = weightDecay === 0 ? parameter : parameter.mul(rate.mul(-weightDecay).add(1));
      return update(pulled, gradient, state, rate);
    },
  });
}

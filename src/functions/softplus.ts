// A smooth relu, whose derivative is the sigmoid.

import { composite, type Unary } from './define.js';

/**
 * `log(1 + exp(x))`, without overflow for large x. Equals `torch.nn.functional.softplus`, which for x above
 * 20 takes x itself and is off by up to 2e-9 there.
 *
 * @example
 * tensor([0, 1000]).softplus().toArray(); // [0.6931471805599453, 1000]
 */
export const softplus: Unary = composite({
  name: 'softplus',
  inputs: ['x'],
  formula: 'log(1 + exp(x))',
  stages: ({ x }) => x.maximum(0).add(x.abs().neg().exp().log1p()),
  derivatives: { x: { formula: 'sigmoid(x)', local: ({ x }) => x.sigmoid() } },
});

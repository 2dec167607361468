// The Gaussian error linear unit: x times the chance that a standard normal draw lies below it. Hendrycks and Gimpel, 2016.

import type { Tensor } from '../tensor/index.js';
import { composite, type Unary } from './define.js';

/**
 * `x * (1 + erf(x / sqrt(2))) / 2`, the exact form. Equals `torch.nn.functional.gelu`.
 *
 * @example
 * tensor([-1, 2]).gelu().toArray(); // [-0.15865525393145707, 1.9544997361036414]
 */
export const gelu: Unary = composite({
  name: 'gelu',
  inputs: ['x'],
  formula: 'x * (1 + erf(x / sqrt(2))) / 2',
  stages: ({ x }) => x.mul(normalCdf(x)),
  derivatives: {
    x: {
      formula: '(1 + erf(x / sqrt(2))) / 2 + x * exp(-x ** 2 / 2) / sqrt(2 * pi)',
      local: ({ x }) => normalCdf(x).add(x.mul(normalPdf(x))),
    },
  },
});

function normalCdf(x: Tensor): Tensor {
  return x.mul(Math.SQRT1_2).erf().add(1).div(2);
}

function normalPdf(x: Tensor): Tensor {
  return x
    .mul(x)
    .div(-2)
    .exp()
    .div(Math.sqrt(2 * Math.PI));
}

// The sigmoid linear unit, also called swish. Elfwing, Uchibe and Doya, 2017.

import { composite, type Unary } from './define.js';
import { sub } from './sub.js';

/**
 * `x * sigmoid(x)`. Equals `torch.nn.functional.silu`.
 *
 * @example
 * tensor([-1, 2]).silu().toArray(); // [-0.2689414213699951, 1.7615941559557646]
 */
export const silu: Unary = composite({
  name: 'silu',
  inputs: ['x'],
  formula: 'x * sigmoid(x)',
  stages: ({ x }) => x.mul(x.sigmoid()),
  derivatives: {
    x: {
      formula: 'sigmoid(x) * (1 + x * (1 - sigmoid(x)))',
      local: ({ x }) => {
        const s = x.sigmoid();
        return s.mul(x.mul(sub(1, s)).add(1));
      },
    },
  },
});

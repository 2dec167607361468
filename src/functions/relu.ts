// The positive part of a number.

import { composite, type Unary } from './define.js';

/**
 * `max(x, 0)`; the derivative at 0 is 0, as in PyTorch. Equals `torch.relu`.
 *
 * @example
 * tensor([-1, 2]).relu().toArray(); // [0, 2]
 */
export const relu: Unary = composite({
  name: 'relu',
  inputs: ['x'],
  formula: 'max(x, 0)',
  stages: ({ x }) => x.maximum(0),
  derivatives: { x: { formula: 'x > 0', local: ({ x }) => x.greater(0) } },
});

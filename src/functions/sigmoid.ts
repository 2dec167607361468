// The logistic function: any number to between 0 and 1. Lesson 1 takes it apart.

import { composite, type Unary } from './define.js';
import { sub } from './sub.js';

/**
 * The logistic function, `1 / (1 + exp(-x))`. Equals `torch.sigmoid`.
 *
 * @example
 * tensor([0, 1000]).sigmoid().toArray(); // [0.5, 1]
 */
export const sigmoid: Unary = composite({
  name: 'sigmoid',
  inputs: ['x'],
  formula: '1 / (1 + exp(-x))',
  stages: ({ x }) => x.neg().exp().add(1).reciprocal(),
  derivatives: { x: { formula: 'y * (1 - y)', local: ({ y }) => y.mul(sub(1, y)) } },
});

// Lesson 1 with the library: write the expression, ask for its derivative.

import { tensor } from '../../src/index.js';

/**
 * Sigmoid and its derivative at z.
 *
 * @example
 * chainRule(0); // { a: 0.5, da_dz: 0.25 }
 */
export function chainRule(value: number): { readonly a: number; readonly da_dz: number } {
  const z = tensor(value, { name: 'z', requiresGrad: true });
  const a = z.neg().exp().add(1).reciprocal();
  a.backward();
  return { a: a.item(), da_dz: z.grad!.item() };
}

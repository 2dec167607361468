// Which instructions a program may use.

import { supports } from './assembler.js';

/** Numbers one by one; vectors of them; vectors whose products and sums may be rounded once instead of twice. */
export type Target = 'scalar' | 'simd' | 'relaxed-simd';

/** What the machine can do, found out once: `relaxed-simd` only if results need not be the same on every machine. */
export function bestTarget(deterministic: boolean): Target {
  best ??= supports('relaxed-simd') ? 'relaxed-simd' : supports('simd') ? 'simd' : 'scalar';
  return deterministic && best === 'relaxed-simd' ? 'simd' : best;
}

let best: Target | undefined;

// The error function, from which the normal distribution and gelu come.

import { elementwise, type Unary } from './define.js';

/**
 * The error function, to a few units in the last place. Equals `torch.erf`.
 *
 * @example
 * tensor(0.5).erf().item(); // 0.5204998778130466
 */
export const erf: Unary = elementwise({
  name: 'erf',
  inputs: ['x'],
  formula: 'erf(x)',
  element: (x) => (Math.abs(x) < 3 ? series(x) : Math.sign(x) * (1 - continuedFraction(Math.abs(x)))),
  derivatives: {
    x: {
      formula: '2 / sqrt(pi) * exp(-x ** 2)',
      local: ({ x }) =>
        x
          .mul(x)
          .neg()
          .exp()
          .mul(2 / Math.sqrt(Math.PI)),
    },
  },
});

/** 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (1·3·5···(2n+1)): all terms have one sign, so nothing cancels. DLMF 7.6.2. */
function series(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** 1 - erf(x) for x ≥ 3: e^(-x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), evaluated inside out. DLMF 7.9.1. */
function continuedFraction(x: number): number {
  if (x > 6) return 0; // below half a unit in the last place of 1
  let denominator = x;
  for (let k = 60; k >= 1; k--) denominator = x + k / 2 / denominator;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / denominator;
}

// Formulas as MathML, written by the library: every browser sets them by itself.

import { parse, toMathML } from '../../src/index.js';

/**
 * The MathML of an expression or a name; plain text where the library cannot read it.
 *
 * @example
 * mathml('da_dz'); // <math displaystyle="true">… the fraction ∂a/∂z …</math>
 */
export function mathml(formula: string): string {
  try {
    return `<math displaystyle="true">${toMathML(parse(formula))}</math>`;
  } catch {
    return `<math><mtext>${formula.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</mtext></math>`;
  }
}

// Mathematics as MathML: the symbols of a network with their layer and place, derivatives, numbers, sums of products.

import { parse, toMathML } from '../../src/index.js';
import { show } from '../format.js';

/** Digits of a number within a derivation. */
const DIGITS = 4;

/** A symbol: of layer 2 and unit 3, `z` with 3 below and (2) above. Places count from 1; without a layer there is only the place. */
export function symbol(name: string, layer?: number, ...places: readonly number[]): string {
  const base = `<mi>${name}</mi>`;
  const below = `<mrow>${places.map((place) => `<mn>${place}</mn>`).join('')}</mrow>`;
  const above = `<mrow><mo stretchy="false">(</mo><mn>${layer}</mn><mo stretchy="false">)</mo></mrow>`;
  if (layer === undefined) return places.length === 0 ? base : `<msub>${base}${below}</msub>`;
  return `<msubsup>${base}${below}${above}</msubsup>`;
}

/** The derivative of one symbol by another. */
export function partial(of: string, by: string): string {
  return `<mfrac><mrow><mo>∂</mo>${of}</mrow><mrow><mo>∂</mo>${by}</mrow></mfrac>`;
}

/** A number. */
export function number(value: number): string {
  return `<mn>${show(value, DIGITS)}</mn>`;
}

/** A number as a factor: in brackets where it is negative. */
export function factor(value: number): string {
  return value < 0 ? `<mo stretchy="false">(</mo>${number(value)}<mo stretchy="false">)</mo>` : number(value);
}

/** Factors with dots between. */
export function product(...factors: readonly string[]): string {
  return factors.join('<mo>·</mo>');
}

/** Terms with plus signs between. */
export function sum(terms: readonly string[]): string {
  return terms.join('<mo>+</mo>');
}

/** A sum of terms in one letter: `Σ` over it. */
export function sumOver(letter: string, term: string): string {
  return `<munder><mo>∑</mo><mi>${letter}</mi></munder>${term}`;
}

/** The mean of a term over so many samples. */
export function mean(count: number, term: string): string {
  return `<mfrac><mn>1</mn><mn>${count}</mn></mfrac><mo>∑</mo>${term}`;
}

/** A formula of the library. */
export function formula(text: string): string {
  return `<mrow>${toMathML(parse(text))}</mrow>`;
}

// The derivation that the page shows: of any expression, and of the sigmoid with the names that the notes give its four parts.

import { explain, parse, tensor, variablesOf, type Derivation } from '../../../src/index.js';

/** The expression that the page opens with. */
export const SIGMOID = '1/(1+exp(-z))';

/** The value that each variable begins with. */
export type Values = Readonly<Record<string, number>>;

/** A derivation, or the sentence that says why there is none. */
export type Derived = { readonly derivation: Derivation } | { readonly error: string };

/** Every step of the expression at these values. */
export function derive(source: string, at: Values): Derived {
  try {
    if (source.replaceAll(' ', '') === SIGMOID) return { derivation: sigmoid(at['z'] ?? 0) };
    const derivation = explain(source, { at }).toJSON();
    if (derivation.steps.length === 0) return { error: `${source} = ${String(derivation.value)}` };
    return { derivation };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The variables of an expression, those that are new at 1; null where it does not parse. */
export function valuesFor(source: string, old: Values): Values | null {
  try {
    return Object.fromEntries(variablesOf(parse(source)).map((name) => [name, old[name] ?? 1]));
  } catch {
    return null;
  }
}

/** z1 = -z, z2 = exp(z1), z3 = 1 + z2, a = 1 / z3 */
function sigmoid(value: number): Derivation {
  const [z, one] = [tensor(value, { name: 'z', dtype: 'float64', requiresGrad: true }), tensor(1)];
  const z1 = z.neg().named('z1');
  const z2 = z1.exp().named('z2');
  const z3 = one.add(z2).named('z3');
  return explain(one.div(z3).named('a')).toJSON();
}

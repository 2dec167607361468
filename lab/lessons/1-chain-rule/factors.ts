// The local derivatives that a chain without branches multiplies.

import type { Derivation } from '../../../src/index.js';

/** One factor: `da_dz3` and its number. */
export interface Factor {
  readonly name: string;
  readonly value: number;
}

/** The factors, last step first; null where the way back is no single row of numbers. */
export function factorsOf({ leaves, steps }: Derivation): readonly Factor[] | null {
  const carried = leaves.filter(({ gradient }) => gradient !== null);
  if (carried.length !== 1) return null;
  const factors: Factor[] = [];
  for (const step of steps.toReversed()) {
    const [input, ...others] = step.inputs.filter(({ derivative }) => derivative !== null);
    const value = input?.derivative?.value;
    if (!input || others.length > 0 || typeof value !== 'number') return null;
    factors.push({ name: `d${step.name}_d${input.name}`, value });
  }
  return factors;
}

// Where numbers break: zeros, ones and very large inputs that end in NaN, and the form that holds.

import { full, type Tensor } from '../tensor/index.js';
import { finding, type Finding } from './finding.js';
import type { IsFixed } from './probes.js';
import type { Specimen } from './specimen/specimen.js';

/** Values that every element is set to, what usually breaks there, and where the code must work for that to count. */
const EDGES = [
  { value: 1000, breaks: 'exp', within: 3 },
  { value: 0, breaks: 'log or division', within: 0.5 },
  { value: -1000, breaks: 'exp', within: -3 },
  { value: 1, breaks: 'log or division', within: 0.5 },
] as const;

const STABLE = {
  exp:
    'exp of a large number is infinite, and infinity over or minus infinity is NaN. Subtract the largest score first ' +
    '(softmax), or use exp only of negative numbers: 1 / (1 + exp(-z)) for z >= 0, exp(z) / (1 + exp(z)) below.',
  'log or division':
    'log(0) and 1 / 0 are infinite, and 0 times infinity is NaN. Compute the loss from the scores before the sigmoid or ' +
    'softmax, max(z, 0) - z * y + log(1 + exp(-|z|)), or keep p at least 1e-7 away from 0 and 1.',
} as const;

/** A warning for the first edge at which the value or a derivative is NaN. `isBrief`, as for large layers, looks at half of them. */
export function edges(
  specimen: Specimen,
  inputs: readonly Tensor[],
  isFixed: IsFixed,
  { isBrief = false }: { readonly isBrief?: boolean } = {},
): Finding[] {
  const filled = (value: number): Tensor[] =>
    inputs.map((input, i) => (isFixed(i) ? input : full(input.shape, value)));
  for (const { value, breaks, within } of isBrief ? EDGES.slice(0, 2) : EDGES) {
    const extreme = filled(value);
    const broken = whatBreaks(specimen, extreme);
    if (!broken || whatBreaks(specimen, filled(within))) continue;
    return [
      finding({
        cause: breaks === 'exp' ? 'overflow-in-exp' : 'log-of-zero-or-division-by-zero',
        severity: 'warning',
        message: `Where every ${specimen.inputNames.filter((_, i) => !isFixed(i)).join(' and ')} is ${value}, ${broken} is NaN.`,
        correction: STABLE[breaks],
        inputs: Object.fromEntries(extreme.map((input, i) => [specimen.inputNames[i]!, input.toArray()])),
      }),
    ];
  }
  return [];
}

function whatBreaks(specimen: Specimen, inputs: readonly Tensor[]): string | null {
  try {
    return specimen.within((session) => {
      const output = session.forward(inputs);
      if (hasNaN(output)) return 'the value';
      const { bySlot } = session.backward(full(output.shape, 1));
      const broken = [...bySlot].find(([, gradient]) => hasNaN(gradient));
      return broken ? `the derivative by ${broken[0]}` : null;
    });
  } catch {
    return null; // code that refuses such inputs has said so itself
  }
}

function hasNaN(value: Tensor): boolean {
  return value.data.some(Number.isNaN);
}

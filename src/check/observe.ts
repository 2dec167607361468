// What is written down of a probe: everything that went in, and what came of it.

import type { Tensor } from '../tensor/index.js';
import type { Observation } from './evidence.js';
import type { Finding, SlotResult } from './finding.js';
import { valueOf, type Probe } from './gradient.js';
import { evaluate, type Slot, type Specimen } from './specimen/specimen.js';

/** How the derivatives of several slots came out. */
export interface Derivatives {
  readonly slots: readonly SlotResult[];
  readonly findings: readonly Finding[];
}

/** The observation of a slot at a probe. */
export function observe(
  specimen: Specimen,
  slot: Slot,
  probe: Probe,
  expected: Tensor,
  found: Tensor,
): Observation {
  return {
    ...probe,
    output: evaluate(specimen, probe.inputs),
    value: valueOf(specimen, slot, probe.inputs),
    expected,
    found,
    parameters: new Map(specimen.parameters.map((parameter) => [parameter.path, parameter.read()])),
  };
}

/** Everything that went in at a probe. */
export function wentIn(
  { inputNames, parameters, takesUpstream }: Specimen,
  { inputs, upstream }: Probe,
): Finding['inputs'] {
  return {
    ...Object.fromEntries(inputs.map((input, i) => [inputNames[i]!, input.toArray()])),
    ...Object.fromEntries(
      parameters
        .filter(({ path }) => !inputNames.includes(path)) // a field that holds the input
        .map((parameter) => [parameter.path, parameter.read().toArray()]),
    ),
    ...(takesUpstream && { upstream: upstream.toArray() }),
  };
}

// Gates that take one vector in two halves: each half is looked at as an input of its own.

import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';
import { isClose } from './match.js';

/**
 * The evidence about one half of the slot's last axis, where the output has half its length and the other half of the derivative is
 * right; null where it is not so. Nothing else can be asked of it: it is for what looks at numbers alone.
 */
export function wrongHalf(evidence: Evidence): Evidence | null {
  const { observations, slot, specimen } = evidence;
  if (slot.kind !== 'input' || !observations.every(isInHalves)) return null;
  const wrong = ([0, 1] as const).filter(
    (which) =>
      !observations.every(({ found, expected }) => isClose(halfOf(found, which), halfOf(expected, which))),
  );
  const [which] = wrong;
  if (wrong.length !== 1 || which === undefined) return null;
  const names = [`the first half of ${slot.name}`, `the second half of ${slot.name}`];
  const refuse = (): never => {
    throw new Error('not known of one half');
  };
  return {
    ...evidence,
    slot: { kind: 'input', name: names[which]!, index: which },
    specimen: { ...specimen, inputNames: names, parameters: [] },
    observations: observations.map((each) => ({
      ...each,
      inputs: [halfOf(each.value, 0), halfOf(each.value, 1)],
      value: halfOf(each.value, which),
      expected: halfOf(each.expected, which),
      found: halfOf(each.found, which),
      parameters: new Map<string, Tensor>(),
    })),
    ...{ expectedAt: refuse, expectedBy: refuse, jacobianAt: refuse, slopeAt: refuse, outputAt: refuse },
    foundAt: () => null,
    keptAt: () => new Map<string, Tensor>(),
  };
}

function isInHalves({ value, output, found }: Observation): boolean {
  const length = value.shape.at(-1);
  return (
    length !== undefined &&
    length % 2 === 0 &&
    output.shape.at(-1) === length / 2 &&
    output.ndim === value.ndim &&
    sameShape(found.shape, value.shape)
  );
}

function halfOf(value: Tensor, which: 0 | 1): Tensor {
  const half = value.shape.at(-1)! / 2;
  const range = which === 0 ? ([0, half] as const) : ([half, 2 * half] as const);
  return value.slice(...value.shape.slice(1).map(() => null), range);
}

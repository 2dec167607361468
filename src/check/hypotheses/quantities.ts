// What a factor can be made of: all that went in, came out, and was kept on the way.

import { isEqual } from './match.js';
import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';

/** Where a quantity comes from. */
export type Role =
  'input' | 'difference' | 'total' | 'output' | 'parameter' | 'kept' | 'upstream' | 'updated';

/** A quantity with the name that messages call it by. */
export interface Quantity {
  readonly name: string;
  readonly role: Role;
  readonly value: Tensor;
}

/** Every quantity of an observation. The output goes by the name of the field in which the code keeps it, if it does. */
export function quantitiesOf(evidence: Evidence, observation: Observation): Quantity[] {
  const { specimen, slot } = evidence;
  const { inputs, output, upstream, parameters } = observation;
  const kept = [...evidence.keptAt(observation, 'forward')].filter(
    ([path, value]) => !parameters.has(path) && value.size > 0 && value.data.every(Number.isFinite),
  );
  const isOutput = (value: Tensor): boolean => sameShape(value.shape, output.shape) && isEqual(value, output);
  const outputName = kept.find(([, value]) => isOutput(value))?.[0];
  const isWhole = upstream.data.some((dy) => dy !== 0 && dy !== 1);
  const updated = isWhole && parameters.size > 0 ? [...evidence.keptAt(observation, 'backward')] : [];
  return [
    ...inputs.map((value, i): Quantity => ({ name: specimen.inputNames[i]!, role: 'input', value })),
    ...differences(inputs, specimen.inputNames),
    // A bias gets the upstream alone: that it is times a sum would be chance.
    ...(slot.kind === 'input' ? totals(inputs, specimen.inputNames) : []),
    { name: outputName === undefined ? 'the output' : shortName(outputName), role: 'output', value: output },
    ...[...parameters].map(([path, value]): Quantity => ({ name: path, role: 'parameter', value })),
    ...(specimen.takesUpstream && isWhole
      ? [{ name: 'the upstream', role: 'upstream', value: upstream } as const]
      : []),
    ...kept
      .filter(([, value]) => !isOutput(value))
      .map(([path, value]): Quantity => ({ name: shortName(path), role: 'kept', value })),
    ...updated
      .filter(([path, value]) => parameters.has(path) && !isEqual(value, parameters.get(path)!))
      .map(([path, value]): Quantity => ({ name: `${path} after its update`, role: 'updated', value })),
  ];
}

/** What losses are made of: prediction minus target. */
function differences(inputs: readonly Tensor[], names: readonly string[]): Quantity[] {
  return inputs.slice(0, 3).flatMap((p, i, all) =>
    all.slice(i + 1).flatMap((y, k): Quantity[] => {
      const name = `(${names[i]} - ${names[i + 1 + k]})`;
      return sameShape(p.shape, y.shape) ? [{ name, role: 'difference', value: p.sub(y) }] : [];
    }),
  );
}

/** What a whole vector is divided by: its sum, its length, and the distance of two. */
function totals(inputs: readonly Tensor[], names: readonly string[]): Quantity[] {
  const vectors = inputs
    .map((value, i) => ({ value, name: names[i]! }))
    .filter(({ value }) => value.ndim === 1);
  const lengths = [...vectors, ...differences(inputs, names).filter(({ value }) => value.ndim === 1)].map(
    ({ value, name }): Quantity => ({
      name: `|${name}|`,
      role: 'total',
      value: value.mul(value).sum().sqrt(),
    }),
  );
  const sums = vectors.map(({ value, name }): Quantity => ({
    name: `sum(${name})`,
    role: 'total',
    value: value.sum(),
  }));
  return [...sums, ...lengths];
}

/** `z` for `affine.z`; the number of an entry keeps the name of its list. */
function shortName(path: string): string {
  const parts = path.split('.');
  const last = parts.at(-1)!;
  return /^\d+$/.test(last) ? `${parts.at(-2) ?? ''}[${last}]` : last;
}

// Other views of the same evidence: with other parameters, and one output at a time.

import { sameShape, Tensor } from '../../tensor/index.js';
import { indicesAt, zeros } from '../../tensor/index.js';
import type { Evidence, Observation } from '../evidence.js';
import { combine } from '../gradient.js';
import { newStream } from '../random.js';
import { attempt, closenessFor, isClose } from './match.js';

const FEW = 3; // observations that a view is made of
const OUTPUTS = 16; // single outputs of each observation
const MANY = 4096; // pairs of output and element beyond which single outputs are not looked at

/** An observation in which only one element of the output counts: its upstream is 1 there and 0 elsewhere. */
export interface OneOutput extends Observation {
  /** Indices of that element. */
  readonly at: readonly number[];
}

/** Whether a slot and its output are small enough to look at each pair of their elements. */
export function isSmall({ observations: [first] }: Evidence): boolean {
  return first !== undefined && first.value.size * first.output.size <= MANY;
}

/** The evidence, and the same probes seen with other parameters: a number that stays the same then is a constant. */
export function withOtherParameters(evidence: Evidence): Evidence {
  const { specimen, slot, observations } = evidence;
  if (specimen.parameters.length === 0 || !isSmall(evidence)) return evidence;
  const random = newStream();
  const others = observations.slice(0, FEW).flatMap((observation) => {
    const parameters = new Map(
      [...observation.parameters].map(([path, value]) => [
        path,
        value
          .mul(random.uniform(0.6, 1.6, [...value.shape]))
          .add(random.uniform(0.01, 0.1, [...value.shape])),
      ]),
    );
    const setting = { inputs: [...observation.inputs], upstream: observation.upstream, parameters };
    return (
      attempt(() => {
        const found = evidence.foundAt(setting);
        if (!found) return [];
        const output = evidence.outputAt(setting);
        const value = slot.kind === 'input' ? observation.value : parameters.get(slot.name)!;
        const expected = combine(evidence.jacobianAt(setting), setting.upstream, value.shape);
        const other = { ...setting, output, value, expected, found };
        return isUsable(other, observation) ? [other] : [];
      }) ?? []
    );
  });
  return { ...evidence, observations: [...observations, ...others] };
}

/** Whether all is finite and in the same shapes as before: a count or a stride is no parameter to move. */
function isUsable(other: Observation, like: Observation): boolean {
  const pairs = (['output', 'expected', 'found'] as const).map((key) => [other[key], like[key]] as const);
  return pairs.every(([a, b]) => sameShape(a.shape, b.shape) && a.data.every(Number.isFinite));
}

/**
 * Evidence in which each observation is about one element of the output, so that no sum over a batch hides its terms. Null
 * if the gradient does not grow with the upstream (that is missing, or in it twice), or if there are too many elements.
 */
export function perOutput(
  evidence: Evidence,
): (Evidence & { readonly observations: readonly OneOutput[] }) | null {
  if (!isSmall(evidence)) return null;
  const observations: OneOutput[] = [];
  for (const observation of chosen(evidence.observations)) {
    const { output, upstream, found, value, expected } = observation;
    if (!sameShape(found.shape, value.shape) || !isLinear(evidence, observation)) return null;
    const jacobian = evidence.jacobianAt(observation);
    const closeness = closenessFor(found);
    if (!isClose(combine(jacobian, upstream, value.shape), expected, closeness)) continue; // at a kink
    const step = Math.ceil(output.size / OUTPUTS);
    for (let o = 0; o < output.size; o += step) {
      const unit = zeros(output.shape);
      unit.data[o] = 1;
      const row = attempt(() => evidence.foundAt({ ...observation, upstream: unit }));
      if (!row || !sameShape(row.shape, value.shape)) return null;
      const expectedRow = new Tensor(jacobian.data.slice(o * value.size, (o + 1) * value.size), value.shape);
      observations.push({
        ...observation,
        ...{ upstream: unit, expected: expectedRow, found: row, at: indicesAt(o, output.shape) },
      });
    }
  }
  return observations.length > 0 ? { ...evidence, observations } : null;
}

/** Some of those with the parameters at hand, and some of those with others. */
function chosen(observations: readonly Observation[]): readonly Observation[] {
  return observations.length <= 2 * FEW
    ? observations.slice(0, FEW + 1)
    : [...observations.slice(0, 2), ...observations.slice(-2)];
}

function isLinear(evidence: Evidence, observation: Observation): boolean {
  const { upstream, found } = observation;
  const larger = attempt(() => evidence.foundAt({ ...observation, upstream: upstream.mul(-1.7) }));
  return larger !== null && isClose(larger, found.mul(-1.7), closenessFor(found));
}

// Recurrent networks: the path from step to step forgotten, or the part of one step in the place of the sum over all.

import { concat } from '../../functions/index.js';
import { sameShape, zeros, type Tensor } from '../../tensor/index.js';
import type { Evidence, Hypothesis, Observation, Setting } from '../evidence.js';
import type { Slot } from '../specimen/specimen.js';
import { attempt, explains, isEqual } from './match.js';

/** How a recurrent network takes its input: a sequence along an axis, and the state it begins with. */
interface Plan {
  readonly sequence: number;
  readonly state: number;
  readonly axis: number;
}

/** What each step adds to the derivative, and what it would add if nothing came back from later steps. */
interface Parts {
  readonly through: readonly Tensor[];
  readonly direct: readonly Tensor[];
}

/** The derivative misses the path through time, or holds one step's part only. */
export const recurrence: Hypothesis = (evidence) => {
  const { slot } = evidence;
  const plan = planOf(evidence);
  if (!plan) return null;
  const join = (parts: readonly Tensor[]): Tensor | null => {
    if (slot.kind === 'input' && slot.index === plan.sequence) return concat([...parts], plan.axis);
    if (slot.kind === 'input' && slot.index === plan.state) return parts[0]!;
    return parts.reduce((total, part) => total.add(part));
  };
  const partsAt = (observation: Observation): Parts => partsOf(evidence, plan, observation);
  if (explains(evidence, (observation) => join(partsAt(observation).direct))) {
    return {
      cause: 'overwritten-where-used-twice',
      message: `Your derivative by ${slot.name} misses the path through time: each state is used twice, as a result and for the next step, and what comes back from the next step must be added.`,
      correction: 'dh = dy[t] + dh_next, where dh_next is what step t + 1 gave back for its old state.',
    };
  }
  const isShared = !(slot.kind === 'input' && [plan.sequence, plan.state].includes(slot.index));
  for (const [which, at] of [
    ['first', 0],
    ['last', -1],
  ] as const) {
    if (!isShared || !explains(evidence, (observation) => partsAt(observation).through.at(at) ?? null))
      continue;
    return {
      cause: 'overwritten-where-used-twice',
      message: `Your derivative by ${slot.name} holds only the part of the ${which} step: ${slot.name} is used in every step, and each adds its part.`,
      correction: 'Add up over the steps with +=.',
    };
  }
  return null;
};

/** The plan by which one step at a time gives the same result as all together; null if there is none. */
function planOf(evidence: Evidence): Plan | null {
  const first = evidence.observations[0]!;
  const { inputs, output } = first;
  for (const axis of [0, 1]) {
    const stateShape = output.shape.filter((_, i) => i !== axis);
    for (const [sequence, input] of inputs.entries()) {
      for (const [state, other] of inputs.entries()) {
        const fits =
          state !== sequence &&
          sameShape(other.shape, stateShape) &&
          input.shape[axis] === output.shape[axis];
        const plan = { sequence, state, axis };
        if (fits && output.shape[axis]! > 1 && isPlan(evidence, plan, first)) return plan;
      }
    }
  }
  return null;
}

function isPlan(evidence: Evidence, plan: Plan, observation: Observation): boolean {
  const steps = stepsOf(plan, observation).map((step) => attempt(() => evidence.outputAt(step)));
  if (!steps.every((step) => step !== null)) return false;
  const whole = attempt(() => concat(steps, plan.axis));
  return whole !== null && isEqual(whole, observation.output);
}

/** Each step by itself, begun with the state that the one before it ended with. */
function stepsOf({ sequence, state, axis }: Plan, observation: Observation): Setting[] {
  const { inputs, output, upstream } = observation;
  const at = (value: Tensor, t: number): Tensor =>
    value.slice(...value.shape.slice(0, axis).map(() => null), [t, t + 1]);
  return Array.from({ length: output.shape[axis]! }, (_, t) => {
    const before = t === 0 ? inputs[state]! : at(output, t - 1).reshape(inputs[state]!.shape);
    return {
      ...observation,
      inputs: inputs.with(sequence, at(inputs[sequence]!, t)).with(state, before),
      upstream: at(upstream, t),
    };
  });
}

function partsOf(evidence: Evidence, plan: Plan, observation: Observation): Parts {
  const state: Slot = { kind: 'input', name: evidence.specimen.inputNames[plan.state]!, index: plan.state };
  const steps = stepsOf(plan, observation);
  const through: Tensor[] = [];
  let back = zeros(observation.inputs[plan.state]!.shape);
  for (const step of steps.toReversed()) {
    const upstream = step.upstream.add(back.reshape(step.upstream.shape));
    through.unshift(evidence.expectedAt({ ...step, upstream }));
    back = evidence.expectedBy(state, { ...step, upstream });
  }
  return { through, direct: steps.map((step) => evidence.expectedAt(step)) };
}

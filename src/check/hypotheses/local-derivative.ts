// The local derivative: left out, so that the upstream passes as it came; applied twice; or divided by.

import { sameShape, zeros, type Tensor } from '../../tensor/index.js';
import type { Evidence, Hypothesis } from '../evidence.js';
import { commonIn, pointsOf, type FactorHypothesis } from './factors.js';
import { attempt, distinct, explains, isEqual, isSame } from './match.js';
import { localsOf, textOf } from './wrong-local.js';

/** The upstream as it came. */
export const localDerivativeMissing: FactorHypothesis = (view) => {
  const { slot } = view;
  if (!explains(view, ({ upstream }) => upstream)) return null;
  const points = pointsOf(view);
  const [local] = points ? localsOf(view, points, points.expected) : [];
  if (!local && slot.kind === 'input' && isMasked(view)) {
    return {
      cause: 'mask-missing',
      message: `Your derivative by ${slot.name} is the upstream as it came, everywhere: where the function is flat, nothing may flow back. A condition is missing.`,
      correction: 'Multiply by 1 where the condition of forward holds, and by 0 elsewhere.',
    };
  }
  if (!local && isResidual(view)) {
    return {
      cause: 'overwritten-where-used-twice',
      message: `Your derivative by ${slot.name} is the upstream alone. ${slot.name} is used twice, and only the direct way back is there: the one through the branch is missing.`,
      correction: 'Add both: the upstream, and what the branch gives back.',
    };
  }
  const factor = local && isSame(local.constant, 1) ? textOf(local) : null;
  return {
    cause: 'local-derivative-missing',
    message: `Your derivative by ${slot.name} is the upstream as it came: the local derivative${factor ? `, ${factor},` : ''} is missing.`,
    correction: `Multiply the upstream by ${factor ?? 'the local derivative'}.`,
  };
};

/** The local derivative applied to what it has been applied to already. */
export const localDerivativeTwice: Hypothesis = (evidence) => {
  const { slot } = evidence;
  const twice = explains(evidence, (observation) =>
    sameShape(observation.expected.shape, observation.output.shape)
      ? evidence.expectedAt({ ...observation, upstream: observation.expected })
      : null,
  );
  if (!twice) return null;
  return {
    cause: 'local-derivative-twice',
    message: `Your derivative by ${slot.name} has the local derivative in it twice.`,
    correction: 'Multiply the upstream by the local derivative once.',
  };
};

/** Divided by the local derivative instead of multiplied, up to a constant. */
export const localDerivativeInverted: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points) return null;
  const { expected, found, upstream } = points;
  if (commonIn(points, (row) => (found[row]! * expected[row]!) / upstream[row]! ** 2) === null) return null;
  if (distinct(points.rows.map((row) => Math.abs(found[row]! / upstream[row]!))) < 3) return null;
  return {
    cause: 'inverted-factor',
    message: `Your derivative by ${view.slot.name} multiplies with what it must divide by, or divides by what it must multiply with.`,
    correction: 'Divide where you multiply, or the other way about.',
  };
};

/** Whether the right derivative is the upstream in some places, and 0 in all others; and there is more than one input. */
function isMasked({ observations }: Evidence): boolean {
  if (observations[0]!.inputs.length < 2) return false;
  const places = observations.flatMap(({ expected, upstream }) =>
    Array.from(expected.data, (e, i) =>
      e === 0 ? 'stopped' : isSame(e, upstream.data[i]!) ? 'open' : 'other',
    ),
  );
  return !places.includes('other') && places.filter((place) => place === 'stopped').length >= 2;
}

/** Whether the result is the slot's own value when all other numbers are 0: x + F(x) is, sigmoid(x) is not. */
function isResidual(evidence: Evidence): boolean {
  const { slot, observations } = evidence;
  return observations.slice(0, 2).every((observation) => {
    const { inputs, parameters = new Map<string, Tensor>() } = observation;
    if (slot.kind !== 'input' || (inputs.length === 1 && parameters.size === 0)) return false;
    const nothing = {
      ...observation,
      inputs: inputs.map((input, i) => (i === slot.index ? input : zeros(input.shape))),
      parameters: new Map([...parameters].map(([path, value]) => [path, zeros(value.shape)])),
    };
    const output = attempt(() => evidence.outputAt(nothing));
    return output !== null && isEqual(output, observation.value);
  });
}

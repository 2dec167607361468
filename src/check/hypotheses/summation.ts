// Sums over the batch: left out, over the wrong axis, or over too many.

import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Evidence, Hypothesis, Observation } from '../evidence.js';
import { explains, hasSameNumbers } from './match.js';
import { isSmall } from './views.js';

/** What was found still has an axis that should have been summed over. */
export const notSummed: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  const [{ found, expected }] = observations as [Observation, ...Observation[]];
  if (found.size <= expected.size) return null;
  for (const axes of subsetsOf(found.ndim)) {
    if (!observations.every((each) => sumsTo(each, axes))) continue;
    const which = axes.length === 1 ? `axis ${axes[0]}` : `axes ${axes.join(' and ')}`;
    return {
      cause: 'not-summed-over-batch',
      message: `Your derivative by ${slot.name} has shape [${found.shape.join(', ')}], with a part for each of its uses. ${slot.name} is used many times, so its derivative is the sum over ${which}.`,
      correction: `Sum over ${which}.`,
    };
  }
  // Flat arrays: the samples lie one after the other.
  const samples = found.size / expected.size;
  const isFlat =
    Number.isInteger(samples) &&
    observations.every((each) =>
      hasSameNumbers(each.found.reshape([samples, expected.size]).sum(0), each.expected),
    );
  if (!isFlat) return null;
  return {
    cause: 'not-summed-over-batch',
    message: `Your derivative by ${slot.name} has ${found.size} numbers, ${expected.size} for each of ${samples} samples. ${slot.name} is used for all of them, so its derivative is their sum.`,
    correction: 'Sum over the samples.',
  };
};

/** Everything was added up where some axes should have stayed. */
export const summedTooFar: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  const [{ expected }] = observations as [Observation, ...Observation[]];
  if (expected.size === 1) return null;
  for (const axes of subsetsOf(expected.ndim)) {
    const isIt = observations.every(
      (each) =>
        each.expected.ndim === expected.ndim &&
        (hasSameNumbers(each.found, each.expected.sum(axes)) || isSpread(each, axes)),
    );
    if (!isIt) continue;
    const which = axes.length === expected.ndim ? 'all its elements' : `axis ${axes.join(' and ')}`;
    return {
      cause: 'summed-too-far',
      message: `Your derivative by ${slot.name} is the right one added up over ${which}: every element of ${slot.name} needs its own.`,
      correction: 'Sum over the axes only along which the value was repeated: the batch.',
    };
  }
  return null;
};

/** The parts were added up along an axis that should have stayed. */
export const summedOverWrongAxis: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  if (!isSmall(evidence)) return null;
  const [{ output, expected }] = observations as [Observation, ...Observation[]];
  for (let kept = 0; kept < output.ndim; kept++) {
    const isIt = explains(flat(evidence), (observation) => {
      const parts = contributions(evidence, observation); // [outputs..., elements]
      return parts.sum(parts.shape.map((_, axis) => axis).filter((axis) => axis !== kept));
    });
    if (!isIt || expected.size === 1) continue;
    return {
      cause: 'summed-over-wrong-axis',
      message: `Your derivative by ${slot.name} is summed over the wrong axis: the one of length ${output.shape[kept]} is left, axis ${kept}.`,
      correction: 'Sum over the axes along which the value was repeated: axis 0, the batch.',
    };
  }
  return null;
};

/** What each output adds to the derivative, [outputs..., elements]. */
export function contributions(evidence: Evidence, observation: Observation): Tensor {
  const { output, upstream, value } = observation;
  const jacobian = evidence.jacobianAt(observation);
  return jacobian.mul(upstream.reshape([output.size, 1])).reshape([...output.shape, value.size]);
}

/** The evidence with what was found and expected in a row: for guesses that know of no shape. */
export function flat(evidence: Evidence): Evidence {
  return {
    ...evidence,
    observations: evidence.observations.map((each) => ({
      ...each,
      found: each.found.reshape([each.found.size]),
      expected: each.expected.reshape([each.expected.size]),
    })),
  };
}

function sumsTo({ found, expected }: Observation, axes: readonly number[]): boolean {
  return found.ndim > Math.max(...axes) && hasSameNumbers(found.sum(axes), expected);
}

function isSpread({ found, expected }: Observation, axes: readonly number[]): boolean {
  return (
    sameShape(found.shape, expected.shape) &&
    hasSameNumbers(found, expected.sum(axes, { keepDims: true }).broadcastTo(expected.shape))
  );
}

/** The sets of axes, small ones first. */
function subsetsOf(ndim: number): number[][] {
  const sets = Array.from({ length: 2 ** ndim }, (_, bits) =>
    Array.from({ length: ndim }, (_, axis) => axis).filter((axis) => (bits >> axis) & 1),
  );
  return sets.filter((set) => set.length > 0).sort((a, b) => a.length - b.length);
}

// Contributions that should add up and replace each other: `=` in a loop where `+=` belongs, one of two paths forgotten.

import { sameShape, Tensor } from '../../tensor/index.js';
import type { Diagnosis, Evidence, Hypothesis, Observation } from '../evidence.js';
import { textOf } from '../specimen/signature.js';
import { explains, isClose } from './match.js';
import { contributions } from './summation.js';
import { isSmall } from './views.js';
import { isWhole } from '../value.js';

/** Of the contributions along one axis of the output, or of all its elements, only the last (or the first) one is there. */
export const onlyOneContribution: Hypothesis = (evidence) => {
  if (!isSmall(evidence)) return null;
  const { slot, observations } = evidence;
  const [{ output, value }] = observations as [Observation, ...Observation[]];
  const isOfBatch = output.ndim > 1 && sameShape(value.shape, output.shape.slice(1));
  const axes = [...output.shape.keys(), null];
  for (const which of ['last', 'first'] as const) {
    for (const axis of axes) {
      if (!explains(evidence, (observation) => onlyOne(evidence, observation, axis, which))) continue;
      if (which === 'first' && isOfBatch && axis === 0) return firstAlone(slot.name);
      const overwrites = isOverwritten(evidence);
      const without =
        axis === 0 && output.ndim > 1
          ? 'not-summed-over-batch'
          : which === 'last'
            ? 'overwritten-where-used-twice'
            : 'term-missing';
      return {
        cause: overwrites ? 'overwritten-where-used-twice' : without,
        message: `Your derivative by ${slot.name} holds only what the ${which} of several uses gives back: ${slot.name} is used for many elements of the result${axis === null ? '' : `, along its axis ${axis}`}, and each use adds its part.`,
        correction: overwrites
          ? 'Add up with += instead of overwriting with =.'
          : `Add up what all of them give back.`,
      };
    }
  }
  return null;
};

/** Of the samples that went in, only the last (or the first) one is in the derivative. */
export const onlyOneSample: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  const lengths = new Set(observations[0]!.inputs.flatMap(({ shape }) => shape.slice(0, 1)));
  for (const length of [...lengths].filter((each) => each > 1)) {
    for (const which of ['last', 'first'] as const) {
      const range = which === 'last' ? ([-1] as const) : ([0, 1] as const);
      const only = ({ shape }: Tensor, value: Tensor): Tensor =>
        shape[0] === length ? value.slice(range) : value;
      for (const share of [1, 1 / length]) {
        const isIt = explains(evidence, (observation) => {
          const { inputs, output, upstream } = observation;
          const sample = {
            ...observation,
            inputs: inputs.map((input) => only(input, input)),
            upstream: only(output, upstream).mul(share),
          };
          return sameShape(evidence.outputAt(sample).shape, sample.upstream.shape)
            ? evidence.expectedAt(sample)
            : null;
        });
        if (!isIt) continue;
        const { inputs, output } = observations[0]!;
        const isOfBatch = output.ndim > 1 && !inputs.some(isWhole); // whole numbers pick rows of a table, some twice
        if (which === 'first' && isOfBatch) return firstAlone(slot.name);
        return {
          cause: 'overwritten-where-used-twice',
          message: `Your derivative by ${slot.name} holds only what the ${which} sample gives back: ${slot.name} is used for all of them, and each adds its part.`,
          correction: `Add up with += instead of overwriting with =.`,
        };
      }
    }
  }
  return null;
};

/** That of the first sample is no slip of the last assignment: nobody summed. */
function firstAlone(name: string): Diagnosis {
  return {
    cause: 'not-summed-over-batch',
    message: `Your derivative by ${name} holds only what the first sample gives back: ${name} is used for all of them.`,
    correction: 'Sum over the batch.',
  };
}

/** The direct way back from a value that is also used in a branch, or the branch, is missing: x + F(x), x * g(x). */
export const onePathForgotten: Hypothesis = (evidence) => {
  const { slot } = evidence;
  const product = (observation: Observation): Tensor | null =>
    isLikeOutput(observation)
      ? observation.upstream.mul(observation.output).div(observation.value).reshape(observation.value.shape)
      : null;
  const paths: readonly [guess: (observation: Observation) => Tensor | null, missing: string][] = [
    [
      (observation) =>
        isLikeOutput(observation)
          ? observation.expected.sub(observation.upstream.reshape(observation.value.shape))
          : null,
      `the upstream itself, which comes back directly from where ${slot.name} is added to the result`,
    ],
    [product, `the one through the other factor, which depends on ${slot.name} as well`],
    [
      (observation) => {
        const direct = product(observation);
        return direct && observation.expected.sub(direct);
      },
      `the one by the factor ${slot.name} itself`,
    ],
  ];
  for (const [guess, missing] of paths) {
    if (!explains(evidence, guess)) continue;
    return {
      cause: isOverwritten(evidence) ? 'overwritten-where-used-twice' : 'term-missing',
      message: `${slot.name} is used twice, and its derivative is the sum of two contributions. Yours lacks one: ${missing}.`,
      correction: 'Add up the derivatives of all the places where the value is used.',
    };
  }
  return null;
};

/** Whether the text of the backward pass assigns to one place several times, or to elements; where there is no text, it may. */
export function isOverwritten({ specimen }: Evidence): boolean {
  const text = specimen.source ? textOf(specimen.source.code) : '';
  const targets = [...text.matchAll(/([\p{L}\p{N}_$.\]]+)\s*=(?![=>])/gu)].map(([, target]) => target!);
  return text === '' || targets.some((target, i) => target.endsWith(']') || targets.indexOf(target) < i);
}

/** For each element, what its last (or first) use contributes: along an axis of the output, or (null) of all of them. */
function onlyOne(
  evidence: Evidence,
  observation: Observation,
  axis: number | null,
  which: 'first' | 'last',
): Tensor | null {
  const { output, value } = observation;
  const parts = contributions(evidence, observation); // [outputs..., elements]
  const others = output.shape.map((_, i) => i).filter((i) => i !== axis);
  const uses = axis === null ? parts.reshape([output.size, value.size]) : parts.sum(others); // [uses, elements]
  const scale = uses.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const isUsed = (use: number, element: number): boolean =>
    Math.abs(uses.data[use * value.size + element]!) > 1e-7 * scale;
  const order = [...Array(uses.shape[0]).keys()];
  if (which === 'last') order.reverse();
  const chosen = Float64Array.from(value.data, (_, element) => {
    const use = order.find((candidate) => isUsed(candidate, element));
    return use === undefined ? 0 : uses.data[use * value.size + element]!;
  });
  const guess = new Tensor(chosen, value.shape);
  return isClose(guess, observation.expected) ? null : guess;
}

function isLikeOutput({ output, value }: Observation): boolean {
  return output.size === value.size && output.ndim === value.ndim;
}

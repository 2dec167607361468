// Matrices turned round: the result, or a factor in it.

import type { Diagnosis, Hypothesis } from '../evidence.js';
import { explains } from './match.js';
import { othersOf } from './others.js';

/** The result is the right one, transposed. */
export const transposed: Hypothesis = (evidence) => {
  if (!explains(evidence, ({ expected }) => (expected.ndim > 1 ? expected.transpose() : null))) return null;
  return {
    cause: 'transposed',
    message: `Your derivative by ${evidence.slot.name} is the right one, transposed.`,
    correction: 'Swap the factors of the matrix product and transpose each: (A @ B)ᵀ = Bᵀ @ Aᵀ.',
  };
};

/** The derivative would be right if one of the matrices in it were transposed. */
export const factorNotTransposed: Hypothesis = (evidence) => {
  for (const { name, settingWith } of othersOf(evidence)) {
    const isIt = explains(evidence, (observation) => {
      const setting = settingWith(observation, (value) => (value.ndim > 1 ? value.transpose() : null));
      return setting && evidence.expectedAt(setting);
    });
    if (isIt) return notTransposed(evidence.slot.name, name);
  }
  return null;
};

/** The Jacobian is applied as it is, in the direction of forward, where its transpose belongs. */
export const jacobianNotTransposed: Hypothesis = (evidence) => {
  const isIt = explains(evidence, (observation) => {
    const { value, output, upstream } = observation;
    if (value.size !== output.size || value.size === 1) return null;
    const jacobian = evidence.jacobianAt(observation);
    return jacobian.matmul(upstream.reshape([output.size])).reshape(value.shape);
  });
  if (!isIt) return null;
  return {
    cause: 'factor-not-transposed',
    message: `Your derivative by ${evidence.slot.name} sends the upstream through the function in the direction of forward: on the way back, each matrix must be transposed, and sums run the other way.`,
    correction: 'An element gets back from all the outputs that it went into.',
  };
};

/** The diagnosis; also for factors found otherwise. */
export function notTransposed(slot: string, factor: string): Diagnosis {
  return {
    cause: 'factor-not-transposed',
    message: `Your derivative by ${slot} is right up to one thing: ${factor} stands in it as it is where its transpose belongs, or the other way round.`,
    correction: `For y = x @ W: dx = dy @ Wᵀ and dW = xᵀ @ dy.`,
  };
}

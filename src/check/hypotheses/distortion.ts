// The right numbers, distorted: clipped, or without their sign.

import type { Hypothesis } from '../evidence.js';
import { explains } from './match.js';

/** No number passes a bound, and within it all are right. */
export const clipped: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  const bound = Math.max(...observations.flatMap(({ found }) => [...found.data].map(Math.abs)));
  if (!(bound > 0)) return null;
  if (!explains(evidence, ({ expected }) => expected.minimum(bound).maximum(-bound))) return null;
  const reached = observations
    .flatMap(({ expected }) => [...expected.data])
    .filter((x) => Math.abs(x) > bound);
  if (reached.length < 2) return null;
  return {
    cause: 'clipped',
    message: `Your derivative by ${slot.name} is clipped to [-${bound}, ${bound}]: within that range it is right.`,
    correction: 'Return the gradient as it is; clip it, if you must, where the parameters are updated.',
  };
};

/** Every number is the right one without its sign. */
export const signLost: Hypothesis = (evidence) =>
  explains(evidence, ({ expected }) => expected.abs())
    ? {
        cause: 'absolute-value',
        message: `Your derivative by ${evidence.slot.name} has lost its sign: every number is the absolute value of the right one.`,
        correction: null,
      }
    : null;

// The right numbers, distorted: clipped, or without their sign.

import type { Tensor } from '../../tensor/index.js';
import type { Evidence, Hypothesis } from '../evidence.js';
import { attempt, distinct, explains, isClose } from './match.js';
import { othersOf } from './others.js';

/** No number passes a bound, and within it all are right. */
export const clipped: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  const bound = Math.max(...observations.flatMap(({ found }) => [...found.data].map(Math.abs)));
  if (!(bound > 0)) return null;
  if (!explains(evidence, ({ expected }) => expected.minimum(bound).maximum(-bound))) return null;
  const reached = observations
    .flatMap(({ expected }) => [...expected.data])
    .filter((x) => Math.abs(x) > bound);
  if (reached.length < 2 || !holds(evidence, bound)) return null;
  return {
    cause: 'clipped',
    message: `Your derivative by ${slot.name} is clipped to [-${bound}, ${bound}]: within that range it is right.`,
    correction: 'Return the gradient as it is; clip it, if you must, where the parameters are updated.',
  };
};

/**
 * Whether numbers do not pass a bound even where the upstream is larger. Where there is no upstream, several different numbers must
 * lie within it: numbers of one size are no clipped ones.
 */
function holds(evidence: Evidence, bound: number): boolean {
  const { specimen, observations } = evidence;
  const sizesIn = (values: readonly Tensor[]): number[] =>
    values.flatMap(({ data }) => [...data].map(Math.abs));
  if (!specimen.takesUpstream) {
    const sizes = sizesIn(observations.map(({ found }) => found));
    return distinct(sizes.filter((x) => x > 0 && x < 0.999 * bound)) > 1;
  }
  const more = observations.slice(0, 2).flatMap((each) => {
    return attempt(() => evidence.foundAt({ ...each, upstream: each.upstream.mul(10) })) ?? [];
  });
  return more.length > 0 && sizesIn(more).every((x) => x <= bound * (1 + 1e-6));
}

/** Every number is the right one without its sign, or all of them are negative. */
export const signLost: Hypothesis = (evidence) => {
  const isIt =
    explains(evidence, ({ expected }) => expected.abs()) ||
    (explains(evidence, ({ expected }) => expected.abs().neg()) && isOpposite(evidence));
  if (!isIt) return null;
  return {
    cause: 'absolute-value',
    message: `Your derivative by ${evidence.slot.name} has lost its sign: every number has the size of the right one, and all have the same sign.`,
    correction: null,
  };
};

/** Whether what was found is that of another input with a minus, which is never negative: of a difference, both lose their sign. */
function isOpposite(evidence: Evidence): boolean {
  return othersOf(evidence).some(({ slot }) =>
    evidence.observations.every((observation) => {
      const other = attempt(() => evidence.foundAt(observation, slot));
      return other !== null && isClose(other, observation.found.neg());
    }),
  );
}

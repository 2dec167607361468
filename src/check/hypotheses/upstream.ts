// The upstream: left out, or in the result twice.

import { full } from '../../tensor/index.js';
import type { Evidence, Hypothesis } from '../evidence.js';
import { attempt, explains, isEqual } from './match.js';

/** The local derivative alone, as if the upstream were 1. */
export const upstreamMissing: Hypothesis = (evidence) => {
  const { slot, specimen } = evidence;
  if (!specimen.takesUpstream) return null;
  const ones = explains(evidence, (observation) =>
    evidence.expectedAt({ ...observation, upstream: full(observation.output.shape, 1) }),
  );
  if (!ones) return null;
  return {
    cause: 'upstream-missing',
    message: `Your derivative by ${slot.name} is the local derivative alone: the upstream, which backward is given, has no part in it.`,
    correction: 'Multiply by the upstream: that is the chain rule.',
  };
};

/** The upstream squared. */
export const upstreamTwice: Hypothesis = (evidence) => {
  const { slot, specimen } = evidence;
  if (!specimen.takesUpstream) return null;
  const squared = explains(evidence, (observation) =>
    evidence.expectedAt({ ...observation, upstream: observation.upstream.mul(observation.upstream) }),
  );
  if (!squared) return null;
  return {
    cause: 'upstream-twice',
    message: `Your derivative by ${slot.name} has the upstream in it twice.`,
    correction: 'Multiply by the upstream once.',
  };
};

/** The total of the upstream, or its mean, in each place. */
export const upstreamSummed: Hypothesis = (evidence) => {
  const { slot, specimen, observations } = evidence;
  if (!specimen.takesUpstream || observations.some(({ upstream }) => upstream.size === 1)) return null;
  for (const reduction of ['sum', 'mean'] as const) {
    const isIt = explains(evidence, (observation) => {
      const { upstream } = observation;
      return evidence.expectedAt({
        ...observation,
        upstream: upstream[reduction]().broadcastTo(upstream.shape),
      });
    });
    if (!isIt) continue;
    return {
      cause: 'summed-too-far',
      message: `Your derivative by ${slot.name} uses the ${reduction} of the upstream for every element: each has its own.`,
      correction: 'Multiply each element by its own part of the upstream.',
    };
  }
  return null;
};

/**
 * The evidence as it would be if the upstream were 1, where the code does not heed it: what else is wrong then shows.
 * Null if the code does heed it.
 */
export function withoutUpstream(evidence: Evidence): Evidence | null {
  if (!evidence.specimen.takesUpstream) return null;
  const ignores = evidence.observations.every((observation) => {
    const other = observation.upstream.mul(-1.7);
    const found = attempt(() => evidence.foundAt({ ...observation, upstream: other }));
    return found !== null && isEqual(found, observation.found) && found.data.some((x) => x !== 0);
  });
  if (!ignores) return null;
  return {
    ...evidence,
    observations: evidence.observations.map((observation) => {
      const upstream = full(observation.output.shape, 1);
      return { ...observation, upstream, expected: evidence.expectedAt({ ...observation, upstream }) };
    }),
  };
}

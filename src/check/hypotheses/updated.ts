// Parameters that moved before the derivative by the input was computed with them.

import type { Diagnosis, Hypothesis } from '../evidence.js';
import { explains } from './match.js';

/** The derivative is the right one for the parameters after their update. */
export const updatedBeforeUpstream: Hypothesis = (evidence) => {
  const { slot } = evidence;
  const isIt = explains(evidence, (observation) => {
    const after = evidence.keptAt(observation, 'backward');
    const parameters = new Map(
      [...observation.parameters].map(([path, value]) => [path, after.get(path) ?? value]),
    );
    return evidence.expectedAt({ ...observation, parameters });
  });
  return isIt ? usedAfterUpdate(slot.name) : null;
};

/** The diagnosis; also for factors found otherwise. */
export function usedAfterUpdate(slot: string): Diagnosis {
  return {
    cause: 'updated-before-upstream',
    message: `Your derivative by ${slot} is computed with parameters that backward has already updated: it belongs to those that forward used.`,
    correction: `Compute d${slot} first, then update the parameters.`,
  };
}

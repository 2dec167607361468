// Parameters that moved before the derivative by the input was computed with them.

import type { Diagnosis, Hypothesis } from '../evidence.js';
import { differentiate } from '../specimen/specimen.js';
import { explains, isClose, isEqual } from './match.js';

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

/** With a learning rate of almost 0, after which the parameters are what they were, the derivative is the right one. */
export const rightWithoutUpdate: Hypothesis = ({ specimen, slot, observations }) => {
  const still = specimen.source?.atRate?.(TINY);
  if (!still) return null;
  const atHand = observations.filter(({ parameters }) =>
    specimen.parameters.every(({ path, read }) => isEqual(read(), parameters.get(path)!)),
  );
  const isIt = atHand.every(({ inputs, upstream, expected }) => {
    const found = differentiate(still, inputs, upstream).bySlot.get(slot.name);
    return found !== undefined && isClose(found, expected);
  });
  return isIt ? usedAfterUpdate(slot.name) : null;
};

const TINY = 1e-7; // times a derivative, and lost beside a parameter only in its last digits

/** The diagnosis; also for factors found otherwise. */
export function usedAfterUpdate(slot: string): Diagnosis {
  return {
    cause: 'updated-before-upstream',
    message: `Your derivative by ${slot} is computed with parameters that backward has already updated: it belongs to those that forward used.`,
    correction: `Compute d${slot} first, then update the parameters.`,
  };
}

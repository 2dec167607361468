// Gradients in the wrong places: what is the derivative by one input stands where that by another belongs.

import type { Hypothesis } from '../evidence.js';
import { attempt, hasSameNumbers } from './match.js';
import { othersOf } from './others.js';

/** The numbers are the right ones of another input or parameter, and that one's are wrong too. */
export const gradientOfOther: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  for (const { slot: other } of othersOf(evidence)) {
    const isItsOwn = observations.every((observation) => {
      const rightOfOther = attempt(() => evidence.expectedBy(other, observation));
      return rightOfOther !== null && hasSameNumbers(observation.found, rightOfOther);
    });
    const isWrongToo = observations.some((observation) => {
      const foundOfOther = attempt(() => evidence.foundAt(observation, other));
      return !foundOfOther || !hasSameNumbers(foundOfOther, evidence.expectedBy(other, observation));
    });
    if (!isItsOwn || !isWrongToo) continue;
    return {
      cause: 'gradient-of-other-input',
      message: `What you give as the derivative by ${slot.name} is the derivative by ${other.name}: the results are in the wrong order.`,
      correction: `Return the derivatives in the order of the inputs, ${evidence.specimen.inputNames.join(', ')}.`,
    };
  }
  return null;
};

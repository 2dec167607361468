// The derivative with the other sign.

import type { Hypothesis } from '../evidence.js';
import { explains } from './match.js';

/** Every number is the right one times -1. */
export const signFlipped: Hypothesis = (evidence) =>
  explains(evidence, ({ expected }) => expected.neg())
    ? {
        cause: 'sign-flipped',
        message: `Your derivative by ${evidence.slot.name} has the wrong sign: every number is the right one times -1.`,
        correction: 'Put a minus in front of the result, or take one away.',
      }
    : null;

// The table of contents of mistakes, the plainest first: the first one that explains every number is reported.

import type { Diagnosis, Evidence, Hypothesis } from '../evidence.js';
import { signFlipped } from './sign-flipped.js';

/** The mistakes that people make, in the order in which they are tried. */
export const hypotheses: readonly Hypothesis[] = [signFlipped];

/** The first mistake that explains all the numbers, or null. */
export function diagnose(evidence: Evidence): Diagnosis | null {
  for (const hypothesis of hypotheses) {
    const diagnosis = hypothesis(evidence);
    if (diagnosis) return diagnosis;
  }
  return null;
}

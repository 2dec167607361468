// A derivative that heeds no input.

import type { Hypothesis } from '../evidence.js';
import { attempt, isClose, isEqual } from './match.js';

/** Other inputs change the right derivative, and leave what was found as it is. */
export const constantGradient: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  const [first, ...others] = observations;
  if (!first || others.length === 0) return null;
  const isSame = others.every(({ inputs }) => {
    const found = attempt(() => evidence.foundAt({ ...first, inputs }));
    return found !== null && isEqual(found, first.found);
  });
  const isRightSame = others.every(({ inputs }) =>
    isClose(evidence.expectedAt({ ...first, inputs }), first.expected),
  );
  if (!isSame || isRightSame) return null;
  return {
    cause: 'constant-gradient',
    message: `Your derivative by ${slot.name} is the same for all inputs; the right one depends on them.`,
    correction: null,
  };
};

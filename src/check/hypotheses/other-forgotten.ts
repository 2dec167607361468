// A factor that is another input or a weight, left out before a sum: it stands in the result as ones.

import { full } from '../../tensor/index.js';
import type { Hypothesis } from '../evidence.js';
import { explains } from './match.js';
import { othersOf } from './others.js';

/** The derivative would be right if one of the other inputs or parameters were all ones. */
export const otherForgotten: Hypothesis = (evidence) => {
  const { slot } = evidence;
  for (const { name, settingWith } of othersOf(evidence)) {
    const isIt = explains(evidence, (observation) => {
      const setting = settingWith(observation, ({ shape }) => full(shape, 1));
      return setting && evidence.expectedAt(setting);
    });
    if (!isIt) continue;
    return {
      cause: 'factor-missing',
      message: `In your derivative by ${slot.name}, the factor ${name} is missing: what you give would be right if ${name} were all ones.`,
      correction: `Multiply by ${name} before you sum.`,
    };
  }
  return null;
};

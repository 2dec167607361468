// Convolution: the gradient runs over the kernel the other way round.

import type { Tensor } from '../../tensor/index.js';
import type { Hypothesis } from '../evidence.js';
import { explains } from './match.js';
import { othersOf } from './others.js';

const AXES = [1, 2]; // a kernel has one spatial axis, its last, or two

/** The kernel, or its gradient, turned round along its spatial axes. */
export const kernelNotFlipped: Hypothesis = (evidence) => {
  const { slot } = evidence;
  for (const spatial of AXES) {
    for (const { name, settingWith } of othersOf(evidence)) {
      const isIt = explains(evidence, (observation) => {
        const setting = settingWith(observation, (kernel) => flipped(kernel, spatial));
        return setting && evidence.expectedAt(setting);
      });
      if (isIt) {
        return {
          cause: 'kernel-not-flipped',
          message: `Your derivative by ${slot.name} uses ${name} the wrong way round: forward slides the kernel over ${slot.name}, and on the way back it runs in the other direction.`,
          correction: `Turn ${name} round along its spatial axes, or add up ${slot.name}[i + k] += dy[i] * ${name}[k].`,
        };
      }
    }
    if (explains(evidence, ({ expected }) => flipped(expected, spatial))) {
      return {
        cause: 'kernel-not-flipped',
        message: `Your derivative by ${slot.name} is the right one turned round: its first element stands last.`,
        correction: 'Use the same offsets in backward as in forward.',
      };
    }
  }
  return null;
};

function flipped(kernel: Tensor, spatial: number): Tensor | null {
  if (kernel.ndim < spatial) return null;
  return kernel.slice(
    ...kernel.shape.map((_, axis) => (axis < kernel.ndim - spatial ? null : ([null, null, -1] as const))),
  );
}

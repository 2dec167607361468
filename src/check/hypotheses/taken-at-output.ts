// The derivative of the function at its own result: f'(f(x)) instead of f'(x).

import { sameShape } from '../../tensor/index.js';
import type { Hypothesis } from '../evidence.js';
import { distinct, explains } from './match.js';

/** The right derivative, but at the output. */
export const takenAtOutput: Hypothesis = (evidence) => {
  const { slot } = evidence;
  if (slot.kind !== 'input') return null;
  const isIt = explains(evidence, (observation) => {
    const { inputs, output, value } = observation;
    if (!sameShape(output.shape, value.shape)) return null;
    return evidence.expectedAt({ ...observation, inputs: inputs.with(slot.index, output) });
  });
  // Of a function in straight pieces, the slope at the output is often that at another piece by chance.
  const slopes = evidence.observations.flatMap(({ found, upstream }) =>
    sameShape(found.shape, upstream.shape) ? [...found.div(upstream).data] : [],
  );
  const isStraight = slopes.length > 0 && distinct(slopes) < 3;
  if (!isIt || isStraight) return null;
  return {
    cause: 'taken-at-output',
    message: `Your derivative by ${slot.name} is taken at the output instead of the input: the function has been applied once too often.`,
    correction: `Take the derivative at ${slot.name}, as it went into forward.`,
  };
};

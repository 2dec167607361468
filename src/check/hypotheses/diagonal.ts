// The diagonal of the Jacobian alone, as if a function that mixes the elements of a vector worked on each by itself.

import { eye } from '../../tensor/index.js';
import type { Hypothesis } from '../evidence.js';
import { explains, hasSameNumbers } from './match.js';
import { isSmall } from './views.js';

/** Each element of the upstream times its own entry of the diagonal; what is beside the diagonal is left out. */
export const diagonalOnly: Hypothesis = (evidence) => {
  if (!isSmall(evidence)) return null;
  const { name } = evidence.slot;
  const isIt = explains(evidence, (observation) => {
    const { upstream, output, value } = observation;
    if (output.size !== value.size || value.size < 2) return null;
    const isUpstream = hasSameNumbers(observation.found, upstream); // of a sum, say: nothing has been multiplied with
    if (isUpstream) return null;
    const diagonal = evidence.jacobianAt(observation).mul(eye(value.size)).sum(0);
    return diagonal.mul(upstream.reshape([value.size])).reshape(value.shape);
  });
  if (!isIt) return null;
  return {
    cause: 'softmax-jacobian-diagonal-only',
    message: `Your derivative by ${name} takes each element of the result to depend on its own element of ${name} alone. Every one depends on all of them: the Jacobian has numbers beside its diagonal.`,
    correction: 'Sum over all elements of the upstream, each times its derivative by the element at hand.',
  };
};

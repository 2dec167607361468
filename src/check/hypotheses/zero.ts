// A derivative of zeros.

import type { Evidence, Hypothesis } from '../evidence.js';
import { attempt, isClose } from './match.js';

/** Every number is 0; of a bias that means that it was forgotten. */
export const zero: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  if (!observations.every(({ found }) => found.data.every((x) => x === 0))) return null;
  return isBias(evidence)
    ? {
        cause: 'bias-forgotten',
        message: `Your derivative by ${slot.name} is 0, so ${slot.name} never learns. A bias is added to the result, so the upstream arrives at it whole.`,
        correction: `d${slot.name} is the upstream, summed over the batch.`,
      }
    : {
        cause: 'zero-gradient',
        message: `Your derivative by ${slot.name} is 0 everywhere: nothing flows back to it.`,
        correction: null,
      };
};

/** Whether a parameter is simply added: by its name, or by a derivative that nothing else has a part in. */
function isBias(evidence: Evidence): boolean {
  const { slot, observations } = evidence;
  if (slot.kind !== 'parameter') return false;
  if (/(^|\.)(b|bias|beta)_?\w?\d*$/i.test(slot.name)) return true;
  const [first, ...rest] = observations.map((observation) => attempt(() => evidence.jacobianAt(observation)));
  return (
    first?.data.some((x) => Math.abs(x - 1) < 1e-6) === true &&
    rest.every((jacobian) => jacobian && isClose(jacobian, first))
  );
}

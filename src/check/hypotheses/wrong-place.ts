// The right numbers at the wrong indices.

import { sameShape } from '../../tensor/index.js';
import type { Hypothesis, Observation } from '../evidence.js';
import { isNear, scaleOf } from './match.js';

/** At every probe, what was found has the same numbers as the right derivative, in another order. */
export const wrongPlace: Hypothesis = ({ slot, observations }) => {
  if (observations.length < 2 || observations[0]!.value.size < 3) return null;
  if (!observations.every(isReordered)) return null;
  return {
    cause: 'wrong-place',
    message: `Your derivative by ${slot.name} has the right numbers in the wrong places: its indices are mixed up.`,
    correction: 'Give each number back to the element from which it came in forward.',
  };
};

function isReordered({ found, expected }: Observation): boolean {
  if (!sameShape(found.shape, expected.shape)) return false;
  const [a, b] = [found.data.toSorted(), expected.data.toSorted()];
  const scale = scaleOf(expected.data);
  return a.every((x, i) => isNear(x, b[i]!, scale));
}

// Indices: what each single output gives back goes to the wrong elements, or to some of the right ones only.

import { sameShape } from '../../tensor/index.js';
import type { Hypothesis, Observation } from '../evidence.js';
import { closenessFor, isNear, scaleOf } from './match.js';

/** Of each output, looked at by itself: the same numbers at other elements. Some may have fallen off the edge. */
export const misplaced: Hypothesis = ({ slot, observations }) => {
  if (!observations.every(isComparable)) return null;
  const wrong = observations.filter((each) => !isRight(each));
  // At an edge, all of an output's numbers may fall off.
  const isOff = ({ found }: Observation): boolean => found.data.every((x) => x === 0);
  const moved = wrong.filter((each) => !isOff(each));
  if (moved.length < 2 || 2 * moved.length < wrong.length || !moved.every(isMoved)) return null;
  return {
    cause: 'wrong-place',
    message: `Your derivative by ${slot.name} has the right numbers in the wrong places: what an element of the result gives back does not go to the elements that it came from.`,
    correction: 'Use the same indices in backward as in forward.',
  };
};

/** Of each output: every element gets its number or nothing. One of the elements that went in is forgotten. */
export const someElementsForgotten: Hypothesis = ({ slot, observations }) => {
  if (!observations.every(isComparable)) return null;
  const wrong = observations.filter((each) => !isRight(each));
  if (wrong.length < 2 || !wrong.every(isPart)) return null;
  const isSilent = wrong.every(({ found }) => found.data.every((x) => x === 0));
  const placeOf = (each: Observation): string => placeIn(each.upstream);
  const silent = new Set(wrong.map(placeOf));
  if (isSilent && observations.some((each) => isRight(each) && silent.has(placeOf(each)))) return null;
  if (isSilent && wrong.length === observations.length) return null;
  const isOne = observations.every(({ output }) => output.size === 1);
  return isSilent || isOne
    ? {
        cause: 'term-missing',
        message: `Your derivative by ${slot.name} is incomplete: ${isOne ? `some elements of ${slot.name} get nothing, and the result depends on them too` : 'what some elements of the result give back is missing'}.`,
        correction: `Go through all elements${isOne ? '' : ' of the result'}, and add up what each gives back.`,
      }
    : {
        cause: 'overwritten-where-used-twice',
        message: `Your derivative by ${slot.name} is incomplete: an element of the result comes from several elements of ${slot.name}, and not all of them get their part.`,
        correction:
          'Give each element of the result back to all the elements that it was made from, with +=.',
      };
};

/** The one output that counts. */
function placeIn({ data }: Observation['upstream']): string {
  return String(data.findIndex((dy) => dy !== 0));
}

function isComparable({ found, expected }: Observation): boolean {
  return sameShape(found.shape, expected.shape) && expected.size > 2;
}

function isRight({ found, expected }: Observation): boolean {
  const scale = scaleOf(expected.data);
  return found.data.every((x, i) => isNear(x, expected.data[i]!, scale, closenessOf(found)));
}

function closenessOf(found: Observation['found']): readonly [number, number] {
  const [relative] = closenessFor(found);
  return [relative, 1e-7];
}

/** Whether the numbers found are among those expected, each once, and at least one of them where nothing belongs. */
function isMoved({ found, expected }: Observation): boolean {
  const scale = scaleOf(expected.data);
  const isNothing = (x: number): boolean => Math.abs(x) <= 1e-7 * scale;
  const left = [...expected.data].filter((x) => !isNothing(x));
  const isElsewhere = found.data.some((x, i) => !isNear(x, expected.data[i]!, scale) && !isNothing(x));
  return (
    isElsewhere &&
    found.data.every((x) => {
      const at = isNothing(x) ? 0 : left.findIndex((y) => isNear(x, y, scale));
      if (!isNothing(x) && at >= 0) left.splice(at, 1);
      return at >= 0;
    })
  );
}

function isPart({ found, expected }: Observation): boolean {
  const scale = scaleOf(expected.data);
  return found.data.every((x, i) => Math.abs(x) <= 1e-9 * scale || isNear(x, expected.data[i]!, scale));
}

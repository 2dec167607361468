// What must never be printed: the lines of an exercise's reference.

import type { Exercise } from '../../exercises/index.js';
import { answerTo, skeletonOf } from './answers.js';

/** Lines of the reference that the skeleton does not have, without spaces and without `!`, which only types need. */
export function secretsOf(exercise: Exercise): string[] {
  const known = linesOf(skeletonOf(exercise));
  return linesOf(answerTo(exercise.name)).filter((line) => !known.includes(line));
}

/** A text without what makes no difference. */
export function squeeze(text: string): string {
  return text.replaceAll(/[\s!]/g, '');
}

function linesOf(code: string): string[] {
  return code
    .split('\n')
    .map((line) => squeeze(line.replace(/\/\/.*/, '')))
    .filter((line) => line.length > 12 && !line.startsWith('/'));
}

// Answers to the exercises, made from the text of their references: the right one, and others with a mistake planted.

import { readFileSync } from 'node:fs';
import type { Exercise } from '../../exercises/index.js';

/** The right answer as a learner's file would have it: the reference's classes, and those of earlier exercises that it uses. */
export function answerTo(name: string): string {
  const text = readFileSync(new URL(`../../exercises/${name}.ts`, import.meta.url), 'utf8');
  const earlier = [...text.matchAll(/from '\.\/([\w-]+)\.js'/g)].map(([, other]) => classesOf(other!));
  const helpers = text.includes('MATRIX_HELPERS') ? matrixHelpers() : '';
  return [...earlier, classesOf(name), helpers].join('\n').trim();
}

/** The reference part of an exercise's file, its classes exported. */
function classesOf(name: string): string {
  const text = readFileSync(new URL(`../../exercises/${name}.ts`, import.meta.url), 'utf8');
  const [reference = ''] = text.split(/^export const \w+ = defineExercise/m);
  return reference.replace(/^(import .*|\/\/.*)\n/gm, '').replace(/^(?:export )?class/gm, 'export class');
}

function matrixHelpers(): string {
  const text = readFileSync(new URL('../../exercises/kit/matrix.ts', import.meta.url), 'utf8');
  return /`([^`]*)`/.exec(text)![1]!;
}

/** The answer with a mistake: `from`, which must stand there, becomes `to`. */
export function planted(name: string, from: string, to: string): string {
  const right = answerTo(name);
  if (!right.includes(from)) throw new Error(`the answer to ${name} does not contain ${from}\n${right}`);
  return right.replaceAll(from, to);
}

/** Skeleton and helpers as the learner's file has them. */
export function skeletonOf({ skeleton, helpers = '' }: Exercise): string {
  return `${skeleton}\n\n${helpers}`;
}

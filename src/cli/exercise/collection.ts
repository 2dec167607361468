// The exercises at hand: Chainrule's own, or a teacher's file or folder.

import { resolve } from 'node:path';
import { exercises } from '../../../exercises/index.js';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { outlinesIn } from './judging.js';
import { outlineOf, type Listed } from './outline.js';
import { keyOf, type Entry, type Progress } from './progress.js';

/** The exercises of a teacher's file or folder; Chainrule's own where there is none. Throws a `UsageError` if it has none. */
export async function exercisesOf(path: string | undefined, context: Context): Promise<Listed[]> {
  const source = path === undefined ? null : resolve(path);
  const outlines = source === null ? exercises.map(outlineOf) : await outlinesIn(source, context);
  return outlines.map((outline, i) => ({ ...outline, number: i + 1, source }));
}

/** The exercise of a name or number. Throws a `UsageError` that names those there are. */
export function findExercise(word: string, among: readonly Listed[], { text }: Context): Listed {
  const found = among.find(({ name, number }) => name === word || String(number) === word);
  if (found) return found;
  const similar = among.find(({ name }) => name.startsWith(word) || word.startsWith(name));
  throw new UsageError(
    text('error.exercise.unknown', { name: word }),
    similar ? text('error.didYouMean', { name: similar.name }) : text('error.exercise.list'),
  );
}

/** An exercise, and all that it is one of. */
export interface Choice {
  readonly exercise: Listed;
  readonly exercises: readonly Listed[];
}

/**
 * The exercise that was named, or else the one that was worked on last; of Chainrule, of the teacher's file that is given, or of
 * the one that it was begun from. Throws a `UsageError` if there is none.
 */
export async function choose(
  word: string | undefined,
  file: string | undefined,
  progress: Progress,
  context: Context,
): Promise<Choice> {
  const { text } = context;
  const entry = word === undefined ? lastEntry(progress) : entryNamed(word, progress);
  const exercises = await exercisesOf(file ?? entry?.source ?? undefined, context);
  if (word !== undefined) return { exercise: findExercise(word, exercises, context), exercises };
  const exercise = exercises.find(({ name }) => name === entry?.name);
  if (exercise) return { exercise, exercises };
  throw new UsageError(text('error.exercise.none'), text('error.exercise.list'));
}

function lastEntry({ last, exercises: known }: Progress): Entry | undefined {
  return last === null ? undefined : known[last];
}

/** The teacher's exercise of a name that was begun, where Chainrule has none of that name. */
function entryNamed(word: string, { exercises: known }: Progress): Entry | undefined {
  if (exercises.some(({ name }) => name === word)) return undefined;
  return Object.values(known).findLast(({ name }) => name === word);
}

/** The next one that is not solved, after one that just was, or from the start. */
export function nextExercise(
  { exercises: known }: Progress,
  among: readonly Listed[],
  solved?: Listed,
): Listed | undefined {
  const open = among.filter((exercise) => exercise.name !== solved?.name && !known[keyOf(exercise)]?.solved);
  return open.find(({ number }) => number > (solved?.number ?? 0)) ?? open[0];
}

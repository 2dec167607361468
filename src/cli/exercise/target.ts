// Which file is to be checked, and for which exercise: by a path, by an exercise's name, or the one that was worked on last.

import { readFile, stat } from 'node:fs/promises';
import { basename, extname, relative, resolve } from 'node:path';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { reasonOf } from '../output/write-files.js';
import { choose, exercisesOf, type Choice } from './collection.js';
import { exerciseNamedIn } from './learner-file.js';
import { entryOf, type Progress } from './progress.js';

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.cjs'];

/** A learner's file and its exercise. */
export interface Target extends Choice {
  readonly path: string;
}

/** Finds both. Throws a `UsageError` that says what is missing. */
export async function targetOf(
  word: string | undefined,
  source: string | undefined,
  progress: Progress,
  context: Context,
): Promise<Target> {
  const { text } = context;
  if (word !== undefined && /[/\\]|\.\w+$/.test(word)) {
    return { path: word, ...(await exerciseOf(word, source, progress, context)) };
  }
  const choice = await choose(word, source, progress, context);
  const { name } = choice.exercise;
  const { file } = entryOf(progress, choice.exercise);
  for (const path of [...(file === null ? [] : [file]), ...EXTENSIONS.map((extension) => name + extension)]) {
    if (await isFile(path)) return { ...choice, path: fromHere(path) };
  }
  throw new UsageError(text('error.exercise.noFile', { name }), text('error.exercise.start', { name }));
}

/** The exercise that a file is for: begun under this path, or named in the file, or in its name. */
async function exerciseOf(
  path: string,
  source: string | undefined,
  progress: Progress,
  context: Context,
): Promise<Choice> {
  const { text } = context;
  if (!EXTENSIONS.includes(extname(path))) throw new UsageError(text('error.exercise.extension', { path }));
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? text('error.exercise.absent') : reasonOf(error.code ?? '', text);
    throw new UsageError(text('error.exercise.read', { path, reason }));
  });
  const begun = Object.values(progress.exercises).find(({ file }) => file === resolve(path));
  const exercises = await exercisesOf(source ?? begun?.source ?? undefined, context);
  const names = [exerciseNamedIn(content), begun?.name, basename(path, extname(path))];
  const exercise = exercises.find(
    ({ name }) => name === names.find((one) => exercises.some((each) => each.name === one)),
  );
  if (exercise) return { exercise, exercises };
  throw new UsageError(text('error.exercise.whose', { path }), text('error.exercise.mark'));
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** A path as one would type it: from the current folder, unless it leads out of it. */
function fromHere(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

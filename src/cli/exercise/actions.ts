// What the exercise commands do.

import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { wordsIn } from '../../../exercises/index.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import { toTerminal } from '../document/terminal.js';
import { Failed, UsageError } from '../errors.js';
import { toJSON } from '../output/history-files.js';
import { writeOneFile } from '../output/write-files.js';
import { choose, exercisesOf, findExercise, nextExercise } from './collection.js';
import { judgementView } from './judgement-view.js';
import { judgeFile } from './judging.js';
import { learnerFile } from './learner-file.js';
import type { Listed } from './outline.js';
import { entryOf, readProgress, record } from './progress.js';
import { targetOf } from './target.js';
import { exerciseView, listView, nextView, stuckView, summaryOf } from './views.js';

/** The options of all commands together. */
export interface Options {
  /** A teacher's file or folder of exercises, in place of Chainrule's own. */
  readonly file?: string;
  readonly out?: string;
  readonly force?: boolean;
}

type Action = (word: string | undefined, options: Options, context: Context) => Promise<void>;

/** By the name of the command. */
export interface Actions {
  readonly list: Action;
  readonly start: Action;
  readonly check: Action;
  readonly hint: Action;
  readonly show: Action;
}

/** The actions. */
export const actions: Actions = {
  async list(_, { file }, context) {
    const progress = await readProgress(context);
    const exercises = await exercisesOf(file, context);
    if (context.json) {
      context.print(
        toJSON({ exercises: exercises.map((exercise) => summaryOf(exercise, progress, context)) }),
      );
    } else {
      print(listView(exercises, progress, context), context, ['table']);
    }
  },

  async start(word, { file, out = '.', force = false }, context) {
    const { text, json } = context;
    const progress = await readProgress(context);
    const exercises = await exercisesOf(file, context);
    const exercise =
      word === undefined ? nextExercise(progress, exercises) : findExercise(word, exercises, context);
    if (!exercise) throw new UsageError(text('exercise.solvedAll'), text('error.exercise.name'));
    const path = join(out, `${exercise.name}.ts`);
    if (!force && (await exists(path))) {
      throw new UsageError(text('error.exercise.exists', { path }), text('error.exercise.force'));
    }
    await writeOneFile(path, learnerFile(exercise, path, context), context);
    const started = new Date().toISOString();
    await record(exercise, () => ({ file: resolve(path), started }), context);
    if (json) {
      context.print(toJSON({ exercise: exercise.name, number: exercise.number, file: path }));
      return;
    }
    print(
      [
        ...exerciseView(exercise, progress, context),
        { kind: 'facts', facts: [[text('exercise.start.written'), path]] },
        { kind: 'text', text: text('exercise.start.next', { path }) },
      ],
      context,
      ['facts'],
    );
  },

  async check(word, { file }, context) {
    const progress = await readProgress(context);
    const { exercise, exercises, path } = await targetOf(word, file, progress, context);
    const judgement = await judgeFile(path, exercise, context);
    const isRight = judgement.verdict === 'right';
    const now = new Date().toISOString();
    await record(
      exercise,
      ({ started, solved }) => ({
        file: resolve(path),
        started: started ?? now,
        solved: solved ?? (isRight ? now : null),
      }),
      context,
    );
    if (context.json) {
      context.print(toJSON({ ...judgement, file: path }));
    } else {
      const after = isRight
        ? nextView(exercise, nextExercise(progress, exercises, exercise), context)
        : stuckView(exercise, progress, context);
      const shown = [titleOf(exercise, path, context), ...judgementView(judgement, path, context), ...after];
      print(shown, context, ['facts', 'heading']);
    }
    if (!isRight) throw new Failed();
  },

  async hint(word, { file }, context) {
    const { text, json, language } = context;
    const progress = await readProgress(context);
    const { exercise } = await choose(word, file, progress, context);
    const { hints: taken } = entryOf(progress, exercise);
    const count = exercise.hints.length;
    if (count === 0) throw new UsageError(text('error.exercise.noHints', { name: exercise.name }));
    const number = Math.min(taken + 1, count);
    await record(exercise, () => ({ hints: number }), context);
    const hint = wordsIn(language, exercise.hints[number - 1]!);
    if (json) {
      context.print(toJSON({ exercise: exercise.name, number, count, hint }));
      return;
    }
    print(
      [
        { kind: 'heading', text: text('exercise.hint.heading', { name: exercise.name, number, count }) },
        { kind: 'text', text: hint },
        ...(taken >= count
          ? [{ kind: 'text', text: text('exercise.hint.last', { name: exercise.name }) } as const]
          : []),
      ],
      context,
      ['heading', 'text'],
    );
  },

  async show(word, { file }, context) {
    const progress = await readProgress(context);
    const { exercise } = await choose(word, file, progress, context);
    if (context.json) {
      const { text, skeleton, helpers } = exercise;
      const more = {
        text: wordsIn(context.language, text),
        skeleton,
        ...(helpers !== undefined && { helpers }),
      };
      context.print(toJSON({ ...summaryOf(exercise, progress, context), ...more }));
    } else {
      print(exerciseView(exercise, progress, context), context, ['title', 'text', 'code', 'heading']);
    }
  },
};

function titleOf({ title }: Listed, path: string, { language }: Context): Block {
  return { kind: 'title', text: `${wordsIn(language, title)} · ${path}` };
}

/** Prints blocks; with --quiet only those of some kinds, which say what there is to know. */
function print(blocks: readonly Block[], context: Context, essential: readonly Block['kind'][]): void {
  const shown = context.quiet ? blocks.filter(({ kind }) => essential.includes(kind)) : blocks;
  context.print(toTerminal(shown, context));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

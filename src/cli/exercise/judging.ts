// Judging a learner's file, and reading a teacher's, each in a child process: what they do cannot hurt the command.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startLimited, type Limits } from '../check/limited-process.js';
import { problemInWords } from '../check/problems.js';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { reasonOf } from '../output/write-files.js';
import type { ChildMessage, PlacedJudgement, Request } from './child-task.js';
import type { Listed, Outline } from './outline.js';

const LIMITS: Limits = { timeout: 10, memory: 512 };

/** Judges a file as an answer to an exercise. Throws a `UsageError` for a file that could not be run. */
export async function judgeFile(
  path: string,
  { name, source }: Listed,
  context: Context,
): Promise<PlacedJudgement> {
  const answer = await ask({ kind: 'judge', file: resolve(path), name, source }, context);
  if (answer.type === 'judgement') return answer.judgement;
  throw refusal(answer, path, context);
}

/** What may be shown of the exercises in a teacher's file or folder. Throws a `UsageError` if there are none. */
export async function outlinesIn(source: string, context: Context): Promise<readonly Outline[]> {
  const { text } = context;
  await stat(source).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? text('error.exercise.absent') : reasonOf(error.code ?? '', text);
    throw new UsageError(text('error.exercise.read', { path: source, reason }));
  });
  const answer = await ask({ kind: 'outlines', source }, context);
  if (answer.type !== 'outlines') throw refusal(answer, source, context);
  if (answer.outlines.length > 0) return answer.outlines;
  throw new UsageError(text('error.exercise.noExercises', { path: source }));
}

/** Has a child do it. What it said itself knows more than what was seen from outside. */
async function ask(request: Request, context: Context): Promise<ChildMessage> {
  const script = new URL('./child.js', import.meta.url);
  const running = startLimited<ChildMessage>(script, request, LIMITS, context.signal);
  const { messages, problem, how } = await running.ended;
  context.checkpoint();
  return messages.at(-1) ?? { type: 'problem', problem: problem ?? { kind: 'ended', how } };
}

/** Why there is no result. */
function refusal(answer: ChildMessage, path: string, context: Context): Error {
  switch (answer.type) {
    case 'faulty':
      return new UsageError(context.text('error.exercise.faulty', { path }), answer.message);
    case 'problem': {
      const { problem, file = path } = answer;
      const run = { path: resolve(path) === file ? path : file, limits: LIMITS, python: 'python3' };
      const { message, hint } = problemInWords(problem, run, context);
      const isLimit = problem.kind === 'time' || problem.kind === 'memory';
      // The last line of the hint names options that only `chainrule check` has.
      return new UsageError(message, isLimit ? hint?.split('\n').slice(0, -1).join('\n') || undefined : hint);
    }
    default:
      return new Error(answer.type);
  }
}

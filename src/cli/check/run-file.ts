// Running a learner's file in a child process, and collecting what comes of it.

import { startLimited, type Limits } from './limited-process.js';
import { startPython } from './python/start.js';
import { PYTHON_FD, type ExportResult, type Message, type Problem, type Skipped, type Task } from './task.js';

/** What a run is asked to do. */
export interface Request extends Omit<Task, keyof Limits> {
  readonly limits: Limits;
  /** The interpreter for Python files. */
  readonly python: string;
  /** Ends the run early. */
  readonly signal: AbortSignal;
}

/** What a run gave. */
export interface Outcome {
  readonly exports: readonly ExportResult[];
  readonly skipped: readonly Skipped[];
  /** The learner's files that were read. */
  readonly files: readonly string[];
  /** Why the file could not be run to its end, or null. */
  readonly problem: Problem | null;
  /** The beginning of what the file printed while it was loaded. */
  readonly output: string;
}

const LAST_WORDS = 800; // characters

/** Runs a file and gives what came of it. Whatever the file does, this resolves. */
export async function runFile({ limits, python, signal, ...request }: Request): Promise<Outcome> {
  const isPython = request.language === 'python';
  const script = new URL('./child/main.js', import.meta.url);
  const running = startLimited<Message>(script, request, limits, signal, isPython ? 1 : 0);
  if (isPython) {
    const link = running.child.stdio[PYTHON_FD]!;
    const interpreter = startPython(python, link, limits);
    link.destroy(); // this process has no part in what the two say to each other
    running.listen(interpreter.process.stderr);
    void interpreter.missing.then((problem) => problem && running.stop(problem));
    void running.ended.then(() => interpreter.process.kill('SIGKILL'));
  }
  const { messages, problem, how, output } = await running.ended;
  const said = messages.findLast((message) => message.type === 'problem')?.problem;
  // Of the same problem the child tells more: the line that it was in.
  const why = said?.kind === problem?.kind ? said : (problem ?? said);
  const isDone = messages.some(({ type }) => type === 'done');
  const loaded = messages.findLast((message) => message.type === 'loaded');
  return {
    exports: messages.flatMap((message) => (message.type === 'export' ? [message.result] : [])),
    skipped: loaded?.skipped ?? [],
    files: loaded?.files ?? [],
    problem: why ?? (isDone ? null : { kind: 'ended', how, printed: output.slice(-LAST_WORDS) }),
    output,
  };
}

// Why a file could not be run, in words, with the learner's line.

import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Context } from '../context.js';
import { rowsOf, type Excerpt } from '../document/excerpt.js';
import { wrap } from '../document/terminal.js';
import type { Limits } from './limited-process.js';
import { MOST_OUTPUT, type Place, type Problem, type Reason, type Skipped } from './task.js';

/** What was run. */
export interface Run {
  /** The file, as it was named. */
  readonly path: string;
  readonly limits: Limits;
  /** The Python that was asked for. */
  readonly python: string;
}

/** A problem as a sentence, and below it the line it is about and what to try. */
export function problemInWords(
  problem: Problem,
  { path, limits, python }: Run,
  context: Context,
): { readonly message: string; readonly hint: string | undefined } {
  const { text } = context;
  const at = 'place' in problem ? problem.place : null;
  const place = at ? `${nameOf(at.file, path)}:${at.line}` : path;
  const say = (message: string, ...hints: readonly (string | null)[]) => {
    const lines = [
      ...(at ? excerptLines(at, path, context) : []),
      ...hints
        .filter((hint) => hint !== null)
        .map((hint) => (hint.includes('\n') ? hint : wrap(hint, context.width - 2))),
    ];
    return { message, hint: lines.length > 0 ? lines.join('\n') : undefined };
  };
  switch (problem.kind) {
    case 'threw':
      return say(text('error.check.threw', { place, error: problem.error }));
    case 'recursion':
      return say(text('error.check.recursion', { place }));
    case 'rejected':
      return say(text('error.check.rejected', { place, error: problem.error }));
    case 'syntax':
      return say(text('error.check.syntax', { place, error: problem.error }));
    case 'exit':
      return say(text('error.check.exit', { place, code: problem.code }), text('error.check.exit.hint'));
    case 'time': {
      const more = text('error.check.time.hint', { seconds: Math.ceil(3 * limits.timeout) });
      return say(text('error.check.time', { place, seconds: limits.timeout }), more);
    }
    case 'memory': {
      const more = text('error.check.memory.hint', { megabytes: Math.ceil(2 * limits.memory) });
      return say(text('error.check.memory', { place, megabytes: limits.memory }), more);
    }
    case 'output':
      return say(text('error.check.output', { place, megabytes: MOST_OUTPUT }));
    case 'waits':
      return say(text('error.check.waits', { place }), text('error.check.waits.hint'));
    case 'ended':
      return say(text('error.check.ended', { place, how: problem.how }), problem.printed?.trim() || null);
    case 'nothing-to-check': {
      const hidden = problem.hidden.join(', ');
      return say(
        text('error.check.nothing', { place }),
        ...problem.found.map((skipped) => skippedInWords(skipped, context)),
        hidden === '' ? null : text('error.check.hidden', { names: hidden }),
        text('check.what'),
      );
    }
    case 'no-export': {
      const { name, names } = problem;
      if (names.length === 0) return say(text('error.check.noExportAtAll', { place, name }));
      return say(text('error.check.noExport', { place, name, names: names.join(', ') }));
    }
    case 'python-missing':
      return say(text('error.check.pythonMissing', { command: python }), text('error.check.pythonPath'));
    case 'python-old': {
      const { version } = problem;
      return say(text('error.check.pythonOld', { command: python, version }), text('error.check.pythonPath'));
    }
    case 'numpy-missing':
      return say(
        text('error.check.numpyMissing', { command: python }),
        text('error.check.numpyMissing.hint', { command: python }),
        text('error.check.pythonPath'),
      );
  }
}

/** Why an export could not be checked, as a sentence. */
export function reasonInWords(reason: Reason, { text }: Context): string {
  switch (reason.kind) {
    case 'needs-arguments':
      return text('check.reason.needsArguments', { names: reason.names.join(', ') });
    case 'constructor-throws':
      return text('check.reason.constructorThrows', { error: reason.error });
    case 'recursion':
      return text('check.reason.recursion');
    case 'no-inputs':
      return [
        text('check.reason.noInputs'),
        ...(reason.error === null ? [] : [text('check.reason.noInputs.error', { error: reason.error })]),
      ].join(' ');
    case 'refused':
      return reason.message;
  }
}

/** Why an export was left out. */
export function skippedInWords({ name, what, why }: Skipped, { text }: Context): string {
  return text(`check.why.${why}` as const, { name, what });
}

/** A place as an excerpt of the source. */
export function excerptOf(
  place: Place,
  path: string,
  { text }: Context,
  { note = '', tone = 'error' }: Partial<Pick<Excerpt, 'note' | 'tone'>> = {},
): Excerpt {
  const { file, line, column, endLine, endColumn, firstLine, lines, within } = place;
  const position = `${nameOf(file, path)}:${line}:${column}`;
  return {
    kind: 'excerpt',
    source: within === null ? position : text('check.in', { place: position, name: within }),
    ...{ firstLine, lines, note, tone },
    mark: { line, column, endLine, endColumn },
  };
}

function excerptLines(place: Place, path: string, context: Context): string[] {
  const rows = rowsOf(excerptOf(place, path, context), context.width - 2);
  return rows.map(({ number, text }) => `${number} │ ${text}`.trimEnd());
}

/** A file as it was named on the command line; another as seen from where that was. */
export function nameOf(file: string, path: string): string {
  return file === resolve(path) || file === realpath(path) ? path : relative(process.cwd(), file);
}

function realpath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

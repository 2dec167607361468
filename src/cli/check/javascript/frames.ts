// Where an error came from: the learner's frames of a stack.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { placeOf, restOfLine } from '../place.js';
import type { Place } from '../task.js';
import { isLearners, withoutQuery } from './learners.js';

/** A line of a stack. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly within: string | null;
}

/** The learner's frames of a stack, the innermost first. */
export function framesIn(stack: string): Frame[] {
  return stack.split('\n').flatMap((text) => {
    const match = /^\s+at (?:(.*?) \()?((?:file:\/\/|\/|[A-Z]:\\)[^)]*?):(\d+):(\d+)\)?$/.exec(text);
    if (!match) return [];
    const url = match[2]!.startsWith('file:') ? match[2]! : pathToFileURL(match[2]!).href;
    if (!isLearners(url)) return [];
    const within = /^(?:async )?(?:new )?([\w$.#]+)/.exec(match[1] ?? '')?.[1] ?? null;
    const isTop = within === null || within.startsWith('Object.<anonymous') || within === 'Object.';
    return [
      {
        file: fileURLToPath(withoutQuery(url)),
        line: Number(match[3]),
        column: Number(match[4]),
        within: isTop ? null : within,
      },
    ];
  });
}

/** The place that a stack names first, among the learner's files. */
export function placeOfStack(stack: string | null | undefined): Place | null {
  const [frame] = framesIn(stack ?? '');
  return frame ? placeOfFrame(frame) : null;
}

/** The place of a frame: from its column to the end of the line. */
export function placeOfFrame({ file, line, column, within }: Frame): Place | null {
  return placeOf(restOfLine(file, line, column), within);
}

/** Where a file imports what cannot be found, by the message of the error. */
export function placeOfImport(message: string): Place | null {
  const match = /(?:imported from|Did you mean to import .* from) (?:file:\/\/)?(\S+)/.exec(message);
  const missing =
    /Cannot find (?:package|module) '([^']+)'/.exec(message)?.[1] ?? /module '([^']+)'/.exec(message)?.[1];
  const file = match?.[1];
  if (missing === undefined || file === undefined || !existsSync(file)) return null;
  const name = missing.replace(/^.*\//, '');
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((text) => /import|require|from/.test(text) && text.includes(name)) + 1;
  return line > 0 ? placeOf(restOfLine(file, line), null) : null;
}

// What the library says of a file's content, said of the file.

import { FormatError } from '../files/index.js';
import { UsageError } from './errors.js';

/** A hint that goes with what the library says, if there is one. */
export type Hint = (message: string) => string | undefined;

/** Runs; where the content of a file is not right, throws what `aboutFile` makes of it. */
export function explainFile<T>(path: string, run: () => T, hint?: Hint): T {
  try {
    return run();
  } catch (error) {
    throw aboutFile(path, error, hint);
  }
}

/**
 * For a `FormatError` a `UsageError` that names the file in place of the function that read it, with a hint below; any other error
 * as it is. What the library's options could do about it is left out: the hint is there to say it in terms of the command's own.
 */
export function aboutFile(path: string, error: unknown, hint?: Hint): unknown {
  if (!(error instanceof FormatError)) return error;
  const message = error.message
    .replace(/; [^;]*pass (?:missing|types|header): .*$/, '')
    .replace(/^\w+(?: \(\w+\))?: /, '');
  return new UsageError(`${path}: ${message}`, hint?.(error.message));
}

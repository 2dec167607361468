// The one error of this folder: a file is not what it says, or holds what a tensor cannot.

import { ChainruleError } from '../errors.js';

/** A file is damaged, breaks the rules of its format, or holds something that tensors cannot; the message says where. */
export class FormatError extends ChainruleError {
  override readonly name = 'FormatError';
}

/** @internal Runs a decoder from elsewhere: whatever it throws becomes a `FormatError` that begins with `where`. */
export function decoding<T>(where: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof ChainruleError) throw error;
    throw new FormatError(`${where}: ${reasonOf(error)}`, { cause: error });
  }
}

/** What went wrong, in the decoder's words. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

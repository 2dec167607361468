// A long text to stdout, no faster than whoever reads it.

import { once } from 'node:events';
import { Stream } from 'node:stream';
import type { Context } from '../context.js';

/** Writes a text that comes piece by piece. Throws `Interrupted` if the user stops the command while nobody reads on. */
export async function printPieces(
  pieces: AsyncIterable<string>,
  { stdout, signal, checkpoint }: Context,
): Promise<void> {
  for await (const piece of pieces) {
    const isFull = stdout.write(piece) === false;
    if (!isFull || !(stdout instanceof Stream)) continue;
    await once(stdout, 'drain', { signal }).catch((error: unknown) => {
      checkpoint();
      throw error;
    });
  }
}

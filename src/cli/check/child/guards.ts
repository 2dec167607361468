// What a learner's file must not do to the check: end the process, leave a promise rejected, write where the report goes.

import { syncBuiltinESMExports } from 'node:module';
import { MOST_OUTPUT, type Place } from '../task.js';
import { fail, writeAll } from './send.js';

/** Puts the guards up. `placeOf` finds the learner's line in a stack. */
export function putUpGuards(placeOf: (stack: string) => Place | null): void {
  const exit = (code?: number | string | null): never => {
    const stack = new Error().stack ?? '';
    return fail({ kind: 'exit', code: Number(code ?? process.exitCode ?? 0), place: placeOf(stack) });
  };
  process.exit = exit as typeof process.exit;
  (process as { reallyExit?: unknown }).reallyExit = exit;
  process.abort = () => exit(134);
  syncBuiltinESMExports();
  countOutput(placeOf);
  process.on('unhandledRejection', (reason) => fail({ kind: 'rejected', ...described(reason, placeOf) }));
  process.on('uncaughtException', (error) =>
    fail({ kind: 'threw', ...described(error, placeOf), partly: false }),
  );
  process.on('exit', () => {
    // Node ends with 13 where a top-level await waits for nothing that could still happen.
    if (process.exitCode === 13) fail({ kind: 'waits' });
  });
}

/** What was thrown, in a line, and where. */
export function described(
  error: unknown,
  placeOf: (stack: string) => Place | null,
): { readonly error: string; readonly place: Place | null } {
  if (!(error instanceof Error)) return { error: String(error), place: null };
  return { error: `${error.name}: ${error.message}`, place: placeOf(error.stack ?? '') };
}

/** Makes `Math.random` draw the same numbers on every run, so that a verdict can be repeated. Mulberry32. */
export function seedRandom(): void {
  let state = 0;
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Sends what the file prints on its way at once. Node's own streams would gather it in memory for as long as the file runs, and a
 * loop without end never lets go of it.
 */
function countOutput(placeOf: (stack: string) => Place | null): void {
  let written = 0;
  for (const [stream, fd] of [
    [process.stdout, 1],
    [process.stderr, 2],
  ] as const) {
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      const bytes = Buffer.from(
        chunk as string,
        typeof rest[0] === 'string' ? (rest[0] as BufferEncoding) : 'utf8',
      );
      written += bytes.length;
      if (written > MOST_OUTPUT * 2 ** 20) fail({ kind: 'output', place: placeOf(new Error().stack ?? '') });
      writeAll(fd, bytes);
      const done = rest.at(-1);
      if (typeof done === 'function') process.nextTick(done);
      return true;
    };
  }
}

/** From here on what the file prints is dropped: a check runs `forward` thousands of times. */
export function silence(): void {
  for (const stream of [process.stdout, process.stderr]) stream.write = () => true;
}

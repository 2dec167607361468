// Reporting to the parent: JSON lines on a file descriptor of their own, at once, so that they arrive whatever happens next.

import { writeSync } from 'node:fs';
import { REPORT_FD, type Message, type Problem } from '../task.js';

/** Sends a line. */
export function send(message: Message): void {
  writeAll(REPORT_FD, Buffer.from(`${JSON.stringify(message, numbersAsTheyAre)}\n`));
}

/** Sends why the file could not be run, and ends the process. */
export function fail(problem: Problem): never {
  send({ type: 'problem', problem });
  return end();
}

// Node's own, taken before guards.ts puts something else in its place.
const reallyExit = (process as unknown as { reallyExit(code: number): never }).reallyExit;

/** Ends the process without another word. */
export function end(): never {
  return reallyExit.call(process, 0);
}

/** Writes it all, waiting where the reader is slow. */
export function writeAll(fd: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** NaN and the infinities, which JSON has no numbers for, go by their names. */
function numbersAsTheyAre(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

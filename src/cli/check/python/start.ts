// Starting Python beside the child process, with a socket between the two.

import { spawn, type ChildProcess } from 'node:child_process';
import type { Stream } from 'node:stream';
import type { Limits } from '../limited-process.js';
import type { Problem } from '../task.js';
import { HOST } from './host.js';

/** Python at work. */
export interface Interpreter {
  readonly process: ChildProcess;
  /** Resolves when the process has ended or could not be started: then with what is missing, else with null. */
  readonly missing: Promise<Problem | null>;
}

/**
 * Starts Python on the other end of the child's socket. The two talk to each other directly: the child, whose check is
 * synchronous, can wait for an answer on it, which it could not on a pipe that its own event loop serves.
 */
export function startPython(command: string, link: Stream, { timeout, memory }: Limits): Interpreter {
  const child = spawn(command, ['-u', '-c', HOST, String(timeout), String(memory)], {
    stdio: [link, 'ignore', 'pipe'],
  });
  const missing = new Promise<Problem | null>((resolve) => {
    child.on('error', () => resolve({ kind: 'python-missing', command }));
    child.on('close', () => resolve(null));
  });
  return { process: child, missing };
}

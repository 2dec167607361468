// A child process with limits on time, memory and output, which reports in JSON lines on a file descriptor of its own.

import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { MOST_OUTPUT, REPORT_FD, type Problem } from './task.js';

/** The limits of a run. */
export interface Limits {
  /** Seconds, from when the file is loaded: the child keeps the clock. */
  readonly timeout: number;
  /** Megabytes that the learner's file may use on top of what Chainrule needs itself. */
  readonly memory: number;
}

/** The limits as a child gets them. */
export interface Limited extends Limits {
  /** When the time is up if it runs from the start of the process, in milliseconds since 1970. */
  readonly deadline: number;
}

/** What came of a child. */
export interface Ended<Message> {
  readonly messages: readonly Message[];
  /** The limit that it ran into, or null. */
  readonly problem: Problem | null;
  /** Its exit code, or the signal that ended it. */
  readonly how: string;
  /** The beginning of what it printed. */
  readonly output: string;
}

/** A child at work. `ended` resolves whatever it does; if the signal is aborted, soon. */
export interface LimitedProcess<Message> {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended<Message>>;
  /** Ends the child, for a reason that becomes its problem. */
  stop(problem: Problem): void;
  /** Counts a stream of another process as output of this one. */
  listen(stream: Readable | null): void;
}

const GRACE = 10_000; // milliseconds to start in, and for the child to say where it was when its time ran out
const HEADROOM = 256; // megabytes of heap above the limit, so that the child can say where it was
const KEPT_OUTPUT = 16 * 1024;

/**
 * Starts a module with its task and limits as JSON in its first argument. `channels`: how many file descriptors it gets besides that
 * of the report.
 */
export function startLimited<Message>(
  script: URL,
  task: object,
  limits: Limits,
  signal: AbortSignal,
  channels = 0,
): LimitedProcess<Message> {
  const { timeout, memory } = limits;
  const limited: Limited = { ...limits, deadline: Date.now() + timeout * 1000 };
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      `--max-old-space-size=${Math.ceil(memory) + HEADROOM}`,
      fileURLToPath(script),
      JSON.stringify({ ...task, ...limited }),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...Array.from({ length: channels }, () => 'pipe' as const)],
      signal,
      killSignal: 'SIGKILL',
    },
  );
  let problem: Problem | null = null;
  const stop = (why: Problem): void => {
    problem ??= why;
    child.kill('SIGKILL');
  };
  let output = '';
  let written = 0;
  const listen = (stream: Readable | null): void => {
    stream?.on('data', (chunk: Buffer) => {
      written += chunk.length;
      if (output.length < KEPT_OUTPUT) output = (output + String(chunk)).slice(0, KEPT_OUTPUT);
      if (written > MOST_OUTPUT * 2 ** 20) stop({ kind: 'output', place: null });
    });
  };
  listen(child.stdout);
  listen(child.stderr);
  const late = setTimeout(() => stop({ kind: 'time', place: null }), timeout * 1000 + GRACE);
  const messages = messagesOf<Message>(child.stdio[REPORT_FD] as Readable);
  const ended = endOf(child).then(async (how) => {
    clearTimeout(late);
    return { messages: await messages, problem, how, output };
  });
  return { child, ended, stop, listen };
}

/** How the process ended: its code, or the signal that ended it. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? String(code)));
  });
}

/** All lines until the stream ends. One that was cut off when the child was is left out. */
async function messagesOf<Message>(stream: Readable): Promise<Message[]> {
  let text = '';
  stream.setEncoding('utf8');
  try {
    for await (const chunk of stream) text += String(chunk);
  } catch {
    // The child is gone; what it said until then is all there is.
  }
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Message);
}

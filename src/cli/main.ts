#!/usr/bin/env node
// The program `chainrule`: the process around `run`.

import { reasonOf } from './output/write-files.js';
import { run, UNREAD } from './run.js';
import { contextOf } from './context.js';
import { EXIT } from './errors.js';

const stopping = new AbortController();
const io = {
  ...{ stdout: process.stdout, stderr: process.stderr, stdin: () => process.stdin },
  ...{ env: process.env, signal: stopping.signal },
};
const argv = process.argv.slice(2);
let outputFailed = false;

// The first Ctrl-C, or the system's request to end, asks the command to stop; the second ends the process at once, as always.
for (const request of ['SIGINT', 'SIGTERM'] as const) process.once(request, () => stopping.abort());

// `chainrule lesson | head -1`: nobody reads on. A full disk behind `> file` deserves a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  stopping.abort(UNREAD);
  if (error.code === 'EPIPE' || outputFailed) return;
  outputFailed = true;
  const { text } = contextOf(argv, io);
  process.stderr.write(
    `${text('error.prefix')} ${text('error.stdout', { reason: reasonOf(error.code ?? error.message, text) })}\n`,
  );
  process.exitCode = EXIT.badInput;
});
process.stderr.on('error', () => stopping.abort(UNREAD));

const exitCode = await run(argv, io);
process.exitCode = outputFailed ? EXIT.badInput : exitCode;

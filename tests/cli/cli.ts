// Running the command line inside the test: what it writes, and its exit code.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { IO } from '../../src/cli/context.js';
import { run } from '../../src/cli/run.js';

/** What a run of the command line gave. */
export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The world that a test chooses. */
export interface World {
  readonly env?: IO['env'];
  readonly columns?: number;
  readonly signal?: AbortSignal;
  /** What is piped in; null for a pipe in which nothing comes. */
  readonly stdin?: string | null;
  /** Hears what is written to stdout as it comes. */
  readonly onWrite?: (text: string) => void;
}

/** Runs `chainrule` with these arguments, in English and with 80 columns unless told otherwise. */
export async function cli(argv: readonly string[], world: World = {}, runner = run): Promise<Result> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    columns: world.columns ?? 80,
    write: (text: string) => {
      written[name] += text;
      if (name === 'stdout') world.onWrite?.(text);
    },
  });
  const code = await runner(argv, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: () =>
      world.stdin === null ? new Readable({ read() {} }) : Readable.from([Buffer.from(world.stdin ?? '')]),
    env: world.env ?? {},
    signal: world.signal ?? new AbortController().signal,
  });
  return { code, ...written };
}

/** A folder of this test's own, gone after it; or after all tests of a file, with vitest's `afterAll`. */
export function temporaryFolder(after: (remove: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

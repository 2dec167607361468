// The program as a process of its own: what only shows there, Ctrl-C, broken pipes and exit codes.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './cli.js';
import { start } from './program.js';

const LONG = ['train', 'moons', '--epochs', '100000'];

test('Ctrl-C in the middle of training stops it with exit code 130 and no file', async () => {
  const out = join(temporaryFolder(), 'out');
  const child = start([...LONG, '--out', out]);
  await said(child, 'epoch      1/100000');
  child.kill('SIGINT');
  const { code, stderr } = await ended(child);
  expect(code).toBe(130);
  expect(stderr).toMatch(/^error: stopped in epoch \d+ of 100000 .*no file was written\n$/);
  expect(existsSync(out)).toBe(false);
});

test.each([[LONG], [['lesson']]])('a reader that stops reading ends %j quietly', async (argv) => {
  const child = start([...argv, '--out', join(temporaryFolder(), 'out')]);
  await once(child.stdout!, 'data');
  child.stdout!.destroy();
  expect(await ended(child)).toEqual({ code: 0, stderr: '' });
});

test.runIf(existsSync('/dev/full'))('a full disk behind stdout is said, with exit code 2', async () => {
  const child = start(['explain', '1+1'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
  expect(await ended(child)).toEqual({ code: 2, stderr: 'error: cannot write the output: no space left\n' });
});

test.each([
  [['explain', 'x*x', '--at', 'x=3', '--quiet'], 0, ''],
  [['explain', 'x*x'], 2, 'error: no value for x; give one, as in --at x=1\n'],
])('%j ends with exit code %i', async (argv, code, stderr) => {
  expect(await ended(start(argv))).toEqual({ code, stderr });
});

/** Waits until the program has written this. */
async function said(child: ChildProcess, words: string): Promise<void> {
  let text = '';
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes(words)) return;
  }
  throw new Error(`the program ended without saying ${words}; it said ${text}`);
}

/** Waits for the end. */
async function ended(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  let stderr = '';
  child.stderr!.on('data', (chunk) => (stderr += String(chunk)));
  child.stdout?.resume();
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

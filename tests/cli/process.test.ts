// The program as a process of its own: what only shows there, Ctrl-C, broken pipes and exit codes.

import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithEsbuild } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from './cli.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILD = join(ROOT, 'node_modules', '.cache', `chainrule-cli-${process.pid}`); // where its imports are found
const LONG = ['train', 'moons', '--epochs', '100000'];

beforeAll(async () => {
  await Promise.all(['src', 'lessons', 'exercises'].flatMap(sourcesIn).map(compile));
  writeFileSync(join(BUILD, 'package.json'), readFileSync(join(ROOT, 'package.json')));
}, 60_000);
afterAll(() => rmSync(BUILD, { recursive: true, force: true }));

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
  const child = start(['explain', '1+1'], ['ignore', openSync('/dev/full', 'w'), 'pipe']);
  expect(await ended(child)).toEqual({ code: 2, stderr: 'error: cannot write the output: no space left\n' });
});

test.each([
  [['explain', 'x*x', '--at', 'x=3', '--quiet'], 0, ''],
  [['explain', 'x*x'], 2, 'error: no value for x; give one, as in --at x=1\n'],
])('%j ends with exit code %i', async (argv, code, stderr) => {
  expect(await ended(start(argv))).toEqual({ code, stderr });
});

/** Starts the program, with no locale but English. */
function start(argv: readonly string[], stdio: StdioOptions = ['ignore', 'pipe', 'pipe']): ChildProcess {
  const main = join(BUILD, 'src', 'cli', 'main.js');
  const { PATH } = process.env;
  return spawn(process.execPath, [main, ...argv], { stdio, env: { PATH } });
}

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

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** JavaScript without type checks, which have their own place. */
async function compile(name: string): Promise<void> {
  const source = join(ROOT, name);
  const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source, { target: 'es2023' });
  const target = join(BUILD, name.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}

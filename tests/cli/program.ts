// The program as a process of its own: compiled once for a file of tests, and started from there.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithEsbuild } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import type { Result } from './cli.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where the compiled program lies: its imports are found from there. */
export const BUILD = join(ROOT, 'node_modules', '.cache', `chainrule-program-${process.pid}`);

/** Compiles the program before the tests of a file, without type checks, and removes it after them. */
export function compileProgram(): void {
  beforeAll(async () => {
    await Promise.all(['src', 'lessons', 'exercises'].flatMap(sourcesIn).map(compile));
    writeFileSync(join(BUILD, 'package.json'), readFileSync(join(ROOT, 'package.json')));
  }, 120_000);
  afterAll(() => rmSync(BUILD, { recursive: true, force: true }));
}

/** Starts the program, with no locale but English. */
export function start(argv: readonly string[], cwd?: string): ChildProcess {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, [join(BUILD, 'src', 'cli', 'main.js'), ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME },
    ...(cwd !== undefined && { cwd }),
  });
}

/** Runs the program to its end. */
export async function program(argv: readonly string[], cwd?: string): Promise<Result> {
  const child = start(argv, cwd);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (chunk: string) => (written[name] += chunk));
  }
  const code = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  return { code, ...written };
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

async function compile(name: string): Promise<void> {
  const source = join(ROOT, name);
  const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source, { target: 'es2023' });
  const target = join(BUILD, name.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}

// The program as JavaScript: started as a process of its own, or run inside the test.

import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformWithEsbuild } from 'vite';
import type * as Run from '../../src/cli/run.js';
import { madeFrom, ROOT } from '../cache.js';
import { cli, type Result, type World } from './cli.js';

const FOLDERS = ['src', 'lessons', 'exercises'];

/** Where the program lies, without type checks, which have their own place. */
export const BUILD = await madeFrom(
  [...FOLDERS, 'package.json', 'package-lock.json', 'tests/cli/program.ts'],
  'program',
  async (folder) => {
    await Promise.all(FOLDERS.flatMap(sourcesIn).map((name) => compile(name, folder)));
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  },
);

/** A module of that program, by its path with `.js`. */
export function built<Module>(path: string): Promise<Module> {
  return import(/* @vite-ignore */ join(BUILD, path)) as Promise<Module>;
}

/** How the program is started. */
interface Start {
  readonly cwd?: string;
  readonly stdio?: StdioOptions;
  /** Where the program lies. Default: `BUILD`. */
  readonly build?: string;
}

/** No locale but English. */
const { PATH, HOME } = process.env;
const ENV = { PATH, HOME };

/** Starts the program as a process of its own. */
export function start(
  argv: readonly string[],
  { cwd, stdio = ['ignore', 'pipe', 'pipe'], build = BUILD }: Start = {},
): ChildProcess {
  return spawn(process.execPath, [join(build, 'src', 'cli', 'main.js'), ...argv], {
    ...{ stdio, env: ENV },
    ...(cwd !== undefined && { cwd }),
  });
}

/** Runs the program to its end, in a process of its own. */
export async function program(argv: readonly string[], options?: Start): Promise<Result> {
  const child = start(argv, options);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (chunk: string) => (written[name] += chunk));
  }
  const code = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  return { code, ...written };
}

/** Runs the program inside the test, which takes half the time; what it starts are processes as always. */
export async function inside(argv: readonly string[], env: World['env'] = ENV): Promise<Result> {
  const { run } = await built<typeof Run>('src/cli/run.js');
  return cli(argv, { env }, run);
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

async function compile(name: string, folder: string): Promise<void> {
  const source = join(ROOT, name);
  const { code } = await transformWithEsbuild(readFileSync(source, 'utf8'), source, { target: 'es2023' });
  const target = join(folder, name.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}

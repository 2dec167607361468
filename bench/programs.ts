// Programs of other languages: which Python has a module, and C compiled on the spot.

import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Missing } from './link.js';

/** A file of bench/, from where this runs, bench/dist/bench/. */
export function sourceOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

const found = new Map<string, string>();

/** A Python that can import a module: that of the variable PYTHON, the system's, or the first on the path. */
export function pythonWith(module: string): string {
  const candidates = [process.env['PYTHON'] ?? [], '/usr/bin/python3', 'python3'].flat();
  const python =
    found.get(module) ?? candidates.find((each) => spawnSync(each, ['-c', `import ${module}`]).status === 0);
  if (python === undefined) throw new Missing(`no python3 here can import ${module}`);
  found.set(module, python);
  return python;
}

/** Compiles a C file of bench/ and gives the path of the program. */
export function compileC(path: string, ...options: readonly string[]): string {
  const program = join(mkdtempSync(join(tmpdir(), 'chainrule-bench-')), 'program');
  const { error, status, stderr } = spawnSync('cc', [...options, '-o', program, sourceOf(path), '-lm']);
  if (error) throw new Missing('there is no cc here');
  if (status !== 0) throw new Error(`cc: ${stderr}`);
  return program;
}

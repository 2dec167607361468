// What the tests of `chainrule check` have in common: learners' files, and the document that --json prints.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './cli.js';
import { inside } from './program.js';

/** The folder of learners' files. */
export const FILES = fileURLToPath(new URL('./files/', import.meta.url));

/** A finding as --json prints it. */
export interface FoundFinding {
  readonly cause: string;
  readonly severity: string;
  readonly export: string;
  readonly stage: string | null;
  readonly slot: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly source: string | null;
  readonly message: string;
  readonly correction: string | null;
}

/** The document that --json prints. */
export interface Checked {
  readonly code: number;
  readonly stderr: string;
  readonly verdict: string;
  readonly findings: readonly FoundFinding[];
  readonly exports: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly construction: string | null;
    readonly ignoredInputs: boolean;
    readonly reason: { readonly kind: string } | null;
  }[];
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
  readonly problem: { readonly kind: string; readonly line?: number | null; readonly message: string } | null;
  readonly output: string;
}

/** Runs `chainrule check … --json` and reads what it prints. A busy machine has a minute for it, if nothing else is asked for. */
export async function checked(...argv: readonly string[]): Promise<Checked> {
  const { code, stdout, stderr } = await inside(['check', '--timeout', '60', ...argv, '--json']);
  return { ...(JSON.parse(stdout) as Checked), code, stderr };
}

/** The verdict on each export. */
export function verdictsOf({ exports }: Checked): Record<string, string> {
  return Object.fromEntries(exports.map(({ name, verdict }) => [name, verdict]));
}

/** The errors among the findings, as `export: cause`. */
export function errorsOf({ findings }: Checked): string[] {
  return findings.flatMap(({ severity, cause, export: name }) =>
    severity === 'error' ? [`${name}: ${cause}`] : [],
  );
}

/** Writes files into a folder of this test's own, with no project around it, and gives the path of the first. */
export function learner(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return join(folder, Object.keys(files)[0]!);
}

// What a check found, as data.

import type { Context } from '../context.js';
import { nameOf, problemInWords, type Run } from './problems.js';
import type { Outcome } from './run-file.js';
import type { ExportResult } from './task.js';

/** The verdict on a file. */
export type Overall = 'right' | 'wrong' | 'cannot tell' | 'could not run';

/**
 * `could not run` where the file was not run to its end. Else `wrong` if any export is. Without a wrong one, an export that could
 * not be checked makes it `could not run`, and one that there is no telling of `cannot tell`.
 */
export function overallOf({ exports, problem }: Outcome): Overall {
  const verdicts = exports.map(({ verdict }) => verdict);
  const isPartly = problem?.kind === 'threw' && problem.partly;
  if (problem && !isPartly) return 'could not run';
  if (verdicts.includes('wrong')) return 'wrong';
  if (problem || verdicts.includes('could not run')) return 'could not run';
  return verdicts.includes('cannot tell') ? 'cannot tell' : 'right';
}

/** The data that `--json` prints. */
export function dataOf(outcome: Outcome, run: Run, context: Context): Record<string, unknown> {
  const { exports, skipped, files, problem, output } = outcome;
  return {
    file: run.path,
    verdict: overallOf(outcome),
    findings: exports
      .flatMap((result) => findingsOf(result, run))
      .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity)),
    exports: exports.map(({ findings: _, reason, ...rest }) => ({ ...rest, reason })),
    skipped,
    problem: problem && {
      ...withoutLines(problem, run),
      message: problemInWords(problem, run, context).message,
    },
    files: files.map((file) => nameOf(file, run.path)),
    output,
  };
}

const ORDER = ['error', 'doubt', 'warning', 'note'];

function findingsOf({ name, findings }: ExportResult, run: Run) {
  return findings.map(({ cause, stage, slot, severity, message, correction, place, stack: _, ...rest }) => ({
    cause,
    severity,
    export: name,
    stage,
    slot,
    file: place && nameOf(place.file, run.path),
    line: place?.line ?? null,
    column: place?.column ?? null,
    endLine: place?.endLine ?? null,
    endColumn: place?.endColumn ?? null,
    function: place?.within ?? null,
    source: place ? (place.lines[place.line - place.firstLine] ?? null) : null,
    message,
    correction,
    ...rest,
  }));
}

/** A problem with its place as file, line and column. */
function withoutLines<P extends object>(problem: P, run: Run): object {
  const { place = null, ...rest } = problem as {
    place?: { file: string; line: number; column: number } | null;
  };
  return {
    ...rest,
    file: place && nameOf(place.file, run.path),
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
}

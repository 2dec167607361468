// Running `check` over the corpus: which verdicts are right, and which causes are named.

import { check, type Verdict } from '../../../src/check/index.js';
import { corpus, type Entry, type Expected } from './index.js';

/** How one right or wrong piece of code came out. */
export interface Outcome {
  readonly name: string;
  /** The planted bug, or the right way to write it. */
  readonly what: string;
  readonly isWrong: boolean;
  readonly verdict: Verdict;
  readonly expected: readonly string[];
  /** Causes of the errors found, the first one reported first. */
  readonly named: readonly string[];
  readonly message: string;
  readonly milliseconds: number;
}

/** Checks everything in the corpus, or the entries whose name contains a text. */
export function measure(filter = ''): Outcome[] {
  return corpus
    .filter(({ name }) => name.includes(filter))
    .flatMap((entry) => [
      outcomeOf(entry, 'right', false, []),
      ...entry.variants.map((variant) => outcomeOf(entry, variant, false, [])),
      ...Object.entries(entry.bugs).map(([bug, expected]) => outcomeOf(entry, bug, true, listOf(expected))),
    ]);
}

/** Whether the verdict is that of the code. */
export function isJudged({ isWrong, verdict }: Outcome): boolean {
  return verdict === (isWrong ? 'wrong' : 'right');
}

/** Whether one of the expected causes is among those named, and nothing false before it. */
export function isNamed({ expected, named }: Outcome): boolean {
  return (
    named.some((cause) => expected.includes(cause)) && named.every((cause) => isTolerable(cause, expected))
  );
}

/** Whether there is a cause to be named. */
export function hasCause({ isWrong, expected }: Outcome): boolean {
  return isWrong && !expected.includes('unexplained');
}

/** What is said where no mistake was made out: true, but no cause. */
const SYMPTOMS = ['unexplained', 'wrong-shape', 'constant-gradient'];

/** A cause that is not the expected one. */
export function isFalselyNamed({ isWrong, expected, named }: Outcome): boolean {
  return isWrong && named.some((cause) => !isTolerable(cause, expected));
}

function isTolerable(cause: string, expected: readonly string[]): boolean {
  return expected.includes(cause) || SYMPTOMS.includes(cause);
}

function listOf(expected: Expected): readonly string[] {
  return typeof expected === 'string' ? [expected] : expected;
}

function outcomeOf(entry: Entry, what: string, isWrong: boolean, expected: readonly string[]): Outcome {
  const start = performance.now();
  const report = check(entry.make(what), { inputs: entry.inputs, name: entry.name });
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  return {
    name: entry.name,
    ...{ what, isWrong, expected },
    verdict: report.verdict,
    named: [...new Set(errors.map(({ cause }) => cause))],
    message: (errors[0] ?? report.findings[0])?.message ?? '',
    milliseconds: performance.now() - start,
  };
}

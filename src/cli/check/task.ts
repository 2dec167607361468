// What the command and the child process that runs the learner's file say to each other.

import type { CheckOptions, Finding, SlotResult, Verdict } from '../../index.js';

/** What the child is asked to do. It comes as JSON in its arguments. */
export interface Task {
  /** The learner's file, as an absolute path. */
  readonly file: string;
  readonly language: 'javascript' | 'python';
  /** The exports to check; none: all that can be checked. */
  readonly only: readonly string[];
  /** What goes into `forward`, or null to let the check find inputs. */
  readonly inputs: NonNullable<CheckOptions['inputs']> | null;
  /** What goes into constructors that want something, or null to guess. */
  readonly args: readonly unknown[] | null;
  /** Seconds that the file has, from when it is loaded. */
  readonly timeout: number;
  /** Megabytes that the file may use on top of what Chainrule needs itself. */
  readonly memory: number;
}

/** A place in a learner's file. Lines and columns count from 1; the end is the first column after it. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** `BCELoss.call`, or null outside of any function. */
  readonly within: string | null;
  /** The lines from `firstLine` on, with what stands around the place. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/** A finding, and the place in the learner's code that it is about. */
export type PlacedFinding = Finding & { readonly place: Place | null };

/** Why an export could not be checked. */
export type Reason =
  | { readonly kind: 'needs-arguments'; readonly names: readonly string[] }
  | { readonly kind: 'constructor-throws'; readonly error: string; readonly place: Place | null }
  | { readonly kind: 'recursion'; readonly place: Place | null }
  /** None were given, and what was tried does not fit. `error`: what forward threw at the plainest. */
  | { readonly kind: 'no-inputs'; readonly error: string | null }
  /** What `check` itself says. */
  | { readonly kind: 'refused'; readonly message: string };

/** How the check of one export came out. */
export interface ExportResult {
  readonly name: string;
  readonly kind: CandidateKind;
  /** `new Affine(3, 2)` where arguments were guessed or given, else null. */
  readonly construction: string | null;
  readonly verdict: Verdict | 'could not run';
  readonly reason: Reason | null;
  readonly slots: readonly SlotResult[];
  readonly findings: readonly PlacedFinding[];
  readonly probes: number;
  readonly chanceOfMiss: number;
  /** Whether inputs were given but do not fit this export, which was checked with others. */
  readonly ignoredInputs: boolean;
}

/** What a checkable export is. */
export type CandidateKind = 'class' | 'object' | 'chain' | 'pair' | 'function';

/** An export that is left out, and why. */
export interface Skipped {
  readonly name: string;
  /** `class`, `function`, or the type of its value. */
  readonly what: string;
  readonly why: 'no-passes' | 'no-backward' | 'no-derivative' | 'base-class' | 'no-code' | 'same-class';
}

/** Why a file could not be run to its end. */
export type Problem =
  /** The file threw while it was loaded. `partly`: what it defines could be checked all the same. */
  | { readonly kind: 'threw'; readonly error: string; readonly place: Place | null; readonly partly: boolean }
  | { readonly kind: 'recursion'; readonly place: Place | null }
  | { readonly kind: 'rejected'; readonly error: string; readonly place: Place | null }
  | { readonly kind: 'syntax'; readonly error: string; readonly place: Place | null }
  | { readonly kind: 'exit'; readonly code: number; readonly place: Place | null }
  | { readonly kind: 'time'; readonly place: Place | null }
  | { readonly kind: 'memory'; readonly place: Place | null }
  | { readonly kind: 'output'; readonly place: Place | null }
  /** A top-level `await` for something that never comes. */
  | { readonly kind: 'waits' }
  /** `printed`: the last that was heard of it. */
  | { readonly kind: 'ended'; readonly how: string; readonly printed?: string }
  | {
      readonly kind: 'nothing-to-check';
      readonly found: readonly Skipped[];
      /** What is defined and would count, but is not exported. */
      readonly hidden: readonly string[];
    }
  | { readonly kind: 'no-export'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'python-missing'; readonly command: string }
  | { readonly kind: 'python-old'; readonly command: string; readonly version: string }
  | { readonly kind: 'numpy-missing'; readonly command: string };

/** A line from the child. */
export type Message =
  | { readonly type: 'loaded'; readonly files: readonly string[]; readonly skipped: readonly Skipped[] }
  | { readonly type: 'export'; readonly result: ExportResult }
  | { readonly type: 'problem'; readonly problem: Problem }
  | { readonly type: 'done' };

/** Megabytes that a file may print: a check prints nothing, so this is what comes while it is loaded. */
export const MOST_OUTPUT = 5;

/** The child's file descriptors: what it reports on, and the link to Python. */
export const REPORT_FD = 3;
export const PYTHON_FD = 4;

// What the page and the worker that runs a learner's code say to each other.

import type { Judgement, PartJudgement, Problem } from '../../exercises/index.js';
import type { Finding, SlotResult, Verdict } from '../../src/index.js';

/** What is to be done with a learner's text. `inputs` is what the learner typed as a list of arguments; empty where check chooses. */
export type Task =
  | { readonly kind: 'check'; readonly source: string; readonly inputs: string }
  | { readonly kind: 'exercise'; readonly source: string; readonly name: string };

/** What a worker tells on the way, and at last. `running` is the learner's own top level, `checking` its passes. */
export type Told =
  { readonly kind: 'phase'; readonly phase: Phase } | { readonly kind: 'outcome'; readonly outcome: Outcome };

/** Where a run is. */
export type Phase = 'running' | 'checking';

/** A line of the learner's text, from 1; null where none is to blame. */
export type Line = number | null;

/** A finding, and the line that it is about. */
export type PlacedFinding = Finding & { readonly line: Line };

/** How one export came out. */
export type Result =
  | {
      readonly kind: 'report';
      readonly name: string;
      readonly verdict: Verdict;
      readonly slots: readonly SlotResult[];
      readonly findings: readonly PlacedFinding[];
    }
  /** Why there is no report, in the library's or the learner's own words. */
  | { readonly kind: 'refused'; readonly name: string; readonly message: string; readonly line: Line }
  /** No inputs were typed, and none of those that were tried fit; what it ended in with plain numbers. */
  | { readonly kind: 'no-inputs'; readonly name: string; readonly error: string | null; readonly line: Line }
  /** A class of which there is no object, and whose constructor wants arguments. */
  | { readonly kind: 'unmade'; readonly name: string; readonly line: Line };

/** What is wrong with an answer to an exercise, and the line that it is about. */
export type PlacedProblem = WithoutSubject<Problem> & { readonly line: Line };

type WithoutSubject<P> = P extends unknown ? Omit<P, 'subject'> : never;

/** A judgement with lines. */
export type PlacedPart = Omit<PartJudgement, 'problems'> & { readonly problems: readonly PlacedProblem[] };
export type PlacedJudgement = Omit<Judgement, 'parts'> & { readonly parts: readonly PlacedPart[] };

/** What came of a task. */
export type Outcome =
  | { readonly kind: 'checked'; readonly results: readonly Result[]; readonly printed: Printed }
  | { readonly kind: 'judged'; readonly judgement: PlacedJudgement; readonly printed: Printed }
  /** The text is no TypeScript. */
  | { readonly kind: 'syntax'; readonly message: string; readonly line: Line }
  /** It imports what is not here. */
  | { readonly kind: 'import'; readonly specifier: string; readonly line: Line }
  /** Its top level throws. */
  | { readonly kind: 'threw'; readonly message: string; readonly line: Line; readonly printed: Printed }
  /** What was typed as inputs is no list of numbers. */
  | { readonly kind: 'inputs'; readonly message: string };

/** The first lines that the code has printed. */
export type Printed = readonly string[];

/** Seconds that a learner's code may take. */
export const LIMIT = 10;

/** What came of a run, or why nothing did. */
export type Ended =
  | Outcome
  /** It was still in this phase when its time was up; the line is that of the loop, if there is but one that may go on. */
  | { readonly kind: 'time'; readonly phase: Phase; readonly line: Line }
  | { readonly kind: 'stopped' }
  /** It has filled all the memory that a browser gives; the line is as above. */
  | { readonly kind: 'memory'; readonly line: Line }
  /** The worker itself failed, with the browser's words. */
  | { readonly kind: 'broke'; readonly message: string };

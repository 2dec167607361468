// What the exercise commands and the child process that runs a learner's or a teacher's file say to each other.

import type { Judgement, PartJudgement, Problem } from '../../../exercises/index.js';
import type { Limited } from '../check/limited-process.js';
import type { Place, Problem as FileProblem } from '../check/task.js';
import type { Outline } from './outline.js';

/** What the child is asked to do. `source` is a teacher's file or folder, as an absolute path; null for Chainrule's own exercises. */
export type Request =
  | { readonly kind: 'outlines'; readonly source: string }
  /** Judge a learner's file, an absolute path, as an answer to the exercise of this name. */
  | { readonly kind: 'judge'; readonly source: string | null; readonly file: string; readonly name: string };

/** The request with its limits, as it comes in JSON in the child's arguments. */
export type ChildTask = Request & Limited;

/** What is wrong with an answer, and the line that it is about. */
export type PlacedProblem = WithoutSubject<Problem> & { readonly place: Place | null };

type WithoutSubject<P> = P extends unknown ? Omit<P, 'subject'> : never;

/** A part of a judgement with places. */
export type PlacedPart = Omit<PartJudgement, 'problems'> & { readonly problems: readonly PlacedProblem[] };

/** A judgement with places. */
export type PlacedJudgement = Omit<Judgement, 'parts'> & { readonly parts: readonly PlacedPart[] };

/** What the child answers. */
export type ChildMessage =
  | { readonly type: 'outlines'; readonly outlines: readonly Outline[] }
  | { readonly type: 'judgement'; readonly judgement: PlacedJudgement }
  /** A file could not be run: this one, or the one that was asked about. */
  | { readonly type: 'problem'; readonly problem: FileProblem; readonly file?: string }
  /** A teacher's exercise is not complete, or its reference is wrong. */
  | { readonly type: 'faulty'; readonly message: string };

// Small changes to the text of a backward pass, each of which undoes one mistake that people make.

import type { Cause } from '../hypotheses/index.js';
import { brackets } from './brackets.js';
import { CodeText, type Known } from './code-text.js';
import { missingFactors, superfluousFactors } from './factors.js';
import { matrices } from './matrices.js';
import { loopStarts } from './loops.js';
import { complements, namesForNumbers, numbers, otherFunctions, otherOperands } from './operands.js';
import { assignments, comparisons, signs } from './signs.js';
import { missingTerms, superfluousTerms } from './terms.js';
import type { Language } from './tokens.js';

/** A change to a text. */
export interface Edit {
  /** What stands in the place of which part, in order. */
  readonly changes: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  /** The mistake that it undoes. */
  readonly cause: Cause;
  /** That mistake in words: `the factor x is missing`. */
  readonly mistake: string;
}

/** A text with the changes of an edit carried out. */
export function edited(source: string, changes: Edit['changes']): string {
  let text = '';
  let from = 0;
  for (const { start, end, text: by } of changes) {
    text += source.slice(from, start) + by;
    from = end;
  }
  return text + source.slice(from);
}

/** The kinds of edits, the plainest first. */
const KINDS = [
  ...[comparisons, signs, superfluousFactors, assignments, loopStarts, brackets, matrices, numbers],
  ...[otherOperands, complements, otherFunctions, missingFactors, superfluousTerms, missingTerms],
  namesForNumbers,
];

/** All edits of a function's text. */
export function* editsOf(source: string, language: Language, known?: Known): Generator<Edit> {
  const code = new CodeText(source, language, known);
  for (const kind of KINDS) yield* kind(code);
}

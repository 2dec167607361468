// Exercises as the command line shows them: without the reference, which stays where it is run.

import type { ExerciseFile } from '../../../exercises/index.js';

/** What may be shown of an exercise. */
export type Outline = Pick<ExerciseFile, 'name' | 'title' | 'text' | 'skeleton' | 'helpers' | 'hints'>;

/** An exercise in its collection. */
export interface Listed extends Outline {
  /** Its place, from 1. */
  readonly number: number;
  /** The teacher's file or folder that it comes from, as an absolute path; null for those of Chainrule. */
  readonly source: string | null;
}

/** What may be shown, and nothing else. */
export function outlineOf({ name, title, text, skeleton, helpers, hints }: ExerciseFile): Outline {
  return { name, title, text, skeleton, ...(helpers !== undefined && { helpers }), hints };
}

// The file that a learner fills in: the text as a comment, then the skeleton. And the way back, from a file to its exercise.

import { wordsIn } from '../../../exercises/index.js';
import type { Context } from '../context.js';
import { commentOf } from './markdown.js';
import type { Listed } from './outline.js';

/** The content of the file that `start` writes. */
export function learnerFile(exercise: Listed, file: string, { text, language }: Context): string {
  const { name, title, skeleton, helpers } = exercise;
  const comment = [
    wordsIn(language, title),
    '',
    ...commentOf(wordsIn(language, exercise.text)),
    '',
    text('exercise.written.check', { path: file }),
    text('exercise.written.hint', { name }),
    `@exercise ${name}`,
  ];
  const parts = [
    comment.map((line) => `// ${line}`.trimEnd()).join('\n'),
    skeleton,
    ...(helpers ? [helpers] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The exercise that a file says it is for, or null. */
export function exerciseNamedIn(content: string): string | null {
  return /^\/\/ @exercise (\S+)\s*$/m.exec(content)?.[1] ?? null;
}

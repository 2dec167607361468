// What the exercise commands show, as blocks of a document.

import { wordsIn } from '../../../exercises/index.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import { blocksOf } from './markdown.js';
import type { Listed } from './outline.js';
import { entryOf, type Progress } from './progress.js';

/** All exercises of a collection, and how far the learner has come. */
export function listView(exercises: readonly Listed[], progress: Progress, context: Context): Block[] {
  const { text, language } = context;
  const rows = exercises.map((exercise) => [
    String(exercise.number),
    markOf(exercise, progress),
    exercise.name,
    wordsIn(language, exercise.title),
  ]);
  const solved = exercises.filter((exercise) => entryOf(progress, exercise).solved !== null).length;
  return [
    {
      kind: 'table',
      head: ['', '', text('exercise.list.name'), text('exercise.list.title')],
      rows,
    },
    { kind: 'text', text: text('exercise.list.solved', { solved, count: exercises.length }) },
  ];
}

function markOf(exercise: Listed, progress: Progress): string {
  const { solved, started } = entryOf(progress, exercise);
  if (solved !== null) return '✓';
  return started === null ? '' : '…';
}

/** The text of an exercise, and the hints that were taken. */
export function exerciseView(exercise: Listed, progress: Progress, context: Context): Block[] {
  const { text, language } = context;
  const { file, solved, hints } = entryOf(progress, exercise);
  const taken = exercise.hints.slice(0, hints).map((hint) => wordsIn(language, hint));
  const facts: [string, string][] = [
    ...(file === null ? [] : [[text('exercise.show.file'), file] satisfies [string, string]]),
    ...(solved === null
      ? []
      : [[text('exercise.show.solved'), solved.slice(0, 10)] satisfies [string, string]]),
  ];
  return [
    { kind: 'title', text: `${exercise.number} · ${wordsIn(language, exercise.title)}` },
    ...blocksOf(wordsIn(language, exercise.text)),
    ...(taken.length > 0
      ? [{ kind: 'list', heading: text('exercise.show.hints'), items: taken } as const]
      : []),
    ...(facts.length > 0 ? [{ kind: 'facts', facts } as const] : []),
  ];
}

/** What a program learns of an exercise. */
export function summaryOf(exercise: Listed, progress: Progress, { language }: Context): object {
  const { name, number, title, hints } = exercise;
  const { file, started, solved, hints: taken } = entryOf(progress, exercise);
  return {
    number,
    name,
    title: wordsIn(language, title),
    file,
    started,
    solved,
    hints: { count: hints.length, taken: hints.slice(0, taken).map((hint) => wordsIn(language, hint)) },
  };
}

/** After a right answer: what comes next. */
export function nextView(solved: Listed, next: Listed | undefined, { text, language }: Context): Block[] {
  const then = next
    ? text('exercise.check.next', { name: next.name, title: wordsIn(language, next.title) })
    : text('exercise.solvedAll');
  return [
    { kind: 'text', text: text('exercise.check.right', { name: solved.name }) },
    { kind: 'text', text: then },
  ];
}

/** After an answer that is not right: that there is a hint, as long as there is. */
export function stuckView({ name, hints, source }: Listed, progress: Progress, { text }: Context): Block[] {
  const { hints: taken } = entryOf(progress, { name, source });
  return taken < hints.length ? [{ kind: 'text', text: text('exercise.check.stuck', { name }) }] : [];
}

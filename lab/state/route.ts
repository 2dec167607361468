// Which page an address names: everything after the # is ours, so that any static server will do.

/** The lessons, by number. */
export const LESSONS = [1, 2, 3, 4] as const;

/** The number of a lesson. */
export type LessonNumber = (typeof LESSONS)[number];

/**
 * The lesson that a hash names; the first where it names none.
 *
 * @example
 * lessonOf('#/lesson/3'); // 3
 */
export function lessonOf(hash: string): LessonNumber {
  const number = Number(/^#\/lesson\/(\d+)$/.exec(hash)?.[1]);
  return LESSONS.find((lesson) => lesson === number) ?? 1;
}

/** The hash of a lesson. */
export function hashOf(lesson: LessonNumber): string {
  return `#/lesson/${lesson}`;
}

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

/** The hash of the playground; what follows it after a slash is its state. */
export const PLAYGROUND = '#/playground';

/** Whether a hash names the playground. */
export function isPlayground(hash: string): boolean {
  return hash === PLAYGROUND || hash.startsWith(`${PLAYGROUND}/`);
}

/** The hash of the check page; what follows it after a slash is the name of an example or exercise. */
export const CHECK = '#/check';

/** Whether a hash names the check page. */
export function isCheck(hash: string): boolean {
  return hash === CHECK || hash.startsWith(`${CHECK}/`);
}

/**
 * The example or exercise that a hash of the check page names; null where it names none.
 *
 * @example
 * checkNameOf('#/check/sigmoid'); // 'sigmoid'
 */
export function checkNameOf(hash: string): string | null {
  return isCheck(hash) ? hash.slice(CHECK.length + 1) || null : null;
}

// Undo and redo of settings: values that never change, in a row.

/** The most values that are kept. */
const MOST = 100;

/** Where one stands in the row of values. */
export interface Undo<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  /** What the last change was to; another change to the same takes its place. */
  readonly subject: string | null;
}

/** A row of one value. */
export function undoOf<T>(now: T): Undo<T> {
  return { past: [], now, future: [], subject: null };
}

/**
 * The row with a new value at its end. A change to the same subject as the one before, such as a slider under way, is one change
 * with it; `null` is never the same.
 *
 * @example
 * back(change(change(undoOf(1), 2, 'a'), 3, 'a')).now; // 1
 */
export function change<T>(undo: Undo<T>, now: T, subject: string | null = null): Undo<T> {
  const goesOn = subject !== null && subject === undo.subject && undo.past.length > 0;
  const past = goesOn ? undo.past : [...undo.past, undo.now].slice(-MOST);
  return { past, now, future: [], subject };
}

/** The row one value back; itself at the beginning. */
export function back<T>({ past, now, future }: Undo<T>): Undo<T> {
  if (past.length === 0) return { past, now, future, subject: null };
  return { past: past.slice(0, -1), now: past.at(-1)!, future: [now, ...future], subject: null };
}

/** The row one value on; itself at the end. */
export function on<T>({ past, now, future }: Undo<T>): Undo<T> {
  const [next, ...rest] = future;
  if (future.length === 0) return { past, now, future, subject: null };
  return { past: [...past, now], now: next!, future: rest, subject: null };
}

// What the browser keeps of a learner's work: texts, hints taken, what is solved. Without it everything works; losing it is a pity.

/** What is known of one example or exercise. */
export interface Entry {
  /** The learner's text; null where it is the one to start from. */
  readonly source: string | null;
  /** Hints that were shown. */
  readonly hints: number;
  /** Whether an answer was once right. */
  readonly solved: boolean;
}

/** Entries by the name of their example or exercise. */
export interface Progress {
  /** What was open last. */
  readonly last: string | null;
  readonly entries: Readonly<Record<string, Entry>>;
}

/** Nothing yet. */
export const NOTHING: Progress = { last: null, entries: {} };

const UNTOUCHED: Entry = { source: null, hints: 0, solved: false };

/** What is known of one; of a new one nothing. */
export function entryOf({ entries }: Progress, name: string): Entry {
  return Object.hasOwn(entries, name) ? entries[name]! : UNTOUCHED;
}

/** The progress with a change of one entry. */
export function changed(progress: Progress, name: string, change: Partial<Entry>): Progress {
  return {
    ...progress,
    entries: { ...progress.entries, [name]: { ...entryOf(progress, name), ...change } },
  };
}

/** How many of these are solved. */
export function solvedOf(progress: Progress, names: readonly string[]): number {
  return names.filter((name) => entryOf(progress, name).solved).length;
}

/**
 * Reads what `JSON.stringify` wrote. What makes no sense is left out: nothing, if it is no JSON at all.
 *
 * @example
 * readProgress('{"last":"sigmoid","entries":{}}').last; // 'sigmoid'
 */
export function readProgress(text: string | null): Progress {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return NOTHING;
  }
  if (!isRecord(value) || !isRecord(value['entries'])) return NOTHING;
  const entries = Object.entries(value['entries']).filter((pair): pair is [string, Entry] =>
    isEntry(pair[1]),
  );
  const last = value['last'];
  return { last: typeof last === 'string' ? last : null, entries: Object.fromEntries(entries) };
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false;
  const { source, hints, solved } = value;
  const isText = source === null || typeof source === 'string';
  return (
    isText &&
    typeof hints === 'number' &&
    Number.isInteger(hints) &&
    hints >= 0 &&
    typeof solved === 'boolean'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

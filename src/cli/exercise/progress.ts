// A learner's progress: one JSON file, read whole, written whole. Exercises work without it; losing it is a pity and no more.

import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { toJSON } from '../output/history-files.js';
import { reasonOf, writeOneFile } from '../output/write-files.js';
import { dataFolder } from './home.js';

/** What is known of one exercise. */
export interface Entry {
  /** The learner's file, as an absolute path. */
  readonly file: string | null;
  /** The teacher's file or folder that the exercise comes from; null for those of Chainrule. */
  readonly source: string | null;
  readonly name: string;
  /** Hints that were shown. */
  readonly hints: number;
  /** When it was begun and solved, in ISO 8601. */
  readonly started: string | null;
  readonly solved: string | null;
}

/** The whole file. */
export interface Progress {
  /** The key of the exercise that was begun or checked last. */
  readonly last: string | null;
  readonly exercises: Readonly<Record<string, Entry>>;
}

const NOTHING: Progress = { last: null, exercises: {} };

/** How the file calls an exercise: by its name, and a teacher's by where it comes from as well. */
export function keyOf({ source, name }: Pick<Entry, 'source' | 'name'>): string {
  return source === null ? name : `${source}#${name}`;
}

/** What is known of an exercise; nothing yet if it was not begun. */
export function entryOf(progress: Progress, exercise: Pick<Entry, 'source' | 'name'>): Entry {
  const { source, name } = exercise;
  return (
    progress.exercises[keyOf(exercise)] ?? { source, name, file: null, hints: 0, started: null, solved: null }
  );
}

/** Reads the file. One that is damaged is set aside, under another name beside it. The reader is told of whatever goes wrong. */
export async function readProgress(context: Context): Promise<Progress> {
  const { progress, remark } = await load(context);
  if (remark !== null) context.stderr.write(`${remark}\n`);
  return progress;
}

/**
 * Changes what is known of one exercise, and makes it the last one. The file is read again before, so that what another command
 * wrote meanwhile stays. Where it cannot be written the reader is told, and nothing else happens.
 */
export async function record(
  exercise: Pick<Entry, 'source' | 'name'>,
  change: (entry: Entry) => Partial<Entry>,
  context: Context,
): Promise<void> {
  const { progress, isLost } = await load(context);
  if (isLost) return; // a file that cannot be read must not be written over
  const key = keyOf(exercise);
  const entry = entryOf(progress, exercise);
  const next = {
    version: 1,
    last: key,
    exercises: { ...progress.exercises, [key]: { ...entry, ...change(entry) } },
  };
  try {
    await writeOneFile(pathOf(context), `${toJSON(next)}\n`, context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    context.stderr.write(`${context.text('exercise.progress.unwritten', { reason: error.message })}\n`);
  }
}

function pathOf(context: Context): string {
  return join(dataFolder(context), 'exercises.json');
}

interface Loaded {
  readonly progress: Progress;
  /** What the reader should know. */
  readonly remark: string | null;
  /** Whether there is a file whose content is out of reach. */
  readonly isLost: boolean;
}

async function load(context: Context): Promise<Loaded> {
  const { text } = context;
  const path = pathOf(context);
  const unreadable = (error: unknown): Loaded => {
    const reason = reasonOf((error as NodeJS.ErrnoException).code ?? String(error), text);
    return {
      progress: NOTHING,
      remark: text('exercise.progress.unreadable', { path, reason }),
      isLost: true,
    };
  };
  try {
    const progress = parse(await readFile(path, 'utf8'));
    if (progress) return { progress, remark: null, isLost: false };
  } catch (error) {
    const isNew = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isNew ? { progress: NOTHING, remark: null, isLost: false } : unreadable(error);
  }
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    return unreadable(error);
  }
  return { progress: NOTHING, remark: text('exercise.progress.damaged', { path, aside }), isLost: false };
}

/** The progress, or null if the content is no such thing. An entry that makes no sense is left out. */
function parse(content: string): Progress | null {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return null;
  }
  if (!isRecord(value) || !isRecord(value['exercises'])) return null;
  const entries = Object.entries(value['exercises']).filter((pair): pair is [string, Entry] =>
    isEntry(pair[1]),
  );
  const last = value['last'];
  return { last: typeof last === 'string' ? last : null, exercises: Object.fromEntries(entries) };
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false;
  const isText = (item: unknown): boolean => item === null || typeof item === 'string';
  const { file, source, name, hints, started, solved } = value;
  return typeof name === 'string' && Number.isInteger(hints) && [file, source, started, solved].every(isText);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Writing files whole or not at all: each under a temporary name beside its place, all of them before the first is moved there.

import { mkdir, mkdtemp, open, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import type { TextKey } from '../texts/index.js';

/** Throws a `UsageError` unless files can be written to a folder; leaves no trace. For the start of a long command. */
export async function checkFolder(folder: string, context: Context): Promise<void> {
  await explained(folder, context, async () => {
    let nearest = resolve(folder);
    while (!(await exists(nearest)) && dirname(nearest) !== nearest) nearest = dirname(nearest);
    await rmdir(await mkdtemp(join(nearest, '.chainrule-')));
  });
}

/** What is in a file: at once, or piece by piece. */
type Content = string | Uint8Array | AsyncIterable<string>;

/**
 * Writes files into a folder, which is made if need be, and gives their paths. Until all of them are on the disk none is in its
 * place; if one cannot be written, or the user stops the command, what was begun is removed.
 */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, Content>>,
  context: Context,
): Promise<string[]> {
  const made = await explained(folder, context, () => mkdir(folder, { recursive: true }));
  const prepared: { readonly temporary: string; readonly path: string }[] = [];
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      const temporary = await explained(path, context, () => prepare(path, content));
      if (temporary !== null) prepared.push({ temporary, path });
      context.checkpoint();
    }
    for (const { temporary, path } of prepared) {
      await explained(path, context, async () => rename(temporary, await placeOf(path)));
    }
  } catch (error) {
    for (const { temporary } of prepared) await rm(temporary, { force: true });
    if (made !== undefined) await removeEmpty(folder, made);
    throw error;
  }
  return Object.keys(files).map((name) => join(folder, name));
}

/** Writes one file, as `writeFiles` does. */
export async function writeOneFile(path: string, content: Content, context: Context): Promise<void> {
  await writeFiles(dirname(path), { [basename(path)]: content }, context);
}

/** The content under a temporary name; null for a device or a pipe, which takes it at once. */
async function prepare(path: string, content: Content): Promise<string | null> {
  const place = await placeOf(path);
  const existing = await stat(place).catch(() => null);
  if (existing?.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  if (existing && !existing.isFile()) {
    await writeFile(place, content);
    return null;
  }
  const temporary = join(dirname(place), `.${basename(place)}.${process.pid}.tmp`);
  const file = await open(temporary, 'w');
  try {
    await writeFile(file, content);
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return temporary;
}

/** Where a path leads: a link to a file stays a link, and the file it names is replaced. */
async function placeOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
}

/** Removes the folders that were made, as long as they are empty. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  for (let path = resolve(folder); path.startsWith(resolve(first)); path = dirname(path)) {
    await rmdir(path).catch(() => {});
  }
}

/** Runs, and says in the reader's language why something cannot be written. */
async function explained<T>(path: string, { text }: Context, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    throw new UsageError(text('error.write', { path, reason: reasonOf(code, text) }));
  }
}

/** Why the system refused, in words where there are any. */
export function reasonOf(code: string, text: Context['text']): string {
  const keys: readonly string[] = REASONS;
  return keys.includes(code)
    ? text(`error.write.${code as (typeof REASONS)[number]}` satisfies TextKey)
    : code;
}

const REASONS = [
  'ENOENT',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'ENAMETOOLONG',
] as const;

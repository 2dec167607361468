// What many tests need and takes long to make, kept in node_modules/.cache until one of its sources changes.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where it is kept: files there find the packages that they import. */
export const CACHE = join(ROOT, 'node_modules', '.cache', 'chainrule');

const HOUR = 3_600_000; // milliseconds

/** A folder that `make` fills, made from files and folders of the project. */
export async function madeFrom(
  sources: readonly string[],
  name: string,
  make: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(CACHE, `${name}-${hashOf(sources)}`);
  await madeOnce(folder, make);
  utimesSync(folder, new Date(), new Date());
  for (const other of readdirSync(CACHE)) {
    const path = join(CACHE, other);
    if (path === folder || !(other.startsWith(`${name}-`) || other.startsWith('unfinished-'))) continue;
    const isOld = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > HOUR;
    if (isOld) rmSync(path, { recursive: true, force: true }); // others may be in use by another run
  }
  return folder;
}

/** Makes a folder under another name and then gives it its own, so that it is whole wherever it is seen. */
export async function madeOnce(folder: string, make: (folder: string) => Promise<unknown>): Promise<void> {
  if (existsSync(folder)) return;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(join(CACHE, 'unfinished-'));
  try {
    await make(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // another run has made it meanwhile
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Changes with anything in these files and folders. */
function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(ROOT, source);
    const names = statSync(path).isFile()
      ? ['']
      : readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
    for (const file of names.map((name) => join(path, name)).filter((file) => statSync(file).isFile())) {
      hash.update(file).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

// Running something again whenever a file is saved.

import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

const SETTLE = 80; // milliseconds: editors write a file in several steps

/**
 * Runs, and runs again after each change of the files that the run gave back, until the signal is aborted. A change during a run
 * starts another after it.
 */
export async function rerunOnChange(
  run: () => Promise<readonly string[]>,
  first: string,
  signal: AbortSignal,
): Promise<void> {
  let files: readonly string[] = [first];
  while (!signal.aborted) {
    const change = nextChange(files, signal); // listened for from before the run
    const read = await run();
    const isNew = read.some((file) => !files.includes(file));
    files = read.length > 0 ? [...new Set([first, ...read])] : files;
    await (isNew ? Promise.race([change.changed, nextChange(files, signal).changed]) : change.changed);
    change.stop();
  }
}

function nextChange(
  files: readonly string[],
  signal: AbortSignal,
): { readonly changed: Promise<void>; stop(): void } {
  const names = new Set(files.map((file) => basename(file)));
  let watchers: FSWatcher[] = [];
  const stop = (): void => {
    watchers.forEach((watcher) => watcher.close());
    watchers = [];
  };
  const changed = new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    // Folders are watched, not files: saving may put a new file in the place of the old one.
    watchers = [...new Set(files.map((file) => dirname(file)))].map((folder) =>
      watch(folder, (_, name) => {
        if (name !== null && !names.has(name)) return;
        clearTimeout(timer);
        timer = setTimeout(resolve, SETTLE);
      }),
    );
    signal.addEventListener('abort', () => resolve(), { once: true });
  }).finally(stop);
  return { changed, stop };
}

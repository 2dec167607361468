// Callbacks that save a run from time to time, and go on from what was saved.

import { constants } from 'node:fs';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ValueError } from '../errors.js';
import { FormatError } from '../files/index.js';
import type { Callback, Run, RunState } from '../train/index.js';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.js';
import { DiskError, onDisk } from './disk-error.js';
import { loadFile, saveFile } from './file.js';

/** Options of `checkpoints`. */
export interface CheckpointOptions {
  /** A checkpoint every so many steps. Default: not by steps. */
  readonly everySteps?: number | undefined;
  /** A checkpoint when the last is so many seconds old. Default: not by time. */
  readonly everySeconds?: number | undefined;
  /** A checkpoint every so many epochs. Default 1 if neither steps nor seconds are given, else not by epochs. */
  readonly everyEpochs?: number | undefined;
  /** How many of the newest are kept, at least 2 so that one can be damaged. Default 3. */
  readonly keep?: number | undefined;
  /** Hears of a checkpoint that could not be written; the run goes on. Default `console.warn`. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * A callback that saves the run into a folder: parameters, buffers, optimizer, schedule, random numbers, the order of the data
 * and the place in it, history, and what other callbacks remember. A file is written beside its place, synced and renamed; it
 * is a safetensors file with a checksum. The run is also saved at its end, and when a signal ends it.
 *
 * Throws a `ValueError` for options out of range and, before the first step, a `DiskError` if the folder cannot be written. If
 * that happens later (a full disk), the last good file stays, `onWarning` hears of it, and the run goes on.
 *
 * ```ts
 * // Begun or, after it was killed, gone on with by the same line:
 * await fit(model, X, y, { ...options, callbacks: [resume('run'), checkpoints('run', { everySeconds: 60 })] });
 * ```
 */
export function checkpoints(folder: string, options: CheckpointOptions = {}): Callback {
  const { everySteps, everySeconds, keep = 3, onWarning = console.warn } = options;
  const everyEpochs =
    options.everyEpochs ?? (everySteps === undefined && everySeconds === undefined ? 1 : undefined);
  for (const [name, value, least] of [
    ['everySteps', everySteps, 1] as const,
    ['everyEpochs', everyEpochs, 1] as const,
    ['keep', keep, 2] as const,
  ]) {
    if (value === undefined || (Number.isInteger(value) && value >= least)) continue;
    throw new ValueError(`checkpoints: ${name} must be a whole number of at least ${least}, got ${value}`);
  }
  if (everySeconds !== undefined && !(everySeconds >= 0)) {
    throw new ValueError(`checkpoints: everySeconds must be a number of at least 0, got ${everySeconds}`);
  }
  let savedAt = 0; // milliseconds

  const isDue = ({ step, epoch, batch, isEnding }: Run): boolean =>
    isEnding ||
    (everySteps !== undefined && batch > 0 && step % everySteps === 0) ||
    (everyEpochs !== undefined && batch === 0 && (epoch - 1) % everyEpochs === 0) ||
    (everySeconds !== undefined && performance.now() - savedAt >= everySeconds * 1000);

  return {
    async onBegin() {
      await onDisk(folder, 'write', async () => {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.W_OK);
        const left = (await readdir(folder)).filter((name) => UNFINISHED.test(name)); // by a process that was killed
        for (const name of left) await rm(join(folder, name), { force: true });
      });
      savedAt = performance.now();
    },
    stepsUntilPause: ({ step }) => (everySteps === undefined ? Infinity : everySteps - (step % everySteps)),
    async onPause(run) {
      if (!isDue(run)) return;
      savedAt = performance.now();
      const path = join(folder, nameOf(run.step));
      try {
        await saveFile(path, encodeCheckpoint(run.snapshot()));
        for (const old of (await saved(folder)).slice(keep)) await rm(join(folder, old), { force: true });
      } catch (error) {
        if (!(error instanceof DiskError)) throw error;
        onWarning(`checkpoints: ${error.message}; the run goes on, and the last checkpoint before stays`);
      }
    },
  };
}

/** Options of `resume`. */
export interface ResumeOptions {
  /** Hears of checkpoints that are damaged. Default `console.warn`. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * A callback that lets a run go on from the newest checkpoint of a folder: with the same data and options, the final weights are
 * bit for bit those of a run that was never interrupted. A damaged checkpoint is told to `onWarning` and the one before is used;
 * without any, the run begins at its beginning. In training, throws a `FormatError` if all are damaged, a `DiskError` if the
 * folder cannot be read, and a `ValueError` if the run that was saved is another one.
 *
 * ```ts
 * await fit(model, X, y, { ...options, callbacks: [resume('run'), checkpoints('run')] });
 * ```
 */
export function resume(folder: string, { onWarning = console.warn }: ResumeOptions = {}): Callback {
  return {
    async onBegin(run) {
      const state = await loadCheckpoint(folder, onWarning);
      if (state) run.resumeFrom(state);
    },
  };
}

/**
 * The state in the newest checkpoint of a folder that is whole, for `run.resumeFrom`; null if there is none at all. Throws and
 * warns as `resume` does.
 *
 * ```ts
 * const state = await loadCheckpoint('run', console.warn);
 * console.log(state?.step, state?.history.loss?.toArray());
 * ```
 */
export async function loadCheckpoint(
  folder: string,
  onWarning: (message: string) => void = console.warn,
): Promise<RunState | null> {
  const names = await saved(folder);
  for (const [i, name] of names.entries()) {
    const path = join(folder, name);
    try {
      return decodeCheckpoint(await loadFile(path));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const next = names[i + 1];
      const what = `resume: ${path} cannot be used: ${error.message}`;
      if (next === undefined) {
        throw new FormatError(`${what}; there is none before it. Empty the folder to begin anew`, {
          cause: error,
        });
      }
      onWarning(`${what}; going on from ${next}, the one before`);
    }
  }
  return null;
}

const NAME = /^checkpoint-\d+\.safetensors$/;
const UNFINISHED = /^\.checkpoint-\d+\.safetensors\.\d+\.tmp$/;

function nameOf(step: number): string {
  return `checkpoint-${String(step).padStart(12, '0')}.safetensors`;
}

/** The checkpoints of a folder, the newest first; none if there is no such folder. */
async function saved(folder: string): Promise<string[]> {
  return onDisk(folder, 'read', async () => {
    const names = await readdir(folder).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    });
    return names
      .filter((name) => NAME.test(name))
      .sort()
      .reverse();
  });
}

// The history of a run as a file, CSV or JSON, that is up to date while the run goes on.

import type { Callback, History, Run } from '../train/index.js';
import { saveFile } from './file.js';

/**
 * A callback that keeps a CSV file: a header `epoch,loss,…` and a row an epoch. The file is written anew (at most once a second,
 * and at the end) and is whole at any time; a run that goes on from a checkpoint has the epochs before it, too. In training,
 * throws a `DiskError` if it cannot be written.
 *
 * ```ts
 * await fit(model, X, y, { loss, optimizer, callbacks: [csvLog('history.csv')] });
 * ```
 */
export function csvLog(path: string): Callback {
  return logFile(path, csvOf);
}

/** As `csvLog`, with JSON: an object that has the list of each name's values. NaN and infinities are `null`. */
export function jsonLog(path: string): Callback {
  return logFile(path, (history) => `${JSON.stringify(history)}\n`);
}

/** @internal */
export function csvOf(history: History): string {
  const names = Object.keys(history);
  const cell = (name: string): string => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  const rows = history.loss.map((_, i) => [i + 1, ...names.map((name) => history[name]![i]!)].join(','));
  return `${[['epoch', ...names.map(cell)].join(','), ...rows].join('\n')}\n`;
}

const PAUSE = 1000; // milliseconds between two writes at least

function logFile(path: string, format: (history: History) => string): Callback {
  let run: Run | null = null;
  let written = -Infinity;
  return {
    onBegin(begun) {
      [run, written] = [begun, -Infinity];
    },
    async onEpochEnd() {
      if (!run || performance.now() - written < PAUSE) return;
      await saveFile(path, format(run.history));
      written = performance.now();
    },
    async onEnd({ history }) {
      await saveFile(path, format(history));
    },
  };
}

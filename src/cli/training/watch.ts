// Training as the user sees it: a bar, lines of log, and an end when they ask for one.

import type { BatchReport, EpochReport, History, RunState } from '../../index.js';
import type { Context } from '../context.js';
import { Interrupted } from '../errors.js';
import { hasBar, progressBar } from '../output/progress.js';
import { decimal, isShown, logName } from './document.js';
import { keepingOf } from './keeping.js';
import { train, type Setup } from './run.js';
import { sizeOf } from './sources/source.js';

/**
 * Trains with a line of log now and then: at once where lines go to a file or a pipe, after the bar where there is one.
 * Throws `Interrupted` if the user stops it.
 */
export async function trainInSight(setup: Setup, context: Context): Promise<History> {
  const { text, signal, json, quiet, stderr } = context;
  const { epochs, batchSize, keeping } = setup.settings;
  const isStream = 'batches' in setup.material.train;
  const rows = sizeOf(setup.material.train);
  const kept: string[] = [];
  const keeps = hasBar(context) && Boolean(context.stdout.isTTY);
  const say = (line: string): void => {
    if (json || quiet) return;
    if (keeps) kept.push(line);
    else context.print(line);
  };
  // Epochs of a stream are long: its bar counts rows.
  const bar = await progressBar(context, text('run.training'), isStream ? epochs * rows : epochs);
  let lastLoss: number | undefined;
  const onEpochEnd = ({ epoch, logs }: EpochReport): void => {
    lastLoss = logs['loss'];
    const losses = Object.entries(logs).map(([name, value]) => `${logName(name, context)} ${decimal(value)}`);
    bar.update(isStream ? epoch * rows : epoch, losses.join('  '));
    if (!isShown(epoch, epochs)) return;
    const count = String(epoch).padStart(String(epochs).length);
    say(`  ${text('run.epoch')} ${count}/${epochs}  ${losses.join('  ')}`);
  };
  const onBatchEnd = ({ epoch, batch, loss }: BatchReport): void => {
    const note = `${text('run.epoch')} ${epoch}/${epochs}  ${text('run.loss')} ${decimal(loss)}`;
    bar.update((epoch - 1) * rows + Math.min(rows, batch * batchSize), note);
  };
  const keepers = keepingOf(setup, text, {
    warn: (message) => stderr.write(`${message}\n`),
    resumed: (state) => say(`  ${whereItGoesOn(state, keeping.checkpoint!, context)}`),
  });
  let history: History;
  try {
    history = await train(
      setup,
      [{ onEpochEnd, ...(isStream && hasBar(context) && { onBatchEnd }) }, ...keepers],
      signal,
    );
  } finally {
    bar.stop();
    if (kept.length > 0) context.print(kept.join('\n'));
  }
  if (signal.aborted) {
    const loss = lastLoss === undefined ? '-' : decimal(lastLoss);
    const epoch = Math.min(history.loss.length + 1, epochs);
    const stopped = { epoch, epochs, loss };
    throw new Interrupted(
      keeping.checkpoint === null
        ? text('error.interrupted.training', stopped)
        : text('error.interrupted.kept', { ...stopped, folder: keeping.checkpoint }),
    );
  }
  return history;
}

function whereItGoesOn(state: RunState | null, folder: string, { text }: Context): string {
  if (!state) return text('train.resumed.none', { folder });
  return text('train.resumed', { folder, step: state.step, epoch: state.epoch });
}

// Training as the user sees it: a bar, lines of log, and an end when they ask for one.

import type { EpochReport, History } from '../../index.js';
import type { Context } from '../context.js';
import { Interrupted } from '../errors.js';
import { hasBar, progressBar } from '../output/progress.js';
import { decimal, isShown } from './document.js';
import { train, type Setup } from './run.js';

/**
 * Trains with a line of log now and then: at once where lines go to a file or a pipe, after the bar where there is one.
 * Throws `Interrupted` if the user stops it.
 */
export async function trainInSight(setup: Setup, context: Context): Promise<History> {
  const { text, signal, json, quiet } = context;
  const { epochs } = setup.settings;
  const kept: string[] = [];
  const keeps = hasBar(context) && Boolean(context.stdout.isTTY);
  const bar = await progressBar(context, text('run.training'), epochs);
  let lastLoss: number | undefined;
  const onEpochEnd = ({ epoch, logs }: EpochReport): void => {
    const { loss = NaN, accuracy = NaN } = logs;
    lastLoss = loss;
    const losses = `${text('run.loss')} ${decimal(loss)}  ${text('run.accuracy')} ${decimal(accuracy)}`;
    bar.update(epoch, losses);
    if (json || quiet || !isShown(epoch, epochs)) return;
    const count = String(epoch).padStart(String(epochs).length);
    const line = `  ${text('run.epoch')} ${count}/${epochs}  ${losses}`;
    if (keeps) kept.push(line);
    else context.print(line);
  };
  let history: History;
  try {
    history = await train(setup, { onEpochEnd }, signal);
  } finally {
    bar.stop();
    if (kept.length > 0) context.print(kept.join('\n'));
  }
  if (signal.aborted) {
    const loss = lastLoss === undefined ? '-' : decimal(lastLoss);
    const epoch = Math.min(history.loss.length + 1, epochs);
    throw new Interrupted(text('error.interrupted.training', { epoch, epochs, loss }));
  }
  return history;
}

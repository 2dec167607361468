// What is kept of a run: checkpoints and TensorBoard's events on the way, the model at the end.

import { ChainruleError, ValueError, type Callback, type RunState } from '../../index.js';
import { checkpoints, loadCheckpoint, tensorBoard } from '../../disk/index.js';
import { saveModel } from '../../files/index.js';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { lookAt } from '../look-at.js';
import { checkFolder, writeFiles } from '../output/write-files.js';
import type { Translate } from '../texts/index.js';
import { usageMetadata } from '../prediction/description.js';
import { inUnits } from '../prediction/units.js';
import type { Setup } from './run.js';
import type { TrainSettings } from './settings.js';
import type { Material } from './sources/source.js';

/**
 * Throws a `UsageError`, before anything is computed, where the run could not be kept: a place that cannot be written, or a folder
 * with the checkpoints of a run that is not to be gone on with.
 */
export async function checkPlaces(
  { keeping }: TrainSettings,
  out: string | undefined,
  context: Context,
): Promise<void> {
  const { text } = context;
  const { save, checkpoint, resume: goesOn, logdir } = keeping;
  if (out !== undefined) await checkFolder(out, context);
  if (save !== null) {
    if (lookAt(save) === 'folder') {
      throw new UsageError(text('error.write', { path: save, reason: text('error.write.EISDIR') }));
    }
    await checkFolder(dirname(save), context);
  }
  if (logdir !== null) await checkFolder(logdir, context);
  if (checkpoint === null) return;
  await checkFolder(checkpoint, context);
  if (goesOn) return;
  const saved = await loadCheckpoint(checkpoint, () => {}).catch((error: unknown) => {
    if (error instanceof ChainruleError) return 'damaged';
    throw error;
  });
  if (saved) throw new UsageError(text('error.checkpoint.exists', { folder: checkpoint }));
}

/** What is heard of a run that is kept. */
export interface KeepingEvents {
  readonly warn: (message: string) => void;
  readonly resumed: (state: RunState | null) => void;
}

/**
 * The callbacks that keep a run. `warn` hears of what went wrong without ending it, `resumed` of where it goes on, or that there is
 * nothing to go on from.
 */
export function keepingOf(
  { settings, material }: Setup,
  text: Translate,
  { warn, resumed }: KeepingEvents,
): readonly Callback[] {
  const { checkpoint, everySteps, everySeconds, resume: goesOn, logdir } = settings.keeping;
  const options = { everySteps, everySeconds, onWarning: warn };
  return [
    ...(checkpoint !== null && goesOn ? [goingOn(checkpoint, warn, resumed)] : []),
    ...(logdir === null ? [] : [tensorBoard(logdir)]),
    ...(checkpoint === null
      ? []
      : [sameOptions(optionsOf(settings, material), checkpoint, text), checkpoints(checkpoint, options)]),
  ];
}

/** As `resume` of chainrule/disk, and tells where the run goes on. */
function goingOn(
  folder: string,
  warn: (message: string) => void,
  resumed: (state: RunState | null) => void,
): Callback {
  return {
    async onBegin(run) {
      const state = await loadCheckpoint(folder, warn);
      if (state) run.resumeFrom(state);
      resumed(state);
    },
  };
}

/** Notes in each checkpoint how the run was begun, and refuses to go on with one that was begun otherwise. */
function sameOptions(now: Readonly<Record<string, unknown>>, folder: string, text: Translate): Callback {
  return {
    state: () => ({ options: now }),
    loadState({ options: before }: { readonly options?: Readonly<Record<string, unknown>> }) {
      const changed = Object.keys(now).find(
        (name) => JSON.stringify(now[name] ?? null) !== JSON.stringify(before?.[name] ?? null),
      );
      if (changed === undefined) return;
      const [then, is] = [before, now].map((options) => JSON.stringify(options?.[changed] ?? null));
      throw new UsageError(
        text('error.checkpoint.other', { folder, option: changed, before: then!, now: is! }),
      );
    },
  };
}

/** All that the bits of a run's result depend on, under the names of the options; what data they were is told by their number. */
function optionsOf(settings: TrainSettings, { train }: Material): Readonly<Record<string, unknown>> {
  const { data, test, validation, seed, model, layers, activation, dropout, loss } = settings;
  const { learningRate, schedule, steps, clipNorm, precision, patience, epochs } = settings;
  const { batchSize, shuffle } = settings;
  return {
    ...{ '--seed': seed, '--test': test, '--validation': validation, '--model': model, '--layers': layers },
    ...{ '--activation': activation, '--dropout': dropout, '--loss': loss, '--learning-rate': learningRate },
    ...{ '--schedule': schedule, '--momentum': steps.momentum, '--weight-decay': steps.weightDecay },
    ...{ '--clip-norm': clipNorm, '--precision': precision, '--early-stopping': patience },
    // A schedule is laid out over all of the run; without one, more epochs may follow.
    ...(schedule !== 'constant' && { '--epochs': epochs }),
    // What `fit` itself knows of samples in memory.
    ...('batches' in train && { rows: train.size, '--batch-size': batchSize, '--no-shuffle': !shuffle }),
    ...Object.fromEntries(Object.entries(data).map(([name, value]) => [`--${name}`, value ?? null])),
  };
}

/**
 * The model's file: weights and architecture, how a table's columns become inputs, and what the outputs mean. A number to predict
 * comes out in its own unit. Of a network that a file cannot describe, such as a class of the user's own, it says which file has it.
 */
export function modelFile({ settings, material, model, loss }: Setup): Uint8Array {
  const { task, classes, inputShape, columns, pictures, units } = material;
  const usage = {
    ...{ data: settings.source.name, task, classes, inputShape, pictures },
    outputs: loss.predictions,
  };
  const described = columns ? { columns } : {};
  try {
    const metadata = usageMetadata({ ...usage, network: null });
    return saveModel(units ? inUnits(model, units) : model, { ...described, metadata });
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const metadata = usageMetadata({ ...usage, network: { file: settings.model, units } });
    return saveModel(model, { ...described, metadata, architecture: false });
  }
}

/**
 * Writes the model's file and gives its path, as `writeFiles` does. Where that cannot be, the model goes into the system's folder for
 * temporary files, so that the training was not for nothing; the `UsageError` says so.
 */
export async function saveModelFile(path: string, content: Uint8Array, context: Context): Promise<string[]> {
  const files = { [basename(path)]: content };
  try {
    return await writeFiles(dirname(path), files, context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const elsewhere = await mkdtemp(join(tmpdir(), 'chainrule-'))
      .then((folder) => writeFiles(folder, files, context))
      .catch(() => null);
    if (!elsewhere) throw error;
    throw new UsageError(error.message, context.text('error.save.elsewhere', { path: elsewhere[0]! }));
  }
}

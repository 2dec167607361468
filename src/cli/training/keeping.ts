// What is kept of a run: checkpoints and TensorBoard's events on the way, the model at the end.

import { ChainruleError, nn, tensor, type Callback, type RunState } from '../../index.js';
import { checkpoints, loadCheckpoint, tensorBoard } from '../../disk/index.js';
import { saveModel } from '../../files/index.js';
import { dirname } from 'node:path';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { lookAt } from '../look-at.js';
import { checkFolder } from '../output/write-files.js';
import type { Translate } from '../texts/index.js';
import { usageMetadata } from '../prediction/description.js';
import type { Setup } from './run.js';
import type { TrainSettings } from './settings.js';
import type { Units } from './sources/source.js';

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
  settings: TrainSettings,
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
      : [sameOptions(settings, checkpoint, text), checkpoints(checkpoint, options)]),
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
function sameOptions(settings: TrainSettings, folder: string, text: Translate): Callback {
  const now = optionsOf(settings);
  return {
    state: () => ({ options: now }),
    loadState({ options: before }: { readonly options?: Readonly<Record<string, unknown>> }) {
      const changed = Object.keys(now).find(
        (name) => JSON.stringify(now[name]) !== JSON.stringify(before?.[name]),
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
function optionsOf(settings: TrainSettings): Readonly<Record<string, unknown>> {
  const { data, test, validation, seed, model, layers, activation, dropout, loss } = settings;
  const { learningRate, schedule, steps, clipNorm, precision, patience, epochs } = settings;
  return {
    ...{ '--seed': seed, '--test': test, '--validation': validation, '--model': model, '--layers': layers },
    ...{ '--activation': activation, '--dropout': dropout, '--loss': loss, '--learning-rate': learningRate },
    ...{ '--schedule': schedule, '--momentum': steps.momentum, '--weight-decay': steps.weightDecay },
    ...{ '--clip-norm': clipNorm, '--precision': precision, '--early-stopping': patience },
    // A schedule is laid out over all of the run; without one, more epochs may follow.
    ...(schedule !== 'constant' && { '--epochs': epochs }),
    ...Object.fromEntries(Object.entries(data).map(([name, value]) => [`--${name}`, value ?? null])),
  };
}

/**
 * The model's file: weights and architecture, how a table's columns become inputs, and what the outputs mean. A number to predict
 * comes out in its own unit. Throws a `UsageError` for a network that a file cannot describe.
 */
export function modelFile({ settings, material, model, loss }: Setup, { text }: Context): Uint8Array {
  const { task, classes, inputShape, columns, pictures, units } = material;
  const usage = {
    ...{ data: settings.source.name, task, classes, inputShape, pictures },
    outputs: loss.predictions,
  };
  try {
    return saveModel(units ? inUnits(model, units) : model, {
      ...(columns && { columns }),
      metadata: usageMetadata(usage),
    });
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    throw new UsageError(text('error.save', { message: error.message }), text('error.save.hint'));
  }
}

/**
 * The network with outputs in a unit of their own, `output * std + mean`: by the weights of its last layer, if that is `Linear` and
 * has a bias, else by one more. The network itself stays as it is.
 */
function inUnits(model: nn.Module, { mean, std }: Units): nn.Module {
  const layers = model instanceof nn.Sequential ? model.layers : [model];
  const last = layers.at(-1)!;
  if (last instanceof nn.Linear && last.bias) {
    const scaled = nn.linear(last.inFeatures, last.outFeatures);
    scaled.weight.assign(last.weight.detach().mul(std));
    scaled.bias!.assign(last.bias.detach().mul(std).add(mean));
    return nn.sequential(...layers.slice(0, -1), scaled);
  }
  const unit = nn.linear(1, 1);
  unit.weight.assign(tensor([[std]]));
  unit.bias!.assign(tensor([mean]));
  return nn.sequential(...layers, unit);
}

// chainrule train: a network on a data set, with its loss as it falls.

import type { Command } from 'commander';
import type { History } from '../../index.js';
import type { Context } from '../context.js';
import { toTerminal } from '../document/terminal.js';
import { examples, paragraph } from '../help.js';
import { toJSON } from '../output/history-files.js';
import { checkFolder, writeFiles } from '../output/write-files.js';
import { DATASETS, NOISE, SAMPLES } from '../training/datasets.js';
import { introduction, parameterTable, result } from '../training/document.js';
import { filesOf, parametersOf } from '../training/files.js';
import { setUp, type Setup } from '../training/run.js';
import { OPTIMIZER_NAMES, SCHEDULE_NAMES } from '../training/optimizers.js';
import { ACTIVATION_NAMES, readSettings, type TrainOptions } from '../training/settings.js';
import { trainInSight } from '../training/watch.js';

const EXAMPLES = [
  'chainrule train blobs --seed 0 --epochs 30 --json',
  'chainrule train moons --noise 0.2 --layers 16,16 --out moons',
  'chainrule train blobs --centers 4 --cluster-std 0.6 --learning-rate 0.05',
  'chainrule train spirals --optimizer adam --schedule cosine',
  'chainrule train xor --layers none',
];

/** Adds the command to the program, and gives it. */
export function addTrain(program: Command, context: Context): Command {
  const { text } = context;
  return program
    .command('train')
    .summary(text('train.summary'))
    .description(text('train.description'))
    .usage(text('train.usage'))
    .argument('<dataset>', text('train.dataset'))
    .option('--samples <n>', text('train.samples', { samples: SAMPLES }))
    .option('--noise <sd>', text('train.noise', NOISE))
    .option('--cluster-std <sd>', text('train.clusterStd'))
    .option('--centers <n>', text('train.centers'))
    .option('--factor <f>', text('train.factor'))
    .option('--layers <n,n,…>', text('train.layers'))
    .option('--activation <name>', text('train.activation', { names: ACTIVATION_NAMES.join(', ') }))
    .option('--optimizer <name>', text('train.optimizerName', { names: OPTIMIZER_NAMES.join(', ') }))
    .option('--learning-rate <lr>', text('train.learningRate'))
    .option('--schedule <name>', text('train.scheduleName', { names: SCHEDULE_NAMES.join(', ') }))
    .option('--momentum <m>', text('train.momentum'))
    .option('--weight-decay <w>', text('train.weightDecay'))
    .option('--clip-norm <n>', text('train.clip'))
    .option('--epochs <n>', text('train.epochs'))
    .option('--batch-size <n>', text('train.batchSize'))
    .option('--no-shuffle', text('train.noShuffle'))
    .option('--seed <n>', text('train.seed'))
    .option('--out <dir>', text('train.out'))
    .addHelpText('after', `\n${text('train.defaults')}\n${defaultsTable(context)}`)
    .addHelpText(
      'after',
      `\n${paragraph(context, text('train.losses'))}\n${paragraph(context, text('train.files'))}`,
    )
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .action((dataset: string, options: TrainOptions) => trainOn(dataset, options, context));
}

async function trainOn(dataset: string, options: TrainOptions, context: Context): Promise<void> {
  const { text, json, quiet } = context;
  const settings = readSettings(dataset, options, text);
  if (options.out !== undefined) await checkFolder(options.out, context);
  const setup = setUp(settings);

  if (!json && !quiet) context.print(`${toTerminal(introduction(setup, context), context)}\n`);
  const history = await trainInSight(setup, context);
  const files =
    options.out === undefined
      ? []
      : await writeFiles(options.out, await filesOf(setup, history, context), context);

  if (json) {
    context.print(toJSON(dataOf(setup, history, files)));
  } else if (quiet) {
    context.print(toTerminal([result(history, context)], context));
  } else {
    const written = { kind: 'list', heading: text('run.files'), items: files } as const;
    const blocks = [
      result(history, context),
      ...parameterTable(setup, context),
      ...(files.length > 0 ? [written] : []),
    ];
    context.print(`${history.loss.length > 0 ? '\n' : ''}${toTerminal(blocks, context)}`);
  }
}

function dataOf({ settings, model }: Setup, history: History, files: readonly string[]) {
  return {
    dataset: settings.dataset,
    seed: settings.seed,
    epochs: history.loss.length,
    loss: history.loss.at(-1) ?? null,
    accuracy: history.accuracy?.at(-1) ?? null,
    history,
    parameters: parametersOf(model),
    files,
  };
}

/** The defaults of each data set, under the options that they stand for. */
function defaultsTable(context: Context): string {
  const head = ['', '--layers', '--activation', '--learning-rate', '--epochs', '--batch-size'];
  const rows = Object.entries(DATASETS).map(([name, { defaults }]) => {
    const { layers, activation, learningRate, epochs, batchSize } = defaults;
    return [name, layers.join(',') || 'none', activation, ...[learningRate, epochs, batchSize].map(String)];
  });
  return toTerminal([{ kind: 'table', head, rows }], context);
}

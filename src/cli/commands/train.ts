// chainrule train: a network on generated data or on the user's own, with its loss as it falls.

import type { Command } from 'commander';
import type { Context } from '../context.js';
import { toTerminal } from '../document/terminal.js';
import { examples, paragraph } from '../help.js';
import { NOISE, SAMPLES } from '../training/datasets.js';
import { LOSS_NAMES, METRIC_NAMES } from '../training/losses.js';
import { OPTIMIZER_NAMES, SCHEDULE_NAMES } from '../training/optimizers.js';
import { ACTIVATION_NAMES, PATIENCE, type TrainOptions } from '../training/settings.js';
import { CHANNELS, CHECKPOINT_SECONDS, DEGREES, PIXELS, VALIDATION } from '../training/settings.js';
import { everySource, STREAMED } from '../training/sources/index.js';

const EXAMPLES = [
  'chainrule train blobs --seed 0 --epochs 30 --json',
  'chainrule train moons --noise 0.2 --layers 16,16 --out moons',
  'chainrule train spirals --optimizer adam --schedule cosine',
  'chainrule train iris --early-stopping',
  'chainrule train houses.csv --target price --missing mean --save houses.safetensors',
  'chainrule train mnist --model cnn --epochs 3 --checkpoint run --resume',
  'chainrule train digits/ --size 28 --channels 1 --model net.ts',
];

/** Adds the command to the program, and gives it. */
export function addTrain(program: Command, context: Context): Command {
  const { text } = context;
  const gather = (value: string, before: readonly string[] = []): string[] => [...before, value];
  return program
    .command('train')
    .summary(text('train.summary'))
    .description(text('train.description'))
    .usage(text('train.usage'))
    .argument('<dataset>', text('train.dataset'))
    .optionsGroup(text('train.group.data'))
    .option('--samples <n>', text('train.samples', { samples: SAMPLES }))
    .option('--noise <sd>', text('train.noise', NOISE))
    .option('--cluster-std <sd>', text('train.clusterStd'))
    .option('--centers <n>', text('train.centers'))
    .option('--factor <f>', text('train.factor'))
    .option('--target <column>', text('train.target'))
    .option('--task <name>', text('train.taskName'))
    .option('--column <name=kind>', text('train.columnKind'), gather)
    .option('--missing <rule>', text('train.missing'))
    .option('--no-header', text('train.noHeader'))
    .option('--delimiter <c>', text('train.delimiter'))
    .option('--stream', text('train.streamOption', { megabytes: STREAMED / 1e6 }))
    .option('--no-stream', text('train.noStream'))
    .option('--size <h[xw]>', text('train.size'))
    .option('--channels <n>', text('train.channels'))
    .option('--augment', text('train.augment', { degrees: DEGREES, pixels: PIXELS }))
    .option('--test <share|file>', text('train.testPart'))
    .option('--validation <share|file>', text('train.validation'))
    .optionsGroup(text('train.group.network'))
    .option('--model <name|file>', text('train.modelName', { channels: CHANNELS.join(',') }))
    .option('--layers <n,n,…>', text('train.layers'))
    .option('--activation <name>', text('train.activation', { names: ACTIVATION_NAMES.join(', ') }))
    .option('--dropout <p>', text('train.dropout'))
    .option('--loss <name>', text('train.lossName', { names: LOSS_NAMES.join(', ') }))
    .option('--metrics <names>', text('train.metrics', { names: METRIC_NAMES.join(', ') }))
    .optionsGroup(text('train.group.steps'))
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
    .option('--precision <name>', text('train.precision'))
    .option('--early-stopping [n]', text('train.earlyStopping', { epochs: PATIENCE, share: VALIDATION }))
    .optionsGroup(text('train.group.keeping'))
    .option('--save <file>', text('train.save'))
    .option('--checkpoint <dir>', text('train.checkpoint'))
    .option('--checkpoint-every <n|ns>', text('train.checkpointEvery', { seconds: CHECKPOINT_SECONDS }))
    .option('--resume', text('train.resume'))
    .option('--logdir <dir>', text('train.logdir'))
    .option('--out <dir>', text('train.out'))
    .optionsGroup('Options:')
    .addHelpText('after', `\n${text('train.defaults')}\n${defaultsTable(context)}`)
    .addHelpText(
      'after',
      ['train.sources', 'train.losses', 'train.ownModel', 'train.files']
        .map((key) => `\n${paragraph(context, text(key as 'train.losses'))}`)
        .join('\n'),
    )
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .action(async (dataset: string, options: TrainOptions) => {
      // Loaded only here: it takes a moment, and help and other commands do without.
      const { trainOn } = await import('../training/train-on.js');
      await trainOn(dataset, options, context);
    });
}

/** The defaults of each kind of data, under the options that they stand for. */
function defaultsTable(context: Context): string {
  const head = ['', '--layers', '--activation', '--learning-rate', '--epochs', '--batch-size'];
  const rows = everySource().map(({ name, defaults }) => {
    const { layers, activation, optimizer, learningRate, adaptiveRate, epochs, batchSize } = defaults;
    const rate = optimizer === 'sgd' ? String(learningRate) : `${adaptiveRate} (${optimizer})`;
    return [name, layers.join(',') || 'none', activation, rate, String(epochs), String(batchSize)];
  });
  return toTerminal([{ kind: 'table', head, rows }], context);
}

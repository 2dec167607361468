// A training run as a document, and as plots.

import type { History, Tensor } from '../../index.js';
import type { Figure } from '../../plot/index.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import { columnTable, dataFacts } from './data-document.js';
import type { Setup } from './run.js';

const SHOWN_EPOCHS = 20;
const SHOWN_PARAMETERS = 12; // more numbers than that say nothing to a reader

/** What is trained, on what, and how. */
export function introduction(setup: Setup, context: Context): Block[] {
  const { text } = context;
  const { settings, material, model, loss, optimizer } = setup;
  const { source, learningRate, batchSize, schedule, clipNorm } = settings;
  const facts: [string, string][] = [
    ...dataFacts(setup, context),
    [text('train.model'), String(model)],
    [
      text('train.optimizer'),
      text('train.optimizer.value', {
        ...{ optimizer: optimizer.name, rate: learningRate, batch: batchSize, loss: String(loss) },
      }),
    ],
    ...(schedule === 'constant' ? [] : [[text('train.schedule'), schedule] satisfies [string, string]]),
    ...(clipNorm === null ? [] : [[text('train.clipNorm'), String(clipNorm)] satisfies [string, string]]),
  ];
  return [
    { kind: 'title', text: text('train.title', { dataset: source.name }) },
    ...(material.columns && source.kind === 'table' ? [columnTable(material.columns, context)] : []),
    { kind: 'facts', facts },
  ];
}

/** Whether an epoch gets a line in the log: about twenty do, the first and the last among them. */
export function isShown(epoch: number, epochs: number): boolean {
  return epoch === 1 || epoch === epochs || epoch % Math.ceil(epochs / SHOWN_EPOCHS) === 0;
}

/** The name of an entry of the logs, as people call it. */
export function logName(name: string, { text }: Context): string {
  const [, validation, plain = name] = /^(val_)?(.+)$/.exec(name) ?? [];
  const known = plain === 'loss' ? text('run.loss') : plain === 'accuracy' ? text('run.accuracy') : plain;
  return validation === undefined ? known : text('run.validation', { name: known });
}

/** The log as a table. */
export function logTable(history: History, context: Context): Block {
  const series = Object.entries(history).filter(([, values]) => values !== undefined);
  const rows = history.loss.map((_, i) => [
    String(i + 1),
    ...series.map(([, values]) => decimal(values?.[i] ?? NaN)),
  ]);
  return {
    kind: 'table',
    head: [context.text('run.epoch'), ...series.map(([name]) => logName(name, context))],
    rows: rows.filter((_, i) => isShown(i + 1, history.loss.length)),
  };
}

/** What came out, in a sentence or two. */
export function result(history: History, { settings }: Setup, context: Context): Block {
  const { text } = context;
  const [loss, accuracy] = [history.loss.at(-1), history.accuracy?.at(-1)];
  if (loss === undefined) return { kind: 'text', text: text('train.untrained') };
  const values = { epochs: history.loss.length, loss: decimal(loss) };
  const sentence =
    accuracy === undefined
      ? text('train.result.loss', values)
      : text('train.result', { ...values, accuracy: decimal(accuracy) });
  const best = settings.patience === null ? '' : ` ${bestEpoch(history, context)}`;
  return { kind: 'text', text: sentence + best };
}

/** Which epoch's weights early stopping has kept: the first of those with the smallest loss. */
function bestEpoch(history: History, context: Context): string {
  const name = history['val_loss'] ? 'val_loss' : 'loss';
  const losses = history[name]!;
  const best = losses.reduce((place, loss, i) => (loss < losses[place]! ? i : place), 0);
  const values = { epoch: best + 1, name: logName(name, context), loss: decimal(losses[best]!) };
  return context.text('train.best', values);
}

/** The parameters, if they are few enough to be read. */
export function parameterTable({ model }: Setup, { text }: Context): Block[] {
  const parameters = model.namedParameters();
  if (parameters.reduce((sum, [, { size }]) => sum + size, 0) > SHOWN_PARAMETERS) return [];
  return [
    { kind: 'heading', text: text('train.parameters') },
    {
      kind: 'table',
      head: [text('train.parameter'), text('train.shape'), text('train.values')],
      rows: parameters.map(([name, { shape, data }]) => [
        name,
        shape.join(' × '),
        Array.from(data, decimal).join(' '),
      ]),
    },
  ];
}

/** The plots of a run, by name; no history, no plot of it; a boundary where the samples lie in a plane. */
export async function plotsOf(
  { settings, material, model, loss }: Setup,
  history: History,
  { text }: Context,
): Promise<Record<string, Figure>> {
  const { decisionBoundary, historyPlot } = await import('../../plot/index.js');
  const labels = {
    loss: text('plot.loss'),
    accuracy: text('plot.accuracy'),
    epoch: text('run.epoch'),
    validation: text('plot.validation'),
    training: text('plot.training'),
  };
  const { train, classes } = material;
  const predict = (points: Tensor): Tensor => {
    const outputs = model.predict(points);
    if (loss.predictions === 'probabilities') return outputs;
    return outputs.shape.at(-1) === 1 ? outputs.sigmoid() : outputs.softmax();
  };
  const isPlane = classes.length > 0 && 'X' in train && train.X.ndim === 2 && train.X.shape[1] === 2;
  const { val_loss: validationLoss, val_accuracy: validationAccuracy } = history;
  return {
    ...(history.loss.length > 0 && {
      training: historyPlot({ ...history, validationLoss, validationAccuracy }, { labels }),
    }),
    ...(isPlane && {
      boundary: decisionBoundary({
        ...{ ...train, predict },
        labels: {
          title: settings.source.name,
          classes: classes.map((name) => text('plot.class', { label: name })),
          boundary: text(classes.length === 2 ? 'plot.boundary' : 'plot.boundaryOfMany'),
        },
      }),
    }),
  };
}

/** A number with four decimals, or as a power of ten where it is too small or too large for that. */
export function decimal(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(2) : value.toFixed(4);
}

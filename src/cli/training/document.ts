// A training run as a document, and as plots.

import type { History, Tensor } from '../../index.js';
import type { Figure } from '../../plot/index.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import type { Setup } from './run.js';

const SHOWN_EPOCHS = 20;
const SHOWN_PARAMETERS = 12; // more numbers than that say nothing to a reader

/** What is trained, on what, and how. */
export function introduction(setup: Setup, { text }: Context): Block[] {
  const { settings, set, classes, model, loss, optimizer } = setup;
  const { dataset, seed, learningRate, batchSize, schedule, clipNorm } = settings;
  const samples = set.y.size;
  const facts: [string, string][] = [
    [text('train.data'), text('train.data.value', { samples, classes, seed })],
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
    { kind: 'title', text: text('train.title', { dataset }) },
    { kind: 'facts', facts },
  ];
}

/** Whether an epoch gets a line in the log: about twenty do, the first and the last among them. */
export function isShown(epoch: number, epochs: number): boolean {
  return epoch === 1 || epoch === epochs || epoch % Math.ceil(epochs / SHOWN_EPOCHS) === 0;
}

/** The log as a table. */
export function logTable(history: History, { text }: Context): Block {
  const { loss, accuracy = [] } = history;
  const rows = loss.map((value, i) => [String(i + 1), decimal(value), decimal(accuracy[i] ?? NaN)]);
  return {
    kind: 'table',
    head: [text('run.epoch'), text('run.loss'), text('run.accuracy')],
    rows: rows.filter((_, i) => isShown(i + 1, loss.length)),
  };
}

/** What came out, in a sentence. */
export function result({ loss, accuracy }: History, { text }: Context): Block {
  const [last, right] = [loss.at(-1), accuracy?.at(-1)];
  if (last === undefined || right === undefined) return { kind: 'text', text: text('train.untrained') };
  const values = { epochs: loss.length, loss: decimal(last), accuracy: decimal(right) };
  return { kind: 'text', text: text('train.result', values) };
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

/** The plots of a run, by name; no history, no plot of it. */
export async function plotsOf(
  { settings, set, classes, model }: Setup,
  history: History,
  { text }: Context,
): Promise<Record<string, Figure>> {
  const { decisionBoundary, historyPlot } = await import('../../plot/index.js');
  const labels = {
    loss: text('plot.loss'),
    accuracy: text('plot.accuracy'),
    epoch: text('run.epoch'),
  };
  const predict = (points: Tensor): Tensor => {
    const scores = model.predict(points);
    return classes === 2 ? scores.sigmoid() : scores.softmax();
  };
  return {
    ...(history.loss.length > 0 && { training: historyPlot(history, { labels }) }),
    boundary: decisionBoundary({
      ...{ ...set, predict },
      labels: {
        title: settings.dataset,
        classes: Array.from({ length: classes }, (_, label) => text('plot.class', { label })),
        boundary: text(classes === 2 ? 'plot.boundary' : 'plot.boundaryOfMany'),
      },
    }),
  };
}

/** A number with four decimals, or as a power of ten where it is too small or too large for that. */
export function decimal(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(2) : value.toFixed(4);
}

// Lesson 4's picture: how loss and accuracy went, epoch by epoch, for one run or several.

import { ValueError } from '../errors.js';
import { figure, type Figure } from './figure.js';
import type { Mark } from './mark.js';
import { line } from './marks.js';
import { paletteColor } from './theme.js';

/** A training run's series, with a number for each epoch: what `fit` returns. */
export interface RunHistory {
  readonly loss: readonly number[];
  readonly accuracy?: readonly number[] | undefined;
  readonly validationLoss?: readonly number[] | undefined;
  readonly validationAccuracy?: readonly number[] | undefined;
}

/** The texts of a history plot; whatever is not a text below is the title of the series of that name. */
export interface HistoryLabels {
  /** Title of the whole figure. Default: none. */
  readonly title?: string | undefined;
  /** Below the last panel. Default `'epoch'`. */
  readonly epoch?: string | undefined;
  /** In the legend, if there are validation series. Defaults `'training'` and `'validation'`. */
  readonly training?: string | undefined;
  readonly validation?: string | undefined;
  /** Titles of the panels. Defaults `'Loss per epoch'`, `'Accuracy per epoch'`, and so on. */
  readonly loss?: string | undefined;
  readonly accuracy?: string | undefined;
  readonly [series: string]: string | undefined;
}

/** Options of `historyPlot`. */
export interface HistoryPlotOptions {
  readonly labels?: HistoryLabels | undefined;
  /** A panel for each, if any run has it. Default `['loss', 'accuracy']`. */
  readonly series?: readonly string[] | undefined;
  /** Scale of the loss. Default `'linear'`. */
  readonly lossScale?: 'linear' | 'log' | undefined;
  /** In pixels. Default 1000: 10 inches at 100 pixels an inch. */
  readonly width?: number | undefined;
  /** In pixels. Default 250 for each panel: 5 inches for two. */
  readonly height?: number | undefined;
}

/**
 * Plots a training history: loss per epoch over accuracy per epoch. Several runs, given by name, are overlaid.
 * A series such as `validationLoss` is drawn dashed beside `loss`. Throws a `ValueError` if there is no epoch.
 *
 * @example
 * historyPlot({ loss: [2.2, 1.1], accuracy: [0.5, 0.9] }, { labels: { loss: 'BCELoss per epoch' } }).toSVG();
 * historyPlot({ published: { loss: [2.2, 2.1] }, right: { loss: [2, 0.9] } }); // two runs
 */
export function historyPlot(
  history: RunHistory | Readonly<Record<string, RunHistory>>,
  { labels = {}, series = ['loss', 'accuracy'], lossScale, width = 1000, height }: HistoryPlotOptions = {},
): Figure {
  const runs = Object.entries(isRun(history) ? { '': history } : history);
  const shown = series.filter((name) => runs.some(([, run]) => seriesOf(run, name)));
  if (shown.length === 0) {
    throw new ValueError(
      `historyPlot: expected at least one epoch of ${series.join(' or ')}, got none in ${runs.length} ` +
        (runs.length === 1 ? 'run' : 'runs'),
    );
  }
  const panels = shown.map((name, row) => ({
    title: labels[name] ?? `${capitalized(name)} per epoch`,
    xLabel: row === shown.length - 1 ? (labels.epoch ?? 'epoch') : undefined,
    yDomain: name === 'accuracy' ? ([0, 1] as const) : undefined,
    yScale: name === 'loss' ? lossScale : undefined,
    marks: runs.flatMap(([run, values], i) => linesOf(run, values, name, paletteColor(i), labels, row === 0)),
  }));
  return figure({ panels, width, height: height ?? 250 * panels.length, title: labels.title });
}

/** A run's line for a series and, dashed, for its validation series; named in the first panel only. */
function linesOf(
  run: string,
  values: RunHistory,
  name: string,
  color: string,
  labels: HistoryLabels,
  named: boolean,
): Mark[] {
  const training = seriesOf(values, name);
  const validation = seriesOf(values, `validation${capitalized(name)}`);
  const label = (part?: string): string | undefined =>
    named ? [run, part].filter(Boolean).join(', ') || undefined : undefined;
  return [
    ...(training
      ? [line(training, { color, label: label(validation && (labels.training ?? 'training')) })]
      : []),
    ...(validation
      ? [line(validation, { color, dash: true, label: label(labels.validation ?? 'validation') })]
      : []),
  ];
}

function isRun(history: object): history is RunHistory {
  return 'loss' in history && Array.isArray(history.loss);
}

function seriesOf(run: object, name: string): readonly number[] | undefined {
  const values = (run as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(values) && values.length > 0 ? (values as readonly number[]) : undefined;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

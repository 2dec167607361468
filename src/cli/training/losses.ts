// The losses and metrics that `train` knows by name, and which go with what.

import { accuracy, metrics, nn, type Metric } from '../../index.js';
import type { TaskName } from './sources/source.js';

interface LossEntry {
  readonly task: TaskName;
  readonly make: () => nn.Loss;
  /** Whether two classes share one output, which speaks for the second of them. */
  readonly oneOutput: boolean;
  /** A last layer that the loss has in itself, and that the network must do without. */
  readonly hasWithin?: string;
}

/** The losses by name. */
export const LOSSES = {
  'cross-entropy': {
    ...{ task: 'classification', make: nn.crossEntropyLoss, oneOutput: false, hasWithin: 'Softmax' },
  },
  'bce-with-logits': {
    ...{ task: 'classification', make: nn.bceWithLogitsLoss, oneOutput: true, hasWithin: 'Sigmoid' },
  },
  bce: { task: 'classification', make: nn.bceLoss, oneOutput: true },
  mse: { task: 'regression', make: nn.mseLoss, oneOutput: true },
  l1: { task: 'regression', make: nn.l1Loss, oneOutput: true },
  huber: { task: 'regression', make: nn.huberLoss, oneOutput: true },
} satisfies Record<string, LossEntry>;

/** The name of a loss. */
export type LossName = keyof typeof LOSSES;

/** The names of the losses. */
export const LOSS_NAMES = Object.keys(LOSSES) as LossName[];

/** All there is to know about a loss. */
export function lossEntry(name: LossName): LossEntry {
  return LOSSES[name];
}

/** Above this one output names the second of two classes. */
export function thresholdOf({ predictions }: nn.Loss): number {
  return predictions === 'scores' ? 0 : 0.5;
}

interface MetricEntry {
  readonly task: TaskName;
  /** Whether it needs an output for each class. */
  readonly ofMany?: boolean;
  /** `unit`: what a difference of 1 is in the target's own unit. */
  readonly make: (threshold: number, unit: number) => Metric;
}

/** The metrics by name, each compiled with the step; over an epoch they are means over its batches. */
export const METRICS = {
  accuracy: {
    task: 'classification',
    make: (threshold) => (prediction, target) => accuracy(prediction, target, threshold),
  },
  precision: { task: 'classification', make: ofClasses(metrics.precision) },
  recall: { task: 'classification', make: ofClasses(metrics.recall) },
  f1: { task: 'classification', make: ofClasses(metrics.f1) },
  top3: { task: 'classification', ofMany: true, make: () => (p, target) => metrics.topK(p, target, 3) },
  top5: { task: 'classification', ofMany: true, make: () => (p, target) => metrics.topK(p, target, 5) },
  mae: {
    task: 'regression',
    make: (_, unit) => (prediction, target) => prediction.sub(target).abs().mean().mul(unit),
  },
  r2: { task: 'regression', make: () => metrics.r2 },
} satisfies Record<string, MetricEntry>;

/** The name of a metric. */
export type MetricName = keyof typeof METRICS;

/** The names of the metrics. */
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** All there is to know about a metric. */
export function metricEntry(name: MetricName): MetricEntry {
  return METRICS[name];
}

function ofClasses(score: typeof metrics.precision): MetricEntry['make'] {
  return (threshold) => (prediction, target) => score(prediction, target, { threshold });
}

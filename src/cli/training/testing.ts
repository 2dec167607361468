// What a trained network is worth: its loss and metrics on samples that it has never seen.

import { accuracy, metrics, Tensor } from '../../index.js';
import { outputsBy } from '../prediction/outputs.js';
import { thresholdOf } from './losses.js';
import type { Setup } from './run.js';

/** The result of a test. */
export interface TestResult {
  readonly samples: number;
  /** As in training: for a number to predict, in standard deviations of it. */
  readonly loss: number;
  /** By name, in the target's own unit. */
  readonly scores: Readonly<Record<string, number>>;
  /** How many of each class (row) were taken for each (column); null for numbers. */
  readonly confusion: readonly (readonly number[])[] | null;
}

/** Tests the network; null where there are no samples for it. */
export async function testOf(setup: Setup, pause: () => void): Promise<TestResult | null> {
  const { material, model, loss } = setup;
  const { test, task, units } = material;
  if (!test) return null;
  const outputs = await outputsBy(model)(test.X, pause);
  const samples = test.y.size;
  const single = outputs.size === samples;
  const targets = single ? test.y.reshape(outputs.shape) : test.y;
  const result = { samples, loss: loss.forward(outputs, targets).item() };
  if (task === 'regression') {
    return { ...result, scores: scoresOfNumbers(outputs, targets, units?.std ?? 1), confusion: null };
  }
  const threshold = thresholdOf(loss);
  const counts = metrics.confusionMatrix(outputs, test.y, { threshold });
  return {
    ...result,
    scores: {
      accuracy: accuracy(outputs, targets, threshold).item(),
      precision: metrics.precision(outputs, test.y, { threshold }).item(),
      recall: metrics.recall(outputs, test.y, { threshold }).item(),
      f1: metrics.f1(outputs, test.y, { threshold }).item(),
      ...(single && hasBoth(test.y) && { auc: metrics.auc(outputs, test.y) }),
    },
    confusion: counts.toArray() as number[][],
  };
}

function scoresOfNumbers(outputs: Tensor, targets: Tensor, unit: number): Record<string, number> {
  const error = outputs.sub(targets);
  return {
    rmse: error.mul(error).mean().sqrt().item() * unit,
    mae: error.abs().mean().item() * unit,
    r2: metrics.r2(outputs, targets).item(),
  };
}

function hasBoth({ data }: Tensor): boolean {
  return data.includes(0) && data.includes(1);
}

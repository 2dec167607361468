// The losses as modules, under PyTorch's names.

import {
  functions,
  type ClassLossOptions,
  type CrossEntropyOptions,
  type HuberOptions,
  type KLDivOptions,
  type LossOptions,
} from '../functions/index.js';
import type { Tensor, TensorLike } from '../tensor/index.js';
import { Module } from './module.js';

/** A loss: `forward(prediction, target)` gives one number, unless its reduction is `none`. */
export class Loss extends Module {
  readonly #name: string;
  readonly #compute: (prediction: TensorLike, target: TensorLike) => Tensor;
  /** What the predictions are: probabilities, scores (logits) before a sigmoid or softmax, or plain values. */
  readonly predictions: 'probabilities' | 'scores' | 'values';
  /** A label that counts for nothing; undefined if all count. */
  readonly ignoreIndex: number | undefined;

  constructor(
    name: string,
    predictions: Loss['predictions'],
    compute: (prediction: TensorLike, target: TensorLike) => Tensor,
    ignoreIndex?: number,
  ) {
    super();
    this.#name = name;
    this.predictions = predictions;
    this.#compute = compute;
    this.ignoreIndex = ignoreIndex;
  }

  forward(prediction: TensorLike, target: TensorLike): Tensor {
    return this.#compute(prediction, target);
  }

  override toString(): string {
    return this.#name;
  }
}

/** Binary cross-entropy of probabilities. Goes with `torch.nn.BCELoss`. */
export function bceLoss(options?: LossOptions): Loss {
  return new Loss('BCELoss', 'probabilities', (p, y) => functions.bce(p, y, options));
}

/** Binary cross-entropy of scores: `bceLoss` after a sigmoid, exact for every score. Goes with `torch.nn.BCEWithLogitsLoss`. */
export function bceWithLogitsLoss(options?: LossOptions): Loss {
  return new Loss('BCEWithLogitsLoss', 'scores', (z, y) => functions.bceWithLogits(z, y, options));
}

/** Mean squared error. Goes with `torch.nn.MSELoss`. */
export function mseLoss(options?: LossOptions): Loss {
  return new Loss('MSELoss', 'values', (p, y) => functions.mse(p, y, options));
}

/** Square near the target, straight far from it. Goes with `torch.nn.HuberLoss`. */
export function huberLoss(options?: HuberOptions): Loss {
  return new Loss('HuberLoss', 'values', (p, y) => functions.huber(p, y, options));
}

/** Mean absolute error. Goes with `torch.nn.L1Loss`. */
export function l1Loss(options?: LossOptions): Loss {
  return new Loss('L1Loss', 'values', (p, y) => functions.l1(p, y, options));
}

/** Hinge loss of scores and targets -1 and 1. Goes with `sklearn.metrics.hinge_loss`. */
export function hingeLoss(options?: LossOptions): Loss {
  return new Loss('HingeLoss', 'values', (z, y) => functions.hinge(z, y, options));
}

/** Kullback-Leibler divergence of log-probabilities and the probabilities that they should be. Goes with `torch.nn.KLDivLoss`. */
export function klDivLoss(options?: KLDivOptions): Loss {
  return new Loss('KLDivLoss', 'values', (logp, y) => functions.klDiv(logp, y, options));
}

/** Negative log-likelihood of log-probabilities `[n, classes]` and labels `[n]`. Goes with `torch.nn.NLLLoss`. */
export function nllLoss(options?: ClassLossOptions): Loss {
  return new Loss(
    'NLLLoss',
    'scores',
    (logp, labels) => functions.nll(logp, labels, options),
    options?.ignoreIndex,
  );
}

/**
 * Cross-entropy of scores `[n, classes]` and labels `[n]`, with class weights, label smoothing and an ignored label if
 * wanted. Goes with `torch.nn.CrossEntropyLoss`.
 */
export function crossEntropyLoss(options?: CrossEntropyOptions): Loss {
  return new Loss(
    'CrossEntropyLoss',
    'scores',
    (z, labels) => functions.crossEntropy(z, labels, options),
    options?.ignoreIndex,
  );
}

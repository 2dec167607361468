// What training makes small: the loss, and what pulls the weights to 0.

import { functions, nn, optim, tensor, type Tensor } from '../../src/index.js';
import type { Network } from './network.js';
import type { LossName, OptimizerName, TrainingSettings } from './settings.js';

/** The loss of the library by its name here. */
export function lossOf(name: LossName): nn.Loss {
  switch (name) {
    case 'bce':
      return nn.bceLoss();
    case 'bceWithLogits':
      return nn.bceWithLogitsLoss();
    case 'mse':
      return nn.mseLoss();
    case 'hinge':
      return nn.hingeLoss();
  }
}

/** The loss of each sample by itself. */
export function lossFunction(name: LossName): (prediction: Tensor, target: Tensor) => Tensor {
  return (prediction, target) => functions[name](prediction, target, { reduction: 'none' });
}

/** What the output should be for a class: 0 and 1, or -1 and 1 for the hinge loss. */
export function targetOf(name: LossName, label: number): number {
  return name === 'hinge' ? 2 * label - 1 : label;
}

/** λ Σ|w| or λ/2 Σw² over the weights; null for none. */
export function penaltyOf(network: Network, { penalty, strength }: TrainingSettings): Tensor | null {
  if (penalty === 'none' || strength === 0) return null;
  const parts = network.layers.map(({ linear: { weight } }) =>
    penalty === 'l1' ? weight.abs().sum() : weight.mul(weight).sum().div(2),
  );
  return parts.reduce((sum, part) => sum.add(part)).mul(strength);
}

/** The derivative of the penalty by one weight. */
export function penaltyDerivative({ penalty, strength }: TrainingSettings, weight: number): number {
  if (penalty === 'l1') return strength * Math.sign(weight);
  return penalty === 'l2' ? strength * weight : 0;
}

/** The optimizer of the library by its name here. */
export function optimizerOf(name: OptimizerName, learningRate: number): optim.Optimizer {
  switch (name) {
    case 'sgd':
      return optim.sgd({ learningRate });
    case 'momentum':
      return optim.sgd({ learningRate, momentum: 0.9 });
    case 'rmsprop':
      return optim.rmsprop({ learningRate });
    case 'adagrad':
      return optim.adagrad({ learningRate });
    case 'adam':
      return optim.adam({ learningRate });
  }
}

/** Rows of points as a tensor `[n, 2]`. */
export function samplesTensor(X: Float64Array, from: number, to: number): Tensor {
  return tensor(X.subarray(2 * from, 2 * to), { shape: [to - from, 2] });
}

/** Their targets as a tensor `[n, 1]`. */
export function targetsTensor(y: Float64Array, loss: LossName, from: number, to: number): Tensor {
  return tensor(
    y.subarray(from, to).map((label) => targetOf(loss, label)),
    { shape: [to - from, 1] },
  );
}

// The work's network in our own library.

import { functions, nn, optim, type Tensor, type TensorLike } from '../src/index.js';
import { batchesOf, oneHot, toTensor, type Problem, type Table } from './problem.js';
import type { Work } from './works.js';

/** Half the squared error, summed: what brain.js goes down. */
class SquaredError extends nn.Loss {
  constructor() {
    super('SquaredError', 'values', (p, y) => functions.mse(p, y, { reduction: 'sum' }).mul(0.5));
  }
}

/** The network with the problem's weights. */
export function modelOf({ work, parameters }: Problem): nn.Module {
  const { layers, activation, loss } = work;
  const hidden = layers.slice(1).flatMap((width, i) => {
    const last = i === layers.length - 2;
    const ends = last ? (loss === 'crossEntropy' ? [] : [nn.sigmoid()]) : [nn.activations[activation]()];
    return [nn.linear(layers[i]!, width), ...ends];
  });
  const model = nn.sequential(...hidden);
  model.parameters().forEach((parameter, i) => parameter.assign(toTensor(parameters[i]!)));
  return model;
}

export function lossOf({ loss }: Work): nn.Loss {
  if (loss === 'squared') return new SquaredError();
  return loss === 'bce' ? nn.bceLoss() : nn.crossEntropyLoss();
}

export function optimizerOf({ optimizer, learningRate }: Work): optim.Optimizer {
  if (optimizer === 'sgd') return optim.sgd({ learningRate });
  const make = (optim as unknown as Record<string, (options: optim.SGDOptions) => optim.Optimizer>)['adam'];
  if (!make) throw new Error('the library has no Adam yet');
  return make({ learningRate });
}

/** Targets as the loss takes them: labels of classes, else numbers beside the outputs. */
export function targetsOf(problem: Problem): Table {
  return problem.work.loss === 'crossEntropy' ? problem.labels : oneHot(problem);
}

/** Inputs and targets of each step. */
export function tensorBatches(problem: Problem): [X: Tensor, y: Tensor][] {
  const { work, X } = problem;
  const targets = batchesOf(targetsOf(problem), work.batch);
  return batchesOf(X, work.batch).map((rows, i) => [toTensor(rows), toTensor(targets[i]!)]);
}

/** One step, forward, backward and update, as a function on tensors. */
export function stepOf(model: nn.Module, work: Work): (X: Tensor, y: Tensor) => Tensor {
  const [loss, optimizer, parameters] = [lossOf(work), optimizerOf(work), model.parameters()];
  return (X, y) => {
    const value = loss.forward(model.forward(X), y);
    optimizer.zeroGrad(parameters);
    value.backward();
    optimizer.step(parameters);
    return value;
  };
}

/** The loss of a batch, by the interpreter. */
export function lossAt(model: nn.Module, work: Work, X: TensorLike, y: TensorLike): number {
  return lossOf(work).forward(model.predict(X), y).item();
}

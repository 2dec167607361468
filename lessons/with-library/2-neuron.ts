// Lesson 2 with the library: a neuron, a loss, an optimizer, and fit.

import { fit, nn, optim } from '../../src/index.js';
import { NEURON, NEURON_START, type NeuronRun } from '../2-neuron.js';
import { neuronAt, parametersOf } from './neuron.js';

/**
 * Thirty steps on the one sample.
 *
 * @example
 * (await neuron()).losses.at(-1)?.toFixed(4); // '0.1484'
 */
export async function neuron(): Promise<NeuronRun> {
  const { x, y, lr, steps } = NEURON;
  const model = neuronAt(NEURON_START);
  const history = await fit(model, [x], [y], {
    loss: nn.bceLoss(),
    optimizer: optim.sgd({ learningRate: lr }),
    epochs: steps,
  });
  return { losses: history.loss, ...parametersOf(model) };
}

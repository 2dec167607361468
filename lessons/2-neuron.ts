// Lesson 2. An artificial neuron, forward and backward: one sample, thirty steps, a falling loss.

import type { Parameters } from './affine-function.js';
import { BCELoss } from './bce-loss.js';
import { Model } from './model.js';

/** The one sample, its target and the learning rate. */
export const NEURON = { x: [1, 0], y: 0, lr: 0.1, steps: 30 } as const;

/**
 * The notes do not print their random weights, only the loss that these gave, 0.4690: J = -ln(1 - p) where p = sigmoid(w1 + b).
 * The further digits are those with which all thirty losses come out as printed.
 */
export const NEURON_START: Parameters = startingFrom(0.46898);

function startingFrom(firstLoss: number): Parameters {
  const p = 1 - Math.exp(-firstLoss);
  return { w: [Math.log(p / (1 - p)), 0], b: 0 }; // any w1 + b = z will do: both take the same steps
}

/** The loss before each step, and where the parameters end. */
export interface NeuronRun extends Parameters {
  readonly losses: readonly number[];
}

/**
 * Trains the neuron with the derivative of the loss that is given.
 *
 * @example
 * neuron(new PublishedBCELoss()).losses.at(-1)?.toFixed(4); // '0.1839'
 * neuron(new BCELoss()).losses.at(-1)?.toFixed(4); // '0.1484'
 */
export function neuron(loss = new BCELoss()): NeuronRun {
  const { x, y, lr, steps } = NEURON;
  const model = new Model();
  Object.assign(model.affine, NEURON_START);

  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const p = model.forward(x);
    const { J, dJ_dp } = loss.forward(p, y);
    model.backward(dJ_dp, lr);
    losses.push(J);
  }
  const { w, b } = model.affine;
  return { losses, w, b };
}

// Lesson 3 with the library: fit, and a callback that keeps the log.

import { data, fit, nn, optim, take } from '../../src/index.js';
import { AND_GATE, AND_START } from '../3-and-gate.js';
import type { Parameters } from '../affine-function.js';
import { neuronAt, parametersOf } from './neuron.js';

/** A line of the log: the loss before the step's update, the parameters after it. */
export interface LogLine extends Parameters {
  readonly step: number;
  readonly J: number;
}

/**
 * Steps 1, 2, … through the rows of the gate, a line of log every 201 steps.
 *
 * @example
 * (await andGate()).at(-1)?.b.toFixed(4); // '-6.3950'
 */
export async function andGate(): Promise<readonly LogLine[]> {
  const { lr, steps, logEvery } = AND_GATE;
  const { X, y } = data.logicGate('and');
  const order = [1, 2, 3, 0]; // the step before step 1 saw row 0
  const model = neuronAt(AND_START);

  const log: LogLine[] = [];
  await fit(model, take(X, order), take(y, order), {
    loss: nn.bceLoss(),
    optimizer: optim.sgd({ learningRate: lr }),
    epochs: steps / order.length,
    batchSize: 1,
    shuffle: false,
    callbacks: [
      {
        onBatchEnd: ({ epoch, batch, batches, loss }) => {
          const step = (epoch - 1) * batches + batch;
          if (step % logEvery === 0) log.push({ step, J: loss, ...parametersOf(model) });
        },
      },
    ],
  });
  return log;
}

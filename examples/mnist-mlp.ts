// Handwritten digits, read by a network with one hidden layer. It sees every digit turned and moved a little, another way in every
// epoch: 8,000 digits would otherwise be learned by heart.

import { data, fit, nn, optim } from '../src/index.js';
import { historyPlot } from '../src/plot/index.js';
import { digits } from './digits.js';
import { curvesOf, printing, type ExampleOptions, type Result } from './example.js';

const BATCH = 64;

/** Trains on 8,000 digits; `accuracy` is that on the other 2,000. */
export async function main({ epochs = 20, print = console.log }: ExampleOptions = {}): Promise<Result> {
  const { XTrain, yTrain, XTest, yTest } = await digits();
  const model = nn.sequential(
    nn.flatten(),
    nn.mlp([28 * 28, 256, 10], { activation: 'relu', randomState: 0 }),
  );
  print(nn.summary(model, [1, 1, 28, 28]).toText());

  const changes = data.composeTransforms(data.randomRotation(10), data.randomShift(2));
  const steps = epochs * Math.ceil(XTrain.shape[0]! / BATCH);
  const history = await fit(
    model,
    data.augmentedBatches(XTrain, yTrain, changes, { batchSize: BATCH, randomState: 0 }),
    {
      loss: nn.crossEntropyLoss(),
      optimizer: optim.adam({ learningRate: optim.schedules.oneCycle(0.005, { steps }) }),
      epochs,
      validation: { X: XTest, y: yTest }, // to watch; nothing is chosen by it
      precision: 'float32',
      deterministic: true, // the same figures on every machine
      callbacks: [printing(print)],
    },
  );

  const accuracy = history.val_accuracy?.at(-1) ?? NaN;
  print(`${(100 * accuracy).toFixed(2)} % of 2,000 digits that it never saw are read right`);
  return {
    figures: { accuracy },
    files: { 'mnist-mlp.svg': historyPlot(curvesOf(history), { lossScale: 'log' }).toSVG() },
  };
}

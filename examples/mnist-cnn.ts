// Handwritten digits, read by a small convolutional network: two rounds of convolution, normalisation and pooling, then one linear
// layer. A picture of the digits that it reads wrongly shows what is left.

import { data, fit, nn, optim, take, type Tensor } from '../src/index.js';
import { writePng } from '../src/files/index.js';
import { historyPlot } from '../src/plot/index.js';
import { digits, sheet } from './digits.js';
import { curvesOf, printing, type ExampleOptions, type Result } from './example.js';

const BATCH = 64;

/** Trains on 8,000 digits; `accuracy` is that on the other 2,000, of which `misread` are read wrongly. */
export async function main({ epochs = 12, print = console.log }: ExampleOptions = {}): Promise<Result> {
  const { XTrain, yTrain, XTest, yTest } = await digits();
  const model = nn.sequential(
    nn.conv2d(1, 16, 3, { padding: 1, randomState: 0 }),
    nn.maxPool2d(2),
    nn.batchNorm2d(16),
    nn.relu(),
    nn.conv2d(16, 32, 3, { padding: 1, randomState: 1 }),
    nn.maxPool2d(2),
    nn.batchNorm2d(32),
    nn.relu(),
    nn.flatten(),
    nn.dropout(0.3, { randomState: 2 }),
    nn.linear(32 * 7 * 7, 10, { randomState: 3 }),
  );
  print(nn.summary(model, [1, 1, 28, 28]).toText());

  const changes = data.composeTransforms(data.randomRotation(10), data.randomShift(2));
  const steps = epochs * Math.ceil(XTrain.shape[0]! / BATCH);
  const history = await fit(
    model,
    data.augmentedBatches(XTrain, yTrain, changes, { batchSize: BATCH, randomState: 0 }),
    {
      loss: nn.crossEntropyLoss(),
      optimizer: optim.adam({ learningRate: optim.schedules.oneCycle(0.01, { steps }) }),
      epochs,
      validation: { X: XTest, y: yTest }, // to watch; nothing is chosen by it
      precision: 'float32',
      deterministic: true, // the same figures on every machine
      callbacks: [printing(print)],
    },
  );

  const accuracy = history.val_accuracy?.at(-1) ?? NaN;
  const wrong = misread(model, XTest, yTest);
  print(
    `${(100 * accuracy).toFixed(2)} % of 2,000 digits that it never saw are read right, ${wrong.length} wrongly`,
  );
  return {
    figures: { accuracy, misread: wrong.length },
    files: {
      'mnist-cnn.svg': historyPlot(curvesOf(history), { lossScale: 'log' }).toSVG(),
      ...(wrong.length > 0 && { 'mnist-cnn-misread.png': await writePng(sheet(take(XTest, wrong), 16)) }),
    },
  };
}

/** The places of pictures that are taken for another digit; a few at a time, to save memory. */
function misread(model: nn.Module, X: Tensor, y: Tensor): number[] {
  const named = [...data.batches(X, y, { batchSize: 200 })].flatMap(({ X }) => [
    ...model.predict(X).argmax().data,
  ]);
  return [...y.data.keys()].filter((i) => named[i] !== y.data[i]);
}

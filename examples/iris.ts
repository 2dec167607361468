// Three species of iris, told apart by the sizes of their petals and sepals.

import { accuracy, concat, data, fit, metrics, nn, optim, tensor, type Tensor } from '../src/index.js';
import { decisionBoundary } from '../src/plot/index.js';
import { printing, type ExampleOptions, type Result } from './example.js';

/** Trains on 120 flowers; `accuracy` is that on the other 30. */
export async function main({ epochs = 100, print = console.log }: ExampleOptions = {}): Promise<Result> {
  const { X, y, featureNames, targetNames } = data.iris();
  const { XTrain, yTrain, XTest, yTest } = data.trainTestSplit(X, y, {
    testSize: 30,
    stratify: y,
    randomState: 0,
  });
  // Each column to mean 0 and deviation 1, by what the training samples show.
  const mean = XTrain.mean(0);
  const deviation = XTrain.sub(mean).pow(2).mean(0).sqrt();
  const standardized = (samples: Tensor): Tensor => samples.sub(mean).div(deviation);

  const model = nn.mlp([4, 16, 3], { randomState: 0 });
  await fit(model, standardized(XTrain), yTrain, {
    loss: nn.crossEntropyLoss(),
    optimizer: optim.adam({ learningRate: 0.01 }),
    epochs,
    batchSize: 16,
    randomState: 0,
    callbacks: [printing(print, 20)],
  });

  const scores = model.predict(standardized(XTest));
  const confusion = metrics.confusionMatrix(scores, yTest).toArray() as number[][];
  print('\nflowers that it never saw, and what it takes them for:');
  print(['', ...targetNames].map((name) => name.padStart(12)).join(''));
  confusion.forEach((row, i) =>
    print([targetNames[i]!, ...row].map((cell) => String(cell).padStart(12)).join('')),
  );
  const right = accuracy(scores, yTest).item();
  print(`accuracy ${right.toFixed(4)}`);

  // The plane of the petals, with the sepals of an average flower.
  const [sepalLength, sepalWidth] = mean.data;
  const withSepals = (petals: Tensor): Tensor => {
    const sepals = tensor([[sepalLength!, sepalWidth!]]).broadcastTo([petals.shape[0]!, 2]);
    return concat([sepals, petals], 1);
  };
  const picture = decisionBoundary({
    X: X.slice(null, [2]),
    y,
    predict: (petals) => model.predict(standardized(withSepals(petals))).softmax(),
    labels: { title: 'Iris, by their petals', x: featureNames[2], y: featureNames[3], classes: targetNames },
  });
  return { figures: { accuracy: right }, files: { 'iris.svg': picture.toSVG() } };
}

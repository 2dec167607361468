// An autoencoder: a network that has to give back the digit it was shown, through a waist of 16 numbers. What it keeps in them
// is what digits have in common. Hinton and Salakhutdinov, 2006.

import { fit, nn, noGrad, optim, concat, type Tensor } from '../src/index.js';
import { writePng } from '../src/files/index.js';
import { digits, sheet } from './digits.js';
import { printing, type ExampleOptions, type Result } from './example.js';

const WAIST = 16;
const SHOWN = 16; // digits in the picture

/** Trains on 8,000 digits; `error` is the mean squared error of a pixel of the other 2,000. */
export async function main({ epochs = 20, print = console.log }: ExampleOptions = {}): Promise<Result> {
  const { XTrain, XTest } = await digits();
  const [train, test] = [XTrain, XTest].map((X) => X.reshape([-1, 28 * 28]).detach()) as [Tensor, Tensor];
  const encoder = nn.mlp([28 * 28, 128, WAIST], { activation: 'relu', randomState: 0 });
  const decoder = nn.sequential(
    nn.mlp([WAIST, 128, 28 * 28], { activation: 'relu', randomState: 1 }),
    nn.sigmoid(),
  );
  const model = nn.sequential(encoder, decoder);

  const steps = epochs * Math.ceil(train.shape[0]! / 64);
  await fit(model, train, train, {
    loss: nn.mseLoss(),
    optimizer: optim.adam({ learningRate: optim.schedules.oneCycle(0.004, { steps }) }),
    epochs,
    batchSize: 64,
    randomState: 0,
    validation: { X: test, y: test },
    precision: 'float32',
    deterministic: true, // the same figures on every machine
    callbacks: [printing(print, 5)],
  });

  const restored = model.predict(test);
  const error = restored.sub(test).pow(2).mean().item();
  print(
    `${28 * 28} numbers through ${WAIST}: mean squared error ${error.toFixed(4)} on digits that it never saw`,
  );

  const asPictures = (rows: Tensor): Tensor => rows.slice([0, SHOWN]).reshape([SHOWN, 1, 28, 28]);
  const both = noGrad(() => concat([asPictures(test), asPictures(restored)]));
  return { figures: { error }, files: { 'autoencoder.png': await writePng(sheet(both, SHOWN)) } };
}

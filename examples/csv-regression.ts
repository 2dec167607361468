// Rents from a CSV file: the columns are guessed and shown, categories become columns of 0 and 1, missing years their mean, and
// what prepared the columns goes into the model file, where `predict` finds it.

import { data, fit, metrics, nn, optim, type Tensor } from '../src/index.js';
import { loadFile } from '../src/disk/index.js';
import {
  applyColumns,
  describeColumns,
  fitColumns,
  loadModel,
  readCsv,
  saveModel,
} from '../src/files/index.js';
import { dots, figure, line, type Figure } from '../src/plot/index.js';
import { printing, type ExampleOptions, type Result } from './example.js';

/** Beside this file; examples are run from the project's folder. */
const FILE = 'examples/data/flats.csv';

/** Trains a straight line and a network on three quarters of the flats; `network R²`, `line error` and so on are those on the others. */
export async function main({ epochs = 200, print = console.log }: ExampleOptions = {}): Promise<Result> {
  const table = readCsv(await loadFile(FILE));
  // Means and deviations come from the flats that are learned from; the others must not be known before.
  const places = Array.from(table.records.keys());
  const { XTrain: train, XTest: test } = data.trainTestSplit(places, places, {
    testSize: 0.25,
    randomState: 0,
  });
  const part = (rows: Tensor) => ({ ...table, records: Array.from(rows.data, (row) => table.records[row]!) });
  const columns = fitColumns(part(train), { target: 'rent', missing: 'mean' });
  print(describeColumns(columns));

  const [learned, held] = [applyColumns(columns, part(train)), applyColumns(columns, part(test))];
  const rents = learned.y!.reshape([-1, 1]).detach();
  const [mean, deviation] = [rents.mean().item(), Math.sqrt(rents.sub(rents.mean()).pow(2).mean().item())];
  const inEuros = (z: Tensor): Tensor => z.mul(deviation).add(mean);

  const figures: Record<string, number> = {};
  const models = {
    line: nn.linear(learned.X.shape[1]!, 1, { randomState: 0 }),
    network: nn.mlp([learned.X.shape[1]!, 32, 16, 1], { randomState: 0 }),
  };
  for (const [name, model] of Object.entries(models)) {
    print(`\n${String(model)}`);
    await fit(model, learned.X, rents.sub(mean).div(deviation).detach(), {
      loss: nn.mseLoss(),
      optimizer: optim.adamw({ learningRate: 0.005, weightDecay: 0.05 }),
      epochs,
      randomState: 0,
      callbacks: [printing(print, 50)],
    });
    const predicted = inEuros(model.predict(held.X));
    const target = held.y!.reshape([-1, 1]);
    figures[`${name} R²`] = metrics.r2(predicted, target).item();
    figures[`${name} error`] = predicted.sub(target).abs().mean().item();
    print(
      `on ${target.size} other flats: R² ${figures[`${name} R²`]!.toFixed(4)}, off by ${figures[`${name} error`]!.toFixed(0)} on average`,
    );
  }

  const { model } = loadModel(saveModel(models.network, { columns })); // as a file keeps it
  const picture = pictureOf(held.y!, inEuros(model.predict(held.X)));
  return { figures, files: { 'csv-regression.svg': picture.toSVG() } };
}

/** A dot for each flat; the closer to the diagonal, the better. */
function pictureOf(rents: Tensor, predicted: Tensor): Figure {
  return figure({
    panels: [
      {
        title: 'Rents of flats that the network never saw',
        xLabel: 'rent',
        yLabel: 'predicted',
        marks: [
          line(
            [
              [200, 200],
              [3000, 3000],
            ],
            { label: 'exact', dash: true, color: 'currentColor' },
          ),
          dots(
            Array.from(rents.data, (rent, i): [number, number] => [rent, predicted.data[i]!]),
            { radius: 3.5 },
          ),
        ],
      },
    ],
    height: 480,
  });
}

// Exclusive or, which one neuron cannot learn: no straight line has (0, 1) and (1, 0) on one side and (0, 0) and (1, 1) on the
// other (Minsky and Papert, 1969). Two hidden neurons draw two lines, and that is enough, though from some starts they get stuck.

import { accuracy, data, fit, nn, optim } from '../src/index.js';
import { decisionBoundary } from '../src/plot/index.js';
import type { ExampleOptions, Result } from './example.js';

/** Trains both networks on the four rows; `neuron loss`, `hidden accuracy` and so on are those at the end. */
export async function main({ epochs = 1000, print = console.log }: ExampleOptions = {}): Promise<Result> {
  const { X, y } = data.logicGate('xor');
  const networks = {
    neuron: nn.sequential(nn.linear(2, 1, { randomState: 0 }), nn.sigmoid()),
    hidden: nn.sequential(nn.mlp([2, 2, 1], { randomState: 1 }), nn.sigmoid()),
  };

  const figures: Record<string, number> = {};
  const files: Record<string, string> = {};
  for (const [name, model] of Object.entries(networks)) {
    const history = await fit(model, X, y, {
      loss: nn.bceLoss(),
      optimizer: optim.adam({ learningRate: 0.05 }),
      epochs,
      batchSize: 4,
      shuffle: false,
    });
    const p = model.predict(X);
    figures[`${name} accuracy`] = accuracy(p, y.reshape([4, 1])).item();
    figures[`${name} loss`] = history.loss.at(-1) ?? NaN;
    print(`\n${String(model)}`);
    X.data.forEach((_, i) => {
      if (i % 2 === 0)
        print(`  ${X.data[i]} xor ${X.data[i + 1]} = ${y.data[i / 2]}   p = ${p.data[i / 2]!.toFixed(4)}`);
    });
    print(`  loss ${figures[`${name} loss`]!.toFixed(4)} (chance: ln 2 = 0.6931)`);

    const title = name === 'neuron' ? 'One neuron: p = 0.5 everywhere' : 'Two hidden neurons: two lines';
    files[`xor-${name}.svg`] = decisionBoundary({
      ...{ X, y, predict: (points) => model.predict(points), width: 480, height: 440 },
      labels: { title, x: 'a', y: 'b', classes: ['a xor b = 0', 'a xor b = 1'] },
    }).toSVG();
  }
  return { figures, files };
}

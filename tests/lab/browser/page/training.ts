// Trainings that give the same bits wherever they run: bundled for the page, and imported in Node.

import { Machine } from '../../../../src/engines/wasm/machine.js';
import { fit, functions, nn, optim, RandomState, type Tensor } from '../../../../src/index.js';

/** What a training leaves behind; each number of 32 bits is exact as a number of 64. */
export interface Trained {
  readonly losses: readonly number[];
  readonly parameters: readonly number[];
}

/** A network large enough for threads, its data and its optimizer. */
function setting() {
  const random = new RandomState(0);
  const model = nn.mlp([301, 207, 5], { activation: 'tanh', randomState: random });
  const optimizer = optim.adam({ learningRate: 0.01 });
  return { model, optimizer, X: random.standardNormal([203, 301]), y: random.randint(0, 5, 203) };
}

const valuesOf = (model: ReturnType<typeof setting>['model']): number[] =>
  model.parameters().flatMap(({ data }) => [...data]);

/** Two epochs of `fit`. */
export async function fitted(threads: number): Promise<Trained> {
  const { model, optimizer, X, y } = setting();
  const { loss } = await fit(model, X, y, {
    ...{ loss: nn.crossEntropyLoss(), optimizer, epochs: 2, batchSize: 64, randomState: 1 },
    ...{ deterministic: true, threads },
  });
  return { losses: loss, parameters: valuesOf(model) };
}

/**
 * Compiled steps: as many as asked for, or with `until` as many as it takes for helping threads to have shared so many of
 * them, which come when they come.
 */
export async function stepped(threads: number, count: number, until?: 'shared'): Promise<Trained> {
  const { model, optimizer, X, y } = setting();
  const step = (x: Tensor, labels: Tensor): Tensor => {
    const loss = functions.crossEntropy(model.forward(x), labels);
    optimizer.zeroGrad(model.parameters());
    loss.backward();
    optimizer.step(model.parameters());
    return loss;
  };
  const options = { float: 'f32', target: 'simd', threads } as const;
  const machine = new Machine(step as (...inputs: Tensor[]) => Tensor, [X, y], options);
  const losses: number[] = [];
  while (until === 'shared' ? machine.sharedSteps < count : losses.length < count) {
    losses.push(machine.step([X, y])[0]!.item());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return { losses, parameters: valuesOf(model) };
}

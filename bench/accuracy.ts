// Accuracy: everyone learns MNIST's digits from the same first weights, batch by batch in the same order, and one judge tests their
// networks on digits that none of them has seen.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMnist } from '../src/disk/index.js';
import { accuracy, data, type Tensor } from '../src/index.js';
import type { Entrant } from './entrants.js';
import { Link } from './link.js';
import { modelOf } from './model.js';
import { makeProblem, parametersIn, writeProblem, type Problem } from './problem.js';
import { spreadOf, type Spread } from './statistics.js';
import { classifier } from './works.js';

/** As `chainrule train mnist` does it, but for the order: ten epochs of Adam on 8,000 digits. */
const work = classifier([784, 128, 10], 64, 125, { name: 'mnist', optimizer: 'adam', learningRate: 0.001 });
const EPOCHS = 10;
const TEST = 2000;

/** How one did; nothing but the name and the trouble where there was some. */
export interface Learned {
  readonly name: string;
  readonly trouble?: string;
  /** Accuracies on the digits for testing and on those for training. */
  readonly test?: number;
  readonly training?: number;
  /** Milliseconds from the data in memory to the last step; loading the library excluded, compiling included. */
  readonly time?: Spread;
}

/** Has everyone learn the digits, anew in every round. */
export async function measureLearning(
  entrants: readonly Entrant[],
  { rounds, onProgress }: { readonly rounds: number; readonly onProgress: (text: string) => void },
): Promise<Learned[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-bench-'));
  try {
    const judge = await prepareDigits(folder);
    const times = entrants.map((): number[] => []);
    const learned: Learned[] = entrants.map(({ name }) => ({ name }));
    for (let round = 0; round < rounds; round++) {
      for (const [i, entrant] of entrants.entries()) {
        if (learned[i]!.trouble !== undefined) continue;
        onProgress(`mnist: ${entrant.name}, round ${round + 1} of ${rounds}`);
        learned[i] = await learn(entrant, folder, judge, times[i]!);
      }
    }
    return learned.map((each, i) => (each.trouble ? each : { ...each, time: spreadOf(times[i]!) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Accuracies of parameters. */
type Judge = (parameters: Float64Array) => { readonly test: number; readonly training: number };

/** Writes the problem into a folder: the digits as the command line divides them. */
async function prepareDigits(folder: string): Promise<Judge> {
  const { X, y } = await loadMnist({ randomState: 0 });
  const { XTrain, yTrain, XTest, yTest } = data.trainTestSplit(X, y, {
    ...{ testSize: TEST, stratify: y, randomState: 0 },
  });
  const [samples, inputs] = XTrain.shape as [number, number];
  const problem: Problem = {
    ...makeProblem(work),
    X: { rows: samples, columns: inputs, values: Float64Array.from(XTrain.data, Math.fround) },
    labels: { rows: 0, columns: samples, values: Float64Array.from(yTrain.data) },
  };
  writeProblem(problem, folder);
  return (numbers) => {
    const model = modelOf({ ...problem, parameters: parametersIn(work, numbers) });
    const right = (X: Tensor, y: Tensor): number => accuracy(model.predict(X), y).item();
    return { test: right(XTest, yTest), training: right(XTrain, yTrain) };
  };
}

async function learn(
  { name, command }: Entrant,
  folder: string,
  judge: Judge,
  times: number[],
): Promise<Learned> {
  let link: Link | undefined;
  try {
    link = new Link(command());
    const ready = await link.prepare(folder);
    times.push(ready + (await link.steps(EPOCHS * work.batches)));
    const file = join(folder, 'learned.f64');
    await link.parameters(file);
    return { name, ...judge(new Float64Array(Uint8Array.from(readFileSync(file)).buffer)) };
  } catch (error) {
    return { name, trouble: (error as Error).message };
  } finally {
    link?.close();
  }
}

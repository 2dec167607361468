import { describe, expect, test } from 'vitest';
import {
  accuracy,
  compile,
  data,
  fit,
  metrics,
  nn,
  optim,
  ShapeError,
  tensor,
  ValueError,
  type NestedArray,
  type Tensor,
} from '../../src/index.js';
import { readFixture } from '../optim/torch.js';

type Scores = Readonly<Record<'precision' | 'recall' | 'f1', number>>;
type Average = 'macro' | 'micro' | 'weighted';
interface Multi {
  readonly scores: NestedArray;
  readonly targets: readonly number[];
  readonly confusion: NestedArray;
  readonly averages: Readonly<Record<Average, Scores>>;
  readonly topK: Readonly<Record<string, number>>;
}
interface Binary extends Scores {
  readonly scores: NestedArray;
  readonly targets: readonly number[];
  readonly threshold: number;
  readonly auc: number;
  readonly confusion: NestedArray;
}
const { multi, binary, r2 } = readFixture<{
  multi: readonly Multi[];
  binary: readonly Binary[];
  r2: readonly { predictions: NestedArray; targets: NestedArray; r2: number }[];
}>('sklearn-metrics.json');

/** Interpreted and compiled, a metric has the value. */
function expectMetric(
  metric: (p: Tensor, t: Tensor) => Tensor,
  p: Tensor,
  t: Tensor,
  value: NestedArray,
): void {
  const near = tensor(value);
  for (const result of [metric(p, t), compile(metric, { precision: 'float64' })(p, t)]) {
    expect(result.shape).toEqual(near.shape);
    result.data.forEach((number, i) => expect(number).toBeCloseTo(near.data[i]!, 12));
  }
}

const named = ['precision', 'recall', 'f1'] as const;

describe('metrics of several classes are scikit-learn’s', () => {
  test.each(multi.map((given, i) => [i, given] as const))(
    '%d',
    (_, { scores, targets, confusion, averages, topK }) => {
      const [p, t] = [tensor(scores), tensor(targets)];
      expectMetric(metrics.confusionMatrix, p, t, confusion);
      for (const [average, values] of Object.entries(averages) as [Average, Scores][]) {
        for (const name of named) {
          expectMetric((p, t) => metrics[name](p, t, { average }), p, t, values[name]);
        }
      }
      expectMetric(metrics.f1, p, t, averages.macro.f1);
      for (const [k, value] of Object.entries(topK)) {
        expectMetric((p, t) => metrics.topK(p, t, Number(k)), p, t, value);
      }
    },
  );
});

describe('metrics of two classes are scikit-learn’s', () => {
  test.each(binary.map((given, i) => [i, given] as const))('%d', (_, { threshold, ...given }) => {
    // As columns, which is what a network of one output gives.
    const [p, t] = [tensor(given.scores), tensor(given.targets)].map((x) => x.reshape([-1, 1]).detach()) as [
      Tensor,
      Tensor,
    ];
    expectMetric((p, t) => metrics.confusionMatrix(p, t, { threshold }), p, t, given.confusion);
    for (const name of named) expectMetric((p, t) => metrics[name](p, t, { threshold }), p, t, given[name]);
    expect(metrics.auc(p, t)).toBeCloseTo(given.auc, 12);
  });
});

test.each(r2.map((given, i) => [i, given] as const))('R² is scikit-learn’s (%d)', (_, given) => {
  expectMetric(metrics.r2, tensor(given.predictions), tensor(given.targets), given.r2);
});

test('top 1 is accuracy, ties included', () => {
  const [p, t] = [tensor([[1, 1, 0], [0, 2, 2], [3, 3, 3]]), tensor([0, 2, 1])]; // prettier-ignore
  expect(metrics.topK(p, t, 1).item()).toBe(accuracy(p, t).item());
  expect(metrics.topK(p, t, 2).item()).toBe(1);
});

describe('a label that is ignored', () => {
  const p = tensor([[2, 1], [1, 2], [1, 2], [3, 0]]); // prettier-ignore

  test.each([
    [[0, 0, -100, -100], -100, 1 / 2],
    [[0, 1, -100, 0], -100, 1],
    [[0, 0, 1, 0], 0, 1], // also where the label is that of a class: padding, say
    [[7, 7, 7, 7], 7, 0],
    [[0, 0, 1, 0], undefined, 3 / 4],
  ])('counts for nothing in accuracy: %j without %j', (labels, ignoreIndex, value) => {
    expectMetric((p, t) => accuracy(p, t, 0, ignoreIndex), p, tensor(labels), value);
  });

  test('nor does it in the accuracy that goes with a loss', async () => {
    const y = [0, -100, 1, -100];
    for (const loss of [nn.crossEntropyLoss({ ignoreIndex: -100 }), nn.nllLoss({ ignoreIndex: -100 })]) {
      const model = nn.linear(2, 2, { initializer: nn.init.zeros });
      model.weight.assign(tensor([[1, 0], [0, 1]])); // prettier-ignore
      const options = { loss, optimizer: optim.sgd({ learningRate: 1e-9 }), batchSize: 4, shuffle: false };
      const history = await fit(model, p, y, { ...options, validation: { X: p, y } });
      expect([history.accuracy, history['val_accuracy']]).toEqual([[1], [1]]);
    }
  });
});

test('fit watches any of them', async () => {
  const { X, y } = data.makeBlobs({ centers: 3, randomState: 0 });
  const history = await fit(nn.mlp([2, 3], { randomState: 0 }), X, y, {
    loss: nn.crossEntropyLoss(),
    optimizer: optim.adam({ learningRate: 0.1 }),
    epochs: 5,
    randomState: 0,
    metrics: { f1: metrics.f1, top2: (p, t) => metrics.topK(p, t, 2) },
  });
  expect(history['f1']!.at(-1)).toBeGreaterThan(history['f1']![0]!);
  expect(history['top2']!.at(-1)).toBeGreaterThan(0.9);
});

test('AUC, read from values, is interpreted', async () => {
  const { X, y } = data.makeBlobs({ centers: 2, randomState: 0 });
  const history = await fit(nn.mlp([2, 1], { randomState: 0 }), X, y, {
    ...{
      loss: nn.bceWithLogitsLoss(),
      optimizer: optim.adam({ learningRate: 0.1 }),
      epochs: 5,
      batchSize: 50,
    },
    ...{ randomState: 0, metrics: { auc: metrics.auc } },
  });
  expect(history['auc']!.at(-1)).toBeGreaterThan(0.9);
});

describe('what does not fit is refused', () => {
  const [p, t] = [tensor([[1, 2], [3, 4]]), tensor([0, 1])]; // prettier-ignore
  test.each([
    [
      () => metrics.confusionMatrix(tensor([[[1, 2]]]), tensor([0])),
      ShapeError,
      /confusionMatrix: expected .* \[1, 1, 2\]/,
    ],
    [
      () => metrics.f1(p, tensor([0, 1, 0])),
      ShapeError,
      /f1: there are predictions for 2 samples and labels for 3/,
    ],
    [
      () => metrics.recall(p, t, { average: 'mean' as 'macro' }),
      ValueError,
      /recall: average must be macro, .* got mean/,
    ],
    [() => metrics.topK(t, t), ShapeError, /topK: expected scores \[n, classes\]/],
    [() => metrics.topK(p, t, 0), ValueError, /k must be a whole number of at least 1, got 0/],
    [() => metrics.auc(p, t), ShapeError, /auc: expected one score for each target/],
    [() => metrics.auc(t, tensor([1, 1])), ValueError, /both must occur; of 2 there are 0 and 2/],
    [() => metrics.auc(t, tensor([1, 2])), ValueError, /targets must be 0 or 1/],
    [() => metrics.r2(p, t), ShapeError, /r2: expected predictions and targets of one shape/],
  ])('%#', (call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });
});

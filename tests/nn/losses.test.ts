import { describe, expect, test } from 'vitest';
import {
  compile,
  data,
  fit,
  functions,
  nn,
  optim,
  tensor,
  type FitOptions,
  type NestedArray,
  type Tensor,
} from '../../src/index.js';

const scores = tensor([[2, -1, 0.5], [0.1, 0.2, 3], [1, 1, 1]]); // prettier-ignore
const labels = [0, 2, 1];

describe('losses as modules are the library’s functions, with PyTorch’s options', () => {
  const smoothed = { labelSmoothing: 0.1, classWeights: [1, 2, 3], ignoreIndex: 1 };
  const shares = scores.softmax();
  test.each([
    [nn.crossEntropyLoss(smoothed), functions.crossEntropy(scores, labels, smoothed), scores, labels],
    [
      nn.nllLoss({ classWeights: [1, 2, 3] }),
      functions.nll(scores, labels, { classWeights: [1, 2, 3] }),
      scores,
      labels,
    ],
    [nn.nllLoss(), functions.crossEntropy(scores, labels), scores.logSoftmax(), labels],
    [nn.l1Loss({ reduction: 'sum' }), functions.l1(scores, shares, { reduction: 'sum' }), scores, shares],
    [
      nn.klDivLoss({ reduction: 'batchMean' }),
      functions.klDiv(scores, shares, { reduction: 'batchMean' }),
      scores,
      shares,
    ],
    [nn.hingeLoss(), functions.hinge([0.5, -2], [1, 1]), tensor([0.5, -2]), [1, 1]],
  ])('%s', (loss, expected, prediction, target) => {
    expect(loss.forward(prediction, target as NestedArray).item()).toBeCloseTo(expected.item(), 14);
  });
});

describe('trained with them, compiled and interpreted numbers are the same', () => {
  const { X, y } = data.makeBlobs({ nSamples: 30, centers: 3, randomState: 1 });
  const some = tensor(y.data.map((label, i) => (i % 4 === 0 ? -100 : label)));
  const oneHot = y.reshape([30, 1]).equal([0, 1, 2]).mul(1).detach();
  const signs = oneHot.mul(2).sub(1).detach();
  const logSoftmax = new (class extends nn.Module {
    forward(x: Parameters<nn.Linear['forward']>[0]) {
      return tensor(0).add(x).logSoftmax();
    }
  })();
  const cases = [
    [nn.crossEntropyLoss({ labelSmoothing: 0.1, classWeights: [1, 2, 3], ignoreIndex: -100 }), some],
    [nn.crossEntropyLoss({ ignoreIndex: -100 }), some],
    [nn.nllLoss({ classWeights: [0.5, 1, 2], ignoreIndex: -100 }), some, logSoftmax],
    [nn.klDivLoss({ reduction: 'batchMean' }), oneHot, logSoftmax],
    [nn.l1Loss(), oneHot],
    [nn.hingeLoss(), signs],
  ] as const;
  test.each(cases)('%s', async (loss, target, last = undefined) => {
    const run = async (more: Partial<FitOptions>) => {
      const model = nn.sequential(nn.linear(2, 3, { randomState: 0 }), ...(last ? [last] : []));
      const optimizer = optim.sgd({ learningRate: 0.05 });
      const { loss: losses } = await fit(model, X, target, {
        ...{ loss, optimizer, epochs: 3, batchSize: 8, randomState: 0, ...more },
      });
      return [...losses, ...model.parameters().flatMap((parameter) => [...parameter.data])];
    };
    const [compiled, interpreted] = [await run({}), await run({ compiled: false })];
    expect(compiled[2]).toBeLessThan(compiled[0]!);
    compiled.forEach((number, i) => expect(number).toBeCloseTo(interpreted[i]!, 12));
  });
});

test('a loss that looks at its values compiles: there are none to look at', () => {
  const step = compile((z: Tensor, y: Tensor) => [
    nn.bceLoss().forward(z.sigmoid(), y),
    nn.hingeLoss().forward(z, y.mul(2).sub(1)),
  ]);
  expect((step([0, 0], [1, 0]) as Tensor[]).map((loss) => loss.item())).toEqual([
    expect.closeTo(Math.log(2), 6),
    1,
  ]);
});

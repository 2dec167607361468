import { describe, expect, test } from 'vitest';
import { optim, tensor, ValueError } from '../../src/index.js';

const { accumulate, adagrad, adam, adamw, clip, clipGradNorm, clipGradValue, groups, rmsprop, sgd } = optim;
const w = tensor(1, { requiresGrad: true, name: 'w' });
const plain = (): optim.Optimizer => sgd({ learningRate: 1 });

describe('options out of range are refused', () => {
  test.each([
    [() => sgd({ learningRate: 0 }), /learningRate must be a number above 0, got 0/],
    [() => sgd({ learningRate: NaN }), /learningRate must be a number above 0, got NaN/],
    // @ts-expect-error not a number
    [() => sgd({ learningRate: 'fast' }), /learningRate must be a number above 0, got fast/],
    [() => sgd({ learningRate: 0.1, momentum: -1 }), /sgd: momentum must be a number of at least 0, got -1/],
    [() => sgd({ learningRate: 0.1, weightDecay: Infinity }), /weightDecay must be .*, got Infinity/],
    [() => sgd({ learningRate: 0.1, nesterov: true }), /nesterov needs a momentum above 0/],
    [() => rmsprop({ alpha: 1 }), /rmsprop: alpha must be a number from 0 to below 1, got 1/],
    [() => rmsprop({ epsilon: -1 }), /epsilon must be a number of at least 0, got -1/],
    [() => rmsprop({ momentum: NaN }), /momentum/],
    [() => adagrad({ learningRateDecay: -1 }), /adagrad: learningRateDecay must be/],
    [() => adagrad({ initialAccumulatorValue: -1 }), /initialAccumulatorValue must be/],
    [() => adam({ beta1: 1 }), /adam: beta1 must be a number from 0 to below 1, got 1/],
    [() => adam({ beta2: -0.1 }), /beta2 must be a number from 0 to below 1, got -0.1/],
    [() => adam({ learningRate: -1 }), /Adam: learningRate must be a number above 0, got -1/],
    [() => adamw({ weightDecay: -1 }), /adamw: weightDecay must be a number of at least 0, got -1/],
    [() => clip(plain(), {}), /clip: give a norm or a value/],
    [() => clip(plain(), { norm: 0 }), /clip: norm must be a number above 0, got 0/],
    [() => clip(plain(), { value: NaN }), /clip: value must be a number above 0, got NaN/],
    [() => clipGradNorm([w], -1), /clipGradNorm: the largest norm must be a number above 0, got -1/],
    [() => clipGradNorm([w], 1, 0), /clipGradNorm: the norm must be a number above 0, got 0/],
    [() => clipGradValue([w], 0), /clipGradValue: the largest value must be/],
    [() => accumulate(plain(), 0), /accumulate: batches must be a whole number of at least 1, got 0/],
    [() => accumulate(plain(), 1.5), /batches must be a whole number of at least 1, got 1.5/],
    [
      () => groups(plain(), { parameters: [w], optimizer: plain() }, { parameters: [w], optimizer: plain() }),
      /groups: a parameter \(w\) is in two groups/,
    ],
    [
      () => {
        const one = plain();
        return groups(one, { parameters: [w], optimizer: one });
      },
      /groups: an optimizer is in two groups/,
    ],
  ])('%#: %s', (make, message) => {
    expect(make).toThrow(ValueError);
    expect(make).toThrow(message);
  });
});

// What all modules share: modes, freezing, buffers, and messages that say which layer.

import { describe, expect, test } from 'vitest';
import {
  compile,
  fit,
  full,
  nn,
  optim,
  RandomState,
  ShapeError,
  tensor,
  zeros,
  type Tensor,
} from '../../src/index.js';

const cnn = (randomState = 0): nn.Sequential => {
  const random = new RandomState(randomState);
  return nn.sequential(
    nn.conv2d(1, 2, 3, { padding: 1, randomState: random }),
    nn.batchNorm2d(2),
    nn.relu(),
    nn.maxPool2d(2),
    nn.flatten(),
    nn.dropout(0.25, { randomState: random }),
    nn.linear(8, 3, { randomState: random }),
  );
};

describe('training and evaluation mode', () => {
  test('reach every part, and predict evaluates without changing them', () => {
    const model = cnn();
    expect(model.namedModules().every(([, module]) => module.training)).toBe(true);
    const x = new RandomState(1).standardNormal([2, 1, 4, 4]);
    expect(model.predict(x).toArray()).toEqual(model.predict(x).toArray());
    expect(model.training).toBe(true);
    expect(
      model
        .eval()
        .namedModules()
        .some(([, module]) => module.training),
    ).toBe(false);
    expect(model.forward(x).toArray()).toEqual(model.predict(x).toArray());
    expect(model.train().layers[5]!.training).toBe(true);
  });
});

describe('freezing', () => {
  test('keeps parameters as they are, under their names, until they are unfrozen', () => {
    const model = nn.mlp([2, 3, 1], { randomState: 0 });
    const names = model.namedParameters().map(([name]) => name);
    const before = model.parameters().map((parameter) => parameter.toArray());
    const learn = (): boolean[] => {
      const optimizer = optim.sgd({ learningRate: 0.1 });
      model
        .forward([[1, 2]])
        .sum()
        .backward();
      optimizer.step(model.parameters());
      return model.parameters().map((parameter, i) => String(parameter.toArray()) !== String(before[i]));
    };
    expect(
      model
        .freeze('0')
        .namedParameters()
        .map(([name]) => name),
    ).toEqual(names);
    expect(learn()).toEqual([false, false, true, true]);
    expect(
      model
        .unfreeze('0.bias')
        .parameters()
        .map((p) => p.requiresGrad),
    ).toEqual([false, true, true, true]);
    model.unfreeze();
    expect(learn()).toEqual([true, true, true, true]);
  });

  test('a shared parameter is frozen for all', () => {
    const layer = nn.linear(2, 2);
    const model = nn.sequential(layer, nn.residual(layer)).freeze('0');
    expect(model.parameters()).toEqual([layer.weight, layer.bias]);
    expect(layer.freeze().unfreeze().weight.requiresGrad).toBe(true);
  });

  test('compiled training leaves frozen parameters alone', async () => {
    const model = nn.mlp([2, 3, 1], { randomState: 0 }).freeze('0.weight');
    const [frozen, free] = [model.parameters()[0]!.toArray(), model.parameters()[1]!.toArray()];
    await fit(model, [[0, 1], [1, 0]], [[1], [0]], { loss: nn.mseLoss(), optimizer: optim.adam() }); // prettier-ignore
    expect(model.parameters()[0]!.toArray()).toEqual(frozen);
    expect(model.parameters()[1]!.toArray()).not.toEqual(free);
  });
});

describe('buffers', () => {
  test('are running statistics, and for checkpoints the state of random numbers', () => {
    const names = (options?: nn.BufferOptions): string[] =>
      cnn().namedBuffers(options).map(([name]) => name); // prettier-ignore
    expect(names({ persistent: true })).toEqual(['1.running_mean', '1.running_var', '1.num_batches_tracked']);
    expect(names({ persistent: false })).toEqual(['5.randomState']);
    expect(names()).toHaveLength(4);
  });

  test('are no parameters, and no tensor is one by itself', () => {
    class Own extends nn.Module {
      readonly kept = tensor([1, 2]);
      readonly count = this.buffer(tensor(0));
      forward(): Tensor {
        return this.kept;
      }
    }
    expect(new Own().namedBuffers().map(([name]) => name)).toEqual(['count']);
    expect(new Own().parameters()).toEqual([]);
  });
});

test('names inside a Sequential inside a Sequential are PyTorch’s', () => {
  const model = nn.sequential(nn.sequential(nn.linear(1, 1)), nn.lstm(1, 1), nn.multiheadAttention(1, 1));
  expect(model.namedParameters().map(([name]) => name)).toEqual([
    ...['0.0.weight', '0.0.bias'],
    ...['1.weight_ih_l0', '1.weight_hh_l0', '1.bias_ih_l0', '1.bias_hh_l0'],
    ...['2.in_proj_weight', '2.in_proj_bias', '2.out_proj.weight', '2.out_proj.bias'],
  ]);
});

describe('a shape error says which layer', () => {
  const cases: readonly [nn.Module, readonly number[], string][] = [
    [
      nn.sequential(nn.linear(2, 3), nn.relu(), nn.linear(4, 3)),
      [5, 2],
      'Sequential: layer 2, Linear(4, 3): input has 3 features, expected 4 (shape [5, 3])',
    ],
    [
      nn.sequential(nn.relu(), nn.sequential(nn.linear(4, 3))),
      [5, 2],
      'Sequential: layer 1, layer 0, Linear(4, 3): input has 2 features',
    ],
    [
      nn.sequential(nn.maxPool2d(3)),
      [1, 1, 2, 5],
      'Sequential: layer 0, MaxPool2d(3): maxPool2d: windows of [3, 3]',
    ],
    [nn.conv2d(3, 4, 3), [1, 2, 5, 5], 'Conv2d(3, 4, 3): expected [batch, 3, H, W], got shape [1, 2, 5, 5]'],
    [nn.conv2d(1, 1, 3), [1, 1, 2, 5], 'conv2d: windows of [3, 3] do not fit into shape [2, 5]'],
    [nn.conv1d(3, 4, 3), [3, 5], 'Conv1d(3, 4, 3): expected [batch, 3, L], got shape [3, 5]'],
    [nn.batchNorm1d(3), [1, 3], 'BatchNorm1d(3): in training the statistics need more than one value'],
    [nn.batchNorm2d(3), [4, 3], 'BatchNorm2d(3): input has shape [4, 3], expected [batch, 3, H, W]'],
    [nn.layerNorm([2, 3]), [3, 2], 'LayerNorm([2, 3]): input has shape [3, 2], expected last axes [2, 3]'],
    [nn.lstm(3, 4), [2, 5, 2], 'LSTM(3, 4): expected [batch, steps, 3], got shape [2, 5, 2]'],
    [nn.gru(3, 4), [2, 0, 3], 'GRU(3, 4): expected [batch, steps, 3], got shape [2, 0, 3]'],
    [nn.multiheadAttention(4, 2), [2, 5, 3], 'MultiheadAttention(4, 2): expected queries, keys and values'],
    [nn.residual(nn.linear(2, 3)), [1, 2], 'Residual(Linear(2, 3)): the module makes [1, 2] into [1, 3]'],
    [nn.globalAvgPool2d(), [2, 3], 'GlobalAvgPool2d: expected [batch, channels, H, W], got shape [2, 3]'],
  ];
  test.each(cases)('%s of %j', (module, shape, message) => {
    expect(() => module.forward(zeros(shape))).toThrow(ShapeError);
    expect(() => module.forward(zeros(shape))).toThrow(message);
  });
});

describe('options that make no sense are refused', () => {
  test.each([
    [() => nn.conv2d(3, 4, 3, { groups: 2 }), '3 channels in and 4 out do not fall into 2 groups'],
    [() => nn.conv2d(3, 4, [3, 3, 3]), 'Conv2d: a kernel over 2 axes has 2 sizes, got 3'],
    [() => nn.conv1d(1, 1, 0), 'Conv1d: kernelSize must be a whole number of at least 1, got 0'],
    [() => nn.conv2d(1, 1, 3, { stride: 0 }).forward(zeros([1, 1, 4, 4])), 'stride'],
    [() => nn.maxPool2d(2, { padding: 2 }).forward(zeros([4, 4])), 'padding must be at most half the kernel'],
    [() => nn.embedding(0, 3), 'Embedding: count'],
    [() => nn.dropout(1), 'Dropout: p is a probability from 0 to below 1, got 1'],
    [() => nn.batchNorm1d(2, { momentum: 2 }), 'BatchNorm1d: momentum must be from 0 to 1, got 2'],
    [() => nn.layerNorm(2, { epsilon: -1 }), 'LayerNorm: epsilon must be at least 0, got -1'],
    [() => nn.lstm(2, 0), 'LSTM: hiddenSize must be a whole number of at least 1, got 0'],
    [() => nn.multiheadAttention(5, 2), '5 features do not fall into 2 heads'],
    [() => nn.rnn(1, 1, { nonlinearity: 'gelu' as 'relu' }), 'nonlinearity must be tanh or relu, got gelu'],
    [() => nn.embedding(3, 2).forward([3]), 'index 3 is outside axis 0'],
    [() => nn.embedding(3, 2, { paddingIdx: 3 }), 'paddingIdx must be a whole number from 0 to 2, got 3'],
    [() => nn.conv2d(1, 1, 3, { padding: 'same', stride: 2 }), "'same' with a stride of 1"],
    [() => nn.conv1d(1, 1, 3, { padding: 'valid' as 'same' }), "got 'valid' with a stride of 1"],
  ])('%s', (call, message) => expect(call).toThrow(message));
});

describe('dropout', () => {
  const x = full([20_000], 1);

  test('leaves out its share, and keeps the mean', () => {
    for (const p of [0.1, 0.5, 0.9]) {
      const y = nn.dropout(p, { randomState: 3 }).forward(x);
      const share = y.equal(0).mean().item();
      expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000));
      expect(y.max().item()).toBeCloseTo(1 / (1 - p), 12);
    }
  });

  test('draws anew at every step, whatever it drew before', () => {
    const layer = nn.dropout(0.3, { randomState: 5 });
    const masks = Array.from({ length: 12 }, () => layer.forward(x).equal(0));
    // Two masks meet where chance has them meet, 0.09 of all places, and so do three.
    masks.forEach((mask, i) =>
      masks.slice(i + 1).forEach((other, j) => {
        const both = mask.mul(other);
        expect(Math.abs(both.mean().item() - 0.09)).toBeLessThan(0.011);
        const third = masks[(i + j + 2) % 12]!;
        if (third !== mask && third !== other) {
          expect(Math.abs(both.mul(third).mean().item() - 0.027)).toBeLessThan(0.008);
        }
      }),
    );
    // Neighbours are left out independently of each other.
    const pairs = masks[0]!
      .slice([0, -1])
      .mul(masks[0]!.slice([1]))
      .mean()
      .item();
    expect(Math.abs(pairs - 0.09)).toBeLessThan(0.011);
  });

  test.each(['float64', 'float32'] as const)(
    'compiled in %s, it drops the same, also twice in one step',
    (precision) => {
      const [plain, compiled] = [nn.dropout(0.4, { randomState: 1 }), nn.dropout(0.4, { randomState: 1 })];
      const step = compile((given: Tensor) => [compiled.forward(given), compiled.forward(given)], {
        precision,
      });
      for (let i = 0; i < 3; i++) {
        for (const actual of step(x) as Tensor[]) {
          expect(actual.equal(0).toArray()).toEqual(plain.forward(x).equal(0).toArray());
        }
      }
      expect(compiled.randomState.toArray()).toEqual(plain.randomState.toArray());
    },
  );

  test('goes on from a state that is put back', () => {
    const layer = nn.dropout(0.5, { randomState: 2 });
    const saved = layer.namedBuffers()[0]![1].clone();
    const first = layer.forward(x).toArray();
    layer.randomState.assign(saved);
    expect(layer.forward(x).toArray()).toEqual(first);
  });
});

test('a convolutional network with dropout and batch normalisation trains compiled as interpreted', async () => {
  const random = new RandomState(3);
  const [X, y] = [random.standardNormal([20, 1, 4, 4]), random.randint(0, 3, 20)];
  const run = async (compiled: boolean) => {
    const model = cnn(4);
    const options = { loss: nn.crossEntropyLoss(), epochs: 3, batchSize: 8, randomState: 0, compiled };
    const { loss } = await fit(model, X, y, { ...options, optimizer: optim.sgd({ learningRate: 0.05 }) });
    const state = [...model.namedParameters(), ...model.namedBuffers()].flatMap(([, each]) => [...each.data]);
    return [...loss, ...state];
  };
  const [compiled, interpreted] = [await run(true), await run(false)];
  compiled.forEach((number, i) => expect(number).toBeCloseTo(interpreted[i]!, 11));
});

describe('recurrent layers', () => {
  test.each([nn.rnn, nn.lstm, nn.gru])('a sequence in two runs is the sequence in one: %o', (make) => {
    const layer = make(2, 3, { numLayers: 2, randomState: 0 });
    const x = new RandomState(1).standardNormal([2, 5, 2]);
    const whole = layer.run(x);
    const first = layer.run(x.slice(null, [0, 3]));
    const second = layer.run(x.slice(null, [3]), first.state);
    expect(second.output.toArray()).toEqual(whole.output.slice(null, [3]).toArray());
    expect(second.state.map(({ shape }) => shape)).toEqual(whole.state.map(() => [2, 2, 3]));
    expect(second.state[0]!.toArray()).toEqual(whole.state[0]!.toArray());
    expect(() => layer.run(x, [zeros([1, 2, 3])])).toThrow(/a state is \d of shape \[2, 2, 3\], got/);
  });
});

test('padding of an embedding begins at 0 and stays there', async () => {
  const table = nn.embedding(4, 2, { paddingIdx: 1, randomState: 0 });
  const [before] = [table.weight.toArray() as number[][]];
  expect(before[1]).toEqual([0, 0]);
  const model = nn.sequential(table, nn.flatten(), nn.linear(4, 1, { randomState: 1 }));
  await fit(
    model,
    [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
    [1, 0, 1],
    {
      ...{ loss: nn.mseLoss(), optimizer: optim.adam({ learningRate: 0.1 }), epochs: 3, randomState: 0 },
    },
  );
  const after = table.weight.toArray() as number[][];
  expect(after[1]).toEqual([0, 0]);
  expect(after[0]).not.toEqual(before[0]);
});

test.each([nn.rnn, nn.lstm, nn.gru])('a layer of two directions goes on from a state of both: %o', (make) => {
  const layer = make(2, 3, { numLayers: 2, bidirectional: true, randomState: 0 });
  const x = new RandomState(1).standardNormal([2, 5, 2]);
  const { output, state } = layer.run(x);
  expect([output.shape, state[0]!.shape]).toEqual([
    [2, 5, 6],
    [4, 2, 3],
  ]);
  // The last layer's states are where its directions end: the one at the last step, the other at the first.
  expect(state[0]!.slice(2).toArray()).toEqual(output.slice(null, -1, [0, 3]).toArray());
  expect(state[0]!.slice(3).toArray()).toEqual(output.slice(null, 0, [3]).toArray());
  expect(layer.run(x, state).output.toArray()).not.toEqual(output.toArray());
  expect(() => layer.run(x, [zeros([2, 2, 3])])).toThrow('of shape [4, 2, 3], got');
  expect(String(layer)).toMatch(/\(2, 3, numLayers: 2, bidirectional\)$/);
});

describe('initialisers by name', () => {
  const spread = (initializer: nn.Initializer): { most: number; variance: number; bias: number } => {
    const layer = nn.conv2d(20, 30, 5, { initializer, randomState: 0 }); // fanIn 500, fanOut 750
    const { data } = layer.weight;
    return {
      most: data.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
      variance: data.reduce((sum, x) => sum + x * x, 0) / data.length,
      bias: layer.bias!.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
    };
  };
  test.each([
    ['kaimingUniform', nn.init.kaimingUniform, 2 / 500, Math.sqrt(6 / 500)],
    ['kaimingNormal', nn.init.kaimingNormal, 2 / 500, Infinity],
    ['xavierUniform', nn.init.xavierUniform, 2 / 1250, Math.sqrt(6 / 1250)],
    ['xavierNormal', nn.init.xavierNormal, 2 / 1250, Infinity],
  ] as const)('%s has its variance and its bound, and biases of 0', (_, initializer, variance, bound) => {
    const found = spread(initializer);
    expect(found.variance / variance).toBeCloseTo(1, 1);
    expect(found.most).toBeLessThanOrEqual(bound);
    expect(found.bias).toBe(0);
  });
  test('the default is PyTorch’s: within ±1/√fanIn, biases too', () => {
    const { most, bias } = spread(nn.init.uniform);
    expect(most).toBeLessThanOrEqual(1 / Math.sqrt(500));
    expect(bias).toBeGreaterThan(0);
  });
  test.each([[[3, 5]], [[5, 3]], [[4, 2, 2]]])(
    'orthogonal of %j has rows or columns at right angles',
    (shape) => {
      const w = nn.init.orthogonal(shape, 1, new RandomState(0)).reshape([shape[0]!, -1]);
      const product = shape[0]! <= w.shape[1]! ? w.matmul(w.transpose()) : w.transpose().matmul(w);
      product.data.forEach((x, i) => expect(x).toBeCloseTo(i % (product.shape[0]! + 1) === 0 ? 1 : 0, 14));
    },
  );
  test('normal, constant, ones', () => {
    const [normal, constant] = [nn.init.normal(5, 0), nn.init.constant(2)];
    expect(normal([2], 1, new RandomState(0)).toArray()).toEqual([5, 5]);
    expect(constant([2], 1, new RandomState(0)).toArray()).toEqual([2, 2]);
    expect(nn.init.ones([1], 1, new RandomState(0)).toArray()).toEqual([1]);
    expect(() => nn.init.normal(0, -1)).toThrow('deviation');
  });
});

describe('summary', () => {
  test('has layers, shapes, parameters and FLOPs, as a table and as data', () => {
    const model = cnn().freeze('0');
    const summary = nn.summary(model, [2, 1, 4, 4]);
    expect(summary.toText()).toBe(
      [
        '   layer                        output        parameters  FLOPs',
        '   input                        [2, 1, 4, 4]',
        '0  Conv2d(1, 2, 3, padding: 1)  [2, 2, 4, 4]          20  1,216',
        '1  BatchNorm2d(2)               [2, 2, 4, 4]           4    456',
        '2  ReLU                         [2, 2, 4, 4]           0     64',
        '3  MaxPool2d(2)                 [2, 2, 2, 2]           0     64',
        '4  Flatten                      [2, 8]                 0      0',
        '5  Dropout(0.25)                [2, 8]                 0    821',
        '6  Linear(8, 3)                 [2, 3]                27    102',
        '   in all                       [2, 3]                51  2,723',
        'frozen: 20 parameters',
      ].join('\n'),
    );
    const plain = JSON.parse(JSON.stringify(summary)) as nn.Summary;
    expect([plain.parameters, plain.trainable, plain.layers[6]]).toEqual([
      ...[51, 31],
      { name: '6', layer: 'Linear(8, 3)', outputShape: [2, 3], parameters: 27, flops: 102 },
    ]);
  });

  test('computes nothing, and leaves the model as it was', () => {
    const model = cnn();
    nn.summary(model, [2, 1, 4, 4]);
    expect(model.namedBuffers()[2]![1].item()).toBe(0);
    expect(Object.keys(model.layers[0]!)).not.toContain('forward');
  });

  test('counts a shared layer’s parameters once, and those beside layers inside too', () => {
    const shared = nn.linear(3, 3);
    expect(nn.summary(nn.sequential(shared, shared), [1, 3]).layers.map((row) => row.parameters)).toEqual([
      12, 0,
    ]);
    const { layers, parameters } = nn.summary(nn.multiheadAttention(4, 2), [1, 3, 4]);
    expect(layers.map(({ parameters }) => parameters)).toEqual([0, 20, 60]);
    expect(parameters).toBe(80);
  });

  test('says which layer does not fit', () => {
    expect(() => nn.summary(cnn(), [2, 1, 5, 8])).toThrow(
      'Sequential: layer 6, Linear(8, 3): input has 16 features',
    );
  });
});

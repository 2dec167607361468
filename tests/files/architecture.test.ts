// Every layer can be written down and built again; a damaged description says where it is wrong.

import { describe, expect, test } from 'vitest';
import {
  buildModule,
  describeModule,
  FormatError,
  loadModel,
  loadStateDict,
  readSafetensors,
  saveModel,
  stateDict,
  writeSafetensors,
  type Architecture,
} from '../../src/files/index.js';
import { nn, RandomState, Tensor, tensor, ValueError, zeros } from '../../src/index.js';
import { read, readFixture, type Written } from '../functions/reference.js';

interface TorchCase {
  readonly name: string;
  readonly layer: string;
  readonly args: readonly unknown[];
  /** By PyTorch's names. */
  readonly state: Readonly<Record<string, Written>>;
  readonly inputs: readonly Written[];
}

const torch = readFixture<{ cases: readonly TorchCase[] }>('torch-layers.json').cases;

/** Layers without parameters, and compositions, of which PyTorch's cases have none. */
const others: readonly (readonly [make: () => nn.Module, shape: readonly number[]])[] = [
  [() => nn.sigmoid(), [3]],
  [() => nn.tanh(), [3]],
  [() => nn.relu(), [3]],
  [() => nn.leakyRelu(0.2), [3]],
  [() => nn.elu(0.5), [3]],
  [() => nn.gelu(), [3]],
  [() => nn.silu(), [3]],
  [() => nn.softplus(), [3]],
  [() => nn.softmax(0), [3, 2]],
  [() => nn.dropout(0.3), [3]],
  [() => nn.flatten(2), [2, 3, 2, 2]],
  [() => nn.maxPool2d([2, 3], { stride: 1, padding: [1, 0] }), [1, 1, 4, 5]],
  [() => nn.residual(nn.sequential(nn.linear(3, 3), nn.relu())), [2, 3]],
  [
    () =>
      nn.sequential(
        nn.conv2d(1, 4, 3, { padding: 1 }),
        nn.batchNorm2d(4),
        nn.relu(),
        nn.maxPool2d(2),
        nn.flatten(),
        nn.dropout(),
        nn.linear(16, 2),
      ),
    [2, 1, 4, 4],
  ],
  [
    () => nn.sequential(nn.embedding(5, 4), nn.transformerBlock(4, 2, { causal: true }), nn.linear(4, 5)),
    [2, 3],
  ],
];

/** A module's values as nobody would have drawn them, so that none is right by chance. */
function filled<M extends nn.Module>(module: M): M {
  const random = new RandomState(0);
  for (const [, state] of [...module.namedParameters(), ...module.namedBuffers({ persistent: true })]) {
    state.assign(random.uniform(0.5, 1.5, state.shape));
  }
  return module;
}

describe('a model file brings back', () => {
  test.each(torch)('$name, under PyTorch’s names', ({ layer, args, state, inputs }) => {
    const make = (nn as unknown as Record<string, (...args: readonly unknown[]) => nn.Module>)[layer]!;
    const module = make(...args);
    loadStateDict(module, new Map(Object.entries(state).map(([name, values]) => [name, read(values)])));
    const bytes = saveModel(module);
    const { tensors } = readSafetensors(bytes);
    expect([...tensors.keys()].sort()).toEqual(Object.keys(state).sort());
    for (const [name, { shape, values }] of Object.entries(state)) {
      expect([name, tensors.get(name)!.shape, Array.from(tensors.get(name)!.data)]).toEqual([
        name,
        shape,
        values,
      ]);
    }
    expectSame(
      loadModel(bytes).model,
      module,
      inputs.map((input) => read(input)),
    );
  });

  test.each(others.map(([make, shape]) => [String(make()), make, shape] as const))('%s', (_, make, shape) => {
    const module = filled(make());
    expectSame(loadModel(saveModel(module)).model, module, [zeros(shape)]);
  });

  /** The same text, names, and results to the last bit. */
  function expectSame(loaded: nn.Module, module: nn.Module, inputs: readonly Tensor[]): void {
    expect(String(loaded)).toBe(String(module));
    expect(describeModule(loaded)).toEqual(describeModule(module));
    expect([...stateDict(loaded).keys()]).toEqual([...stateDict(module).keys()]);
    expect(loaded.predict(...inputs).toArray()).toEqual(module.predict(...inputs).toArray());
  }

  test('every class of layer there is', () => {
    const layers = Object.entries(nn).filter(
      ([name, value]) => /^[A-Z]/.test(name) && typeof value === 'function' && !NO_LAYERS.includes(name),
    );
    const written = [...torch.map(({ layer }) => layer), ...others.map(([make]) => make().constructor.name)];
    const tried = new Set(written.map((name) => name.toLowerCase()));
    expect(layers.map(([name]) => name).filter((name) => !tried.has(name.toLowerCase()))).toEqual([]);
  });
});

/** Classes of `nn` that are no layers: what all modules share, losses, a table. */
const NO_LAYERS = ['Module', 'Loss', 'Summary'];

describe('running statistics', () => {
  test('are in the state dict, by PyTorch’s names, and go into another module', () => {
    const [trained, fresh] = [nn.batchNorm1d(2), nn.batchNorm1d(2)];
    trained.forward([
      [1, 10],
      [3, 30],
    ]);
    const state = stateDict(trained);
    expect([...state.keys()]).toEqual([
      'weight',
      'bias',
      'running_mean',
      'running_var',
      'num_batches_tracked',
    ]);
    loadStateDict(fresh, state);
    expect(fresh.runningMean.toArray()).toEqual(trained.runningMean.toArray());
    expect(fresh.runningMean.toArray()).toEqual([0.2, 2]);
    state.delete('running_mean');
    expect(() => loadStateDict(fresh, state)).toThrow('missing: running_mean');
  });

  test('the places of dropout’s random numbers are no part of a model', () => {
    expect(stateDict(nn.dropout()).size).toBe(0);
  });
});

describe('what cannot be described says so', () => {
  class Mine extends nn.Conv2d {}
  test.each([
    ['a function of one’s own', nn.lambda('Sigmoid', (x) => x.mul(2))],
    ['an activation of one’s own', new nn.Activation('ReLU', (x) => tensor(x))],
    ['a class of one’s own', new Mine(1, 1, 1)],
    ['one inside another', nn.residual(nn.sequential(new Mine(1, 1, 1)))],
    ['a loss', nn.mseLoss()],
  ])('%s', (_, module) => {
    expect(() => describeModule(module)).toThrow(ValueError);
    expect(() => describeModule(module)).toThrow('there is no description of');
  });

  test('and neither can more levels than a file may have', () => {
    const nest = (levels: number): nn.Module => {
      let module: nn.Module = nn.relu();
      for (let i = 0; i < levels; i++) module = nn.sequential(module);
      return module;
    };
    expect(String(loadModel(saveModel(nest(95))).model)).toBe(String(nest(95)));
    expect(() => saveModel(nest(96))).toThrow('modules in modules, 96 deep');
  });
});

describe('buildModule', () => {
  const conv = {
    ...{ type: 'Conv2d', inChannels: 2, outChannels: 2, kernelSize: [3, 3], stride: 1, padding: 0 },
    ...{ dilation: 1, groups: 1, bias: true },
  };
  const norm = { type: 'BatchNorm2d', features: 2, epsilon: 1e-5, momentum: 0.1 };
  const rnn = {
    type: 'RNN',
    inputSize: 1,
    hiddenSize: 2,
    numLayers: 1,
    bidirectional: false,
    bias: true,
    nonlinearity: 'tanh',
  };
  const cases: readonly [architecture: unknown, message: string][] = [
    [
      { ...conv, kernelSize: [3] },
      'kernelSize of Conv2d must be a whole number of at least 1 or a list of 2',
    ],
    [{ ...conv, stride: 0 }, 'stride of Conv2d must be'],
    [{ ...conv, padding: -1 }, 'padding of Conv2d must be a whole number of at least 0'],
    [
      { ...conv, groups: 3 },
      'Conv2d cannot be built: Conv2d: 2 channels in and 2 out do not fall into 3 groups',
    ],
    [{ ...conv, mode: 'reflect' }, 'Conv2d has no option "mode"'],
    [{ ...norm, momentum: 2 }, 'momentum must be from 0 to 1'],
    [{ ...norm, epsilon: null }, 'epsilon of BatchNorm2d must be a number, got null'],
    [{ ...rnn, nonlinearity: 'sine' }, 'nonlinearity of RNN must be tanh or relu, got "sine"'],
    [{ type: 'LayerNorm', shape: [2, 0], epsilon: 0 }, 'shape of LayerNorm must be a list of whole numbers'],
    [{ type: 'Dropout', p: 1 }, 'Dropout: p is a probability'],
    [
      { type: 'Embedding', count: 3 },
      'features of Embedding must be a whole number of at least 1, got nothing',
    ],
    [{ type: 'Residual', inner: null }, 'layer inner, expected a layer with a type of Linear, '],
    [
      { type: 'Sequential', layers: [norm, { type: 'Residual', inner: { ...norm, features: '2' } }] },
      'features of layer 1.inner, BatchNorm2d must be a whole number of at least 1, got "2"',
    ],
    [{ type: '__proto__' }, 'expected a layer with a type of'],
    [null, 'got null'],
  ];
  test.each(cases)('%j: %s', (architecture, message) => {
    const build = () => buildModule(architecture as Architecture);
    expect(build).toThrow(FormatError);
    expect(build).toThrow(message);
  });

  test('refuses what would be too large, and too deep, before it builds anything', () => {
    const huge = [
      { ...conv, inChannels: 2 ** 40, outChannels: 2 ** 40 },
      { ...conv, kernelSize: 2 ** 30 },
      { ...norm, features: 2 ** 50 },
      { ...rnn, numLayers: 2 ** 50 },
      { type: 'Embedding', count: 2 ** 30, features: 2 ** 30 },
      { type: 'LayerNorm', shape: [2 ** 30, 2 ** 30], epsilon: 0 },
      { type: 'MultiheadAttention', features: 2 ** 30, heads: 1, bias: true, causal: false, dropout: 0 },
      { type: 'TransformerBlock', features: 1, heads: 1, hidden: 2 ** 50, causal: false, dropout: 0 },
    ];
    for (const architecture of huge) {
      expect(() => buildModule(architecture), architecture.type).toThrow('expected at most 1073741824');
      const metadata = { chainrule: JSON.stringify({ version: 1, architecture }) };
      expect(() => loadModel(writeSafetensors({ a: [1] }, { metadata })), architecture.type).toThrow(
        "the file's tensors hold 1",
      );
    }
    let deep: Architecture = { type: 'ReLU' };
    for (let i = 0; i < 100_000; i++) deep = { type: 'Residual', inner: deep };
    expect(() => buildModule(deep)).toThrow('layers in layers, more than 95 deep');
    expect(() => buildModule({ ...norm }, { maxBytes: 71 })).toThrow(
      'would take 72 bytes, expected at most 71',
    );
  });

  test('begins like any new module, by seed', () => {
    const make = () => nn.sequential(nn.conv1d(2, 3, 2, { randomState: 5 }), nn.batchNorm1d(3));
    const built = buildModule(describeModule(make()), { randomState: 5 });
    expect([...stateDict(built)].map(([, values]) => values.toArray())).toEqual(
      [...stateDict(make())].map(([, values]) => values.toArray()),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { compile, nn, optim, ShapeError, tensor, ValueError, type Tensor } from '../../src/index.js';
import { begin, readFixture, stepOf, type Start } from './torch.js';

const start = readFixture<Start>('torch-optim.json');
const [X, labels] = [tensor(start.X), tensor(start.labels)];
type Parameters = ReturnType<typeof begin>;

const makers: Record<string, (parameters: Parameters) => optim.Optimizer> = {
  sgd: () => optim.sgd({ learningRate: 0.1 }),
  'sgd with momentum': () => optim.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  rmsprop: () => optim.rmsprop({ centered: true, momentum: 0.5 }),
  adagrad: () => optim.adagrad({ learningRateDecay: 0.1 }),
  adam: () => optim.adam({ amsgrad: true }),
  'adamw on a schedule': () => optim.adamw({ learningRate: optim.schedules.cosine(0.1, { steps: 20 }) }),
  clipped: () => optim.clip(optim.adam({ learningRate: 0.1 }), { norm: 0.1 }),
  accumulated: () => optim.accumulate(optim.adam({ learningRate: 0.1 }), 3), // step 7 lies between two moves
  'in groups': ({ b1, b2 }) =>
    optim.groups(optim.adamw(), { parameters: [b1, b2], optimizer: optim.sgd({ learningRate: 0.1 }) }),
};

const bits = (parameters: Parameters): number[] =>
  Object.values(parameters).flatMap((parameter: Tensor) => [...parameter.data]);

describe.each([
  ['interpreted', false],
  ['float64', 'float64'],
  ['float32', 'float32'],
] as const)('a state saved at step 7 gives the same steps 8 to 20, bit for bit (%s)', (_, precision) => {
  test.each(Object.entries(makers))('%s', (_, make) => {
    const runner = (parameters: Parameters, optimizer: optim.Optimizer) => {
      const step = stepOf(parameters, optimizer);
      const run = precision ? compile(step, { precision }) : step;
      return (steps: number): void => {
        for (let i = 0; i < steps; i++) run(X, labels);
      };
    };
    const [first, second] = [begin(start), begin(start)];
    const optimizer = make(first);
    const run = runner(first, optimizer);
    run(7);
    const state = optimizer.state(Object.entries(first));
    const values = Object.entries(first).map(([name, { data }]) => [name, data.slice()] as const);
    run(13);

    for (const [name, data] of values) {
      const parameter = second[name as keyof Parameters];
      parameter.assign(tensor(data, { shape: parameter.shape }));
    }
    const fresh = make(second);
    fresh.loadState(Object.entries(second), state);
    runner(second, fresh)(13);
    expect(bits(second)).toEqual(bits(first));
    expect(fresh.learningRate).toBe(optimizer.learningRate);
  });
});

describe('the state by name', () => {
  const model = nn.linear(2, 1, { randomState: 0 });
  const named = model.namedParameters();
  const stepped = (optimizer: optim.Optimizer): optim.Optimizer => {
    model
      .forward([[1, 2]])
      .sum()
      .backward();
    optimizer.step(model.parameters());
    return optimizer;
  };

  test('has the names of the parameters', () => {
    expect(Object.keys(stepped(optim.adam({ amsgrad: true })).state(named))).toEqual([
      'learningRate',
      ...['weight.step', 'weight.m', 'weight.v', 'weight.vMax'],
      ...['bias.step', 'bias.m', 'bias.v', 'bias.vMax'],
    ]);
    const grouped = optim.groups(optim.sgd({ learningRate: 0.1, momentum: 0.5 }), {
      parameters: [model.bias!],
      optimizer: optim.adagrad({ learningRate: optim.schedules.constant(1) }),
    });
    expect(Object.keys(stepped(grouped).state(named))).toEqual([
      ...['learningRate.0', 'weight.velocity'],
      ...['steps.1', 'learningRateFactor.1', 'bias.step', 'bias.sum'],
    ]);
  });

  test('stays as it was when saved', () => {
    const optimizer = stepped(optim.adam());
    const state = optimizer.state(named);
    const before = state['weight.m']!.toArray();
    stepped(optimizer);
    expect(state['weight.m']!.toArray()).toEqual(before);
  });

  test('a parameter of which nothing was saved begins anew', () => {
    const state = stepped(optim.adam()).state([['weight', model.weight]]);
    const optimizer = stepped(optim.adam());
    optimizer.loadState(named, state);
    expect(optimizer.state(named)['bias.step']!.item()).toBe(0);
    expect(optimizer.state(named)['weight.step']!.item()).toBe(1);
  });

  const adam = stepped(optim.adam()).state(named);
  const { 'weight.m': _, ...lacking } = adam;
  test.each([
    [
      optim.sgd({ learningRate: 1, momentum: 0.5 }),
      adam,
      ValueError,
      /^SGD: the state holds weight.step, which belongs to/,
    ],
    [optim.adam({ amsgrad: true }), adam, ValueError, /^Adam: the state lacks weight.vMax/],
    [optim.adam(), lacking, ValueError, /^Adam: the state lacks weight.m/],
    [
      optim.adam(),
      { ...adam, 'weight.m': tensor([1]) },
      ShapeError,
      /weight.m of the state has shape \[1\], expected \[1, 2\]/,
    ],
    [
      optim.adam({ learningRate: optim.schedules.constant(1) }),
      adam,
      ValueError,
      /holds learningRate, which/,
    ],
  ])('that does not fit is refused, and nothing changes (%#)', (optimizer, state, kind, message) => {
    const before = optimizer.state(named);
    const values = (tensors: optim.OptimizerState) => Object.values(tensors).map(({ data }) => [...data]);
    expect(() => optimizer.loadState(named, state)).toThrow(kind);
    expect(() => optimizer.loadState(named, state)).toThrow(message);
    expect(values(optimizer.state(named))).toEqual(values(before));
  });
});

describe('the learning rate', () => {
  const step = (optimizer: optim.Optimizer, w: Tensor) =>
    compile(
      () => {
        const loss = w.mul(1);
        optimizer.zeroGrad([w]);
        loss.backward();
        optimizer.step([w]);
        return loss;
      },
      { precision: 'float64' },
    );

  test('can be set between compiled steps', () => {
    const w = tensor(0, { requiresGrad: true });
    const optimizer = optim.sgd({ learningRate: 1 });
    const run = step(optimizer, w);
    run();
    expect(w.item()).toBe(-1);
    optimizer.learningRate = 10;
    run();
    expect([w.item(), optimizer.learningRate]).toEqual([-11, 10]);
  });

  test('of a schedule: setting it scales what is to come', () => {
    const w = tensor(0, { requiresGrad: true });
    const optimizer = optim.sgd({ learningRate: optim.schedules.exponentialDecay(8, { factor: 0.5 }) });
    const run = step(optimizer, w);
    run();
    expect([w.item(), optimizer.learningRate]).toEqual([-8, 4]);
    optimizer.learningRate = 40;
    run();
    expect([w.item(), optimizer.learningRate]).toEqual([-48, 20]);
  });

  test('of groups: all change by one factor', () => {
    const [w, b] = [tensor(0, { requiresGrad: true }), tensor(0, { requiresGrad: true })];
    const other = optim.sgd({ learningRate: 3 });
    const optimizer = optim.groups(optim.sgd({ learningRate: 1 }), { parameters: [b], optimizer: other });
    optimizer.learningRate = 0.5;
    expect([optimizer.learningRate, other.learningRate]).toEqual([0.5, 1.5]);
    w.add(b).backward();
    optimizer.step([w, b]);
    expect([w.item(), b.item()]).toEqual([-0.5, -1.5]);
  });

  test.each([0, -1, NaN, Infinity, '1'])('cannot be set to %s', (rate) => {
    const optimizer = optim.clip(optim.adam(), { norm: 1 });
    expect(() => (optimizer.learningRate = rate as number)).toThrow(/learningRate must be a number above 0/);
    expect(optimizer.learningRate).toBe(0.001);
  });
});

describe('what does not move', () => {
  test('a parameter without a gradient, or whose gradient is not wanted', () => {
    for (const make of Object.values(makers)) {
      const parameters = begin(start);
      const frozen = tensor([1, 2]);
      frozen.grad = tensor([1, 1]);
      const unused = tensor([1, 2], { requiresGrad: true });
      const optimizer = make(parameters);
      for (let i = 0; i < 3; i++) optimizer.step([frozen, unused]);
      expect([frozen.toArray(), unused.toArray()]).toEqual([
        [1, 2],
        [1, 2],
      ]);
    }
  });
});

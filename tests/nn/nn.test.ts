import { describe, expect, test } from 'vitest';
import {
  functions,
  nn,
  RandomState,
  ShapeError,
  tensor,
  Tensor,
  ValueError,
  type TensorLike,
} from '../../src/index.js';

describe('Linear', () => {
  test('is x @ weightᵀ + bias', () => {
    const layer = nn.linear(3, 2, { randomState: 0 });
    const x = [[1, -2, 3]];
    const byHand = tensor(x).matmul(layer.weight.transpose()).add(layer.bias!);
    expect(layer.forward(x).toArray()).toEqual(byHand.toArray());
    expect(layer.weight.shape).toEqual([2, 3]);
  });

  test('begins within ±1/√inputs, as PyTorch’s does, weight first', () => {
    const random = new RandomState(7);
    const layer = nn.linear(4, 3, { randomState: 7 });
    expect(layer.weight.toArray()).toEqual(random.uniform(-0.5, 0.5, [3, 4]).toArray());
    expect(layer.bias!.toArray()).toEqual(random.uniform(-0.5, 0.5, 3).toArray());
  });

  test('says what it expected when the features do not fit', () => {
    const layer = nn.linear(2, 1);
    expect(() => layer.forward([[1, 2, 3]])).toThrow(ShapeError);
    expect(() => layer.forward([[1, 2, 3]])).toThrow(
      'Linear(2, 1): input has 3 features, expected 2 (shape [1, 3])',
    );
    expect(() => layer.forward(5)).toThrow('input has no features, expected 2 (shape [])');
  });

  test.each([
    [0, 1],
    [1, 0],
    [1.5, 1],
    [NaN, 1],
  ])('(%d, %d) is refused', (inputs, outputs) => {
    expect(() => nn.linear(inputs, outputs)).toThrow(ValueError);
  });

  test('can do without a bias', () => {
    const layer = nn.linear(2, 1, { bias: false });
    expect(layer.parameters()).toEqual([layer.weight]);
    expect(layer.forward([[0, 0]]).toArray()).toEqual([[0]]);
  });
});

describe('a module of one’s own', () => {
  class Shared extends nn.Module {
    readonly first = nn.linear(2, 2);
    readonly again = this.first;
    readonly scale = tensor(1, { requiresGrad: true });
    readonly rest = [nn.linear(2, 1), nn.sigmoid()];
    forward(x: TensorLike): Tensor {
      return this.rest.reduce((value, layer) => layer.forward(value), this.again.forward(x).mul(this.scale));
    }
  }

  test('finds its parameters by name, a shared one once', () => {
    expect(new Shared().namedParameters().map(([name]) => name)).toEqual([
      'first.weight',
      'first.bias',
      'scale',
      'rest.0.weight',
      'rest.0.bias',
    ]);
  });

  test('predict records nothing', () => {
    expect(new Shared().predict([[1, 2]]).requiresGrad).toBe(false);
  });
});

describe('Sequential', () => {
  test('calls parameters by the place of their layer, as PyTorch does', () => {
    const model = nn.sequential(nn.linear(2, 3), nn.tanh(), nn.linear(3, 1));
    expect(model.namedParameters().map(([name]) => name)).toEqual([
      '0.weight',
      '0.bias',
      '2.weight',
      '2.bias',
    ]);
  });
  test('of nothing is refused', () => expect(() => nn.sequential()).toThrow(ValueError));
});

describe('mlp', () => {
  test('puts the activation between the layers', () => {
    expect(String(nn.mlp([2, 16, 16, 1], { activation: 'relu' }))).toBe(
      'Sequential(Linear(2, 16), ReLU, Linear(16, 16), ReLU, Linear(16, 1))',
    );
  });
  test('one stream draws all layers, so a seed gives the same network', () => {
    const values = () =>
      nn
        .mlp([2, 3, 1], { randomState: 5 })
        .parameters()
        .map((parameter) => parameter.toArray());
    expect(values()).toEqual(values());
    expect(values()[0]).not.toEqual(nn.mlp([2, 3, 1], { randomState: 6 }).parameters()[0]!.toArray());
  });
  test('an unknown activation is answered with the known ones', () => {
    // @ts-expect-error not an activation
    expect(() => nn.mlp([2, 1], { activation: 'swoosh' })).toThrow(/there are sigmoid, tanh, relu/);
  });
});

describe('activations and losses are the library’s functions', () => {
  const x = tensor([[-2, 0.5, 3]]);
  test.each(Object.entries(nn.activations))('%s', (name, make) => {
    const expected = functions[name as keyof typeof nn.activations](x);
    expect(make().forward(x).toArray()).toEqual(expected.toArray());
  });
  test('losses take PyTorch’s reductions', () => {
    const [p, y] = [tensor([0.2, 0.7]), tensor([0, 1])];
    const each = nn.bceLoss({ reduction: 'none' }).forward(p, y);
    expect(nn.bceLoss().forward(p, y).item()).toBe(each.mean().item());
    expect(nn.mseLoss({ reduction: 'sum' }).forward(p, y).item()).toBeCloseTo(0.04 + 0.09, 15);
  });
});

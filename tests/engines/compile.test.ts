import { describe, expect, test } from 'vitest';
import {
  compile,
  nn,
  noGrad,
  optim,
  RandomState,
  ShapeError,
  tensor,
  TraceError,
  ValueError,
  type Tensor,
} from '../../src/index.js';

describe('compile', () => {
  test('compiles anew for other shapes, and forgets none', () => {
    let traces = 0;
    const total = compile(
      (x: Tensor) => {
        traces++;
        return x.mul(2).sum();
      },
      { precision: 'float64' },
    );
    expect([total([1, 2]).item(), total([[1, 2, 3]]).item(), total([5, 5]).item()]).toEqual([6, 12, 20]);
    expect(traces).toBe(4); // each of two shapes is looked at twice, to see that the code does the same
  });

  test('gives several results where the code does', () => {
    const both = compile((x: Tensor) => [x.sum(), x.greater(1)], { precision: 'float64' });
    const [sum, above] = both([1, 2]) as [Tensor, Tensor];
    expect([sum.toArray(), above.toArray()]).toEqual([3, [false, true]]);
  });

  test('sees parameters that were changed in between', () => {
    const w = tensor(2, { requiresGrad: true });
    const scaled = compile((x: Tensor) => noGrad(() => x.mul(w)), { precision: 'float64' });
    expect(scaled(3).item()).toBe(6);
    w.assign(tensor(10));
    expect(scaled(3).item()).toBe(30);
  });

  test('moves parameters once a call, and not by being compiled', () => {
    const w = tensor(1, { requiresGrad: true });
    const optimizer = optim.sgd({ learningRate: 0.5 });
    const step = compile(
      (x: Tensor) => {
        const loss = w.mul(x);
        optimizer.zeroGrad([w]);
        loss.backward();
        optimizer.step([w]);
        return loss;
      },
      { precision: 'float64' },
    );
    expect([step(2).item(), w.item()]).toEqual([2, 0]);
    expect([step(2).item(), w.item()]).toEqual([0, -1]);
    expect(w.grad).toBeNull();
  });

  test('a leaf that others still read is overwritten last', () => {
    const [a, b] = [tensor([1, 2]), tensor([10, 20])];
    const swap = compile(
      () => {
        const [x, y] = [a.add(0), b.add(0)];
        a.assign(y);
        b.assign(x);
        return x.sum();
      },
      { precision: 'float64' },
    );
    swap();
    expect([a.toArray(), b.toArray()]).toEqual([
      [10, 20],
      [1, 2],
    ]);
  });
});

describe('leaves given to each other', () => {
  const values = { precision: 'float64' } as const;

  test('as they are: one to the other, and both', () => {
    const [a, b] = [tensor([1, 2]), tensor([10, 20])];
    const copy = compile(() => {
      a.assign(b);
      return b.sum();
    }, values);
    expect(copy().item()).toBe(30);
    expect(a.toArray()).toEqual([10, 20]);
    a.assign(tensor([3, 4]));
    const swap = compile(() => {
      const sum = a.sub(b).sum();
      a.assign(b);
      b.assign(a.detach());
      return sum;
    }, values);
    expect(swap().item()).toBe(-23);
    expect([a.toArray(), b.toArray()]).toEqual([
      [10, 20],
      [3, 4],
    ]);
  });
  test('after the other has moved by itself', () => {
    const [a, b] = [tensor([1, 2]), tensor([10, 20])];
    compile(() => {
      b.assign(b.mul(2));
      a.assign(b);
      return a.sum();
    }, values)();
    expect(b.toArray()).toEqual([20, 40]);
  });
  test('a parameter that is given as it was before its update', () => {
    const w = tensor(3);
    const step = compile(() => {
      const before = w.sum();
      w.assign(w.mul(2));
      return [before, before.mul(1)];
    }, values);
    expect(step().map((value) => value.item())).toEqual([3, 3]);
    expect(w.item()).toBe(6);
  });
  test('whole numbers stay whole', () => {
    const n = tensor([4], { dtype: 'int64' });
    const halve = compile(() => {
      n.assign(n.div(2));
      return n.sum();
    }, values);
    halve();
    halve();
    expect(n.toArray()).toEqual([1]);
    expect(() => halve()).toThrow(/int64 holds whole numbers, got 0\.5/);
  });
});

test.each([true, false])('a step that cannot be done moves nothing (numbers read before: %s)', (isRead) => {
  const w = tensor([1, 2]);
  const step = compile((x: Tensor, i: Tensor) => {
    w.assign(w.mul(2));
    return x.gather(i);
  });
  step([5, 6], [1]);
  if (isRead) expect(w.toArray()).toEqual([2, 4]);
  expect(() => step([5, 6], [2])).toThrow(/lies outside its axis/);
  expect(w.toArray()).toEqual([2, 4]);
  step([5, 6], [0]);
  expect(w.toArray()).toEqual([4, 8]);
});

describe('numbers that a step moved are fetched when they are read', () => {
  const doubling = () => {
    const w = tensor([1, 2]);
    const double = compile(
      (x: Tensor) => {
        w.assign(w.mul(2));
        return x.sum();
      },
      { precision: 'float64' },
    );
    return { w, double };
  };

  test('what was read or detached before stays as it was', () => {
    const { w, double } = doubling();
    double([0]);
    const [read, detached] = [w.data, w.detach()];
    double([0]);
    expect([[...read], detached.toArray(), w.toArray()]).toEqual([
      [2, 4],
      [2, 4],
      [4, 8],
    ]);
  });
  test('other steps, other shapes and assignments in between see the present ones', () => {
    const { w, double } = doubling();
    const add = compile(() => {
      w.assign(w.add(1));
      return w.sum();
    });
    double([0]);
    add();
    double([0, 0]);
    double([0]);
    expect(w.toArray()).toEqual([12, 20]);
    w.assign(tensor([5, 5]));
    double([0, 0]);
    expect(w.toArray()).toEqual([10, 10]);
  });
  test('they are there when the step is disposed of', () => {
    const { w, double } = doubling();
    double([0]);
    double.dispose();
    expect(w.toArray()).toEqual([2, 4]);
    double([0]);
    expect(w.toArray()).toEqual([4, 8]);
  });
});

describe('code that is not the same every time is refused', () => {
  test('it reads a value', () => {
    const absolute = compile((x: Tensor) => (x.sum().item() > 0 ? x : x.neg()));
    expect(() => absolute([1])).toThrow(TraceError);
    expect(() => absolute([1])).toThrow(
      /compile: the result of sum was read inside code that is being compiled/,
    );
  });
  test('it draws random numbers', () => {
    const random = new RandomState(0);
    expect(() => compile((x: Tensor) => x.mul(random.randomSample()))([1])).toThrow(
      /random numbers must be drawn outside/,
    );
  });
  test('its own errors come through', () => {
    expect(() => compile((x: Tensor) => x.matmul(x))([[1, 2]])).toThrow(ShapeError);
    // @ts-expect-error no such precision
    expect(() => compile((x: Tensor) => x, { precision: 'float16' })).toThrow(ValueError);
  });
});

test('the same step gives the same bits, every time it is compiled', () => {
  const run = () => {
    const model = nn.mlp([3, 17, 5], { randomState: 3 });
    const step = compile((x: Tensor) => nn.crossEntropyLoss().forward(model.forward(x), [0, 4, 2, 1]));
    return step(new RandomState(2).standardNormal([4, 3])).item();
  };
  expect(run()).toBe(run());
});

// Steps in one go, on batches of a data set in memory: what is reported of them is what single steps give, however the run
// is cut, and whatever reports are made of.

import { describe, expect, test } from 'vitest';
import { optim, RandomState, tensor, type Tensor } from '../../src/index.js';
import { Machine, type MachineOptions } from '../../src/engines/wasm/machine.js';
import { bestTarget } from '../../src/engines/wasm/target.js';
import { takeRows } from '../../src/tensor/index.js';

const STEPS = 150; // more than reports are made of together, and no multiple of that

const random = new RandomState(0);
const X = random.standardNormal([STEPS * 2, 3]);
const y = random.randint(0, 2, [STEPS * 2]);

/** A neuron of its own; reports are taken before its update. */
function neuron(reports: (p: Tensor, x: Tensor, y: Tensor, w: Tensor) => readonly Tensor[]) {
  const w = tensor([[0.1], [-0.2], [0.3]], { requiresGrad: true });
  const b = tensor([0.05], { requiresGrad: true });
  const optimizer = optim.sgd({ learningRate: 0.05, momentum: 0.9 });
  const step = (x: Tensor, y: Tensor): readonly Tensor[] => {
    const p = x.matmul(w).add(b).sigmoid();
    const target = y.reshape([...y.shape, 1]);
    const loss = p
      .log()
      .mul(target)
      .add(p.neg().log1p().mul(target.neg().add(1)))
      .mean()
      .neg();
    const reported = [loss, ...reports(p, x, target, w)];
    optimizer.zeroGrad([w, b]);
    loss.backward();
    optimizer.step([w, b]);
    return reported;
  };
  return { step, parameters: [w, b] };
}

const reports = {
  'nothing but the loss': () => [],
  'what is right': (p, _, y) => [p.greater(0.5).equal(y).mean()],
  'a sum over the batch, and a number that is known': (p, x) => [p.sum().mul(x.sum()), tensor(7)],
  'a parameter before its update': (_, __, ___, w) => [w.sum(), w.max().mul(2)],
  'more numbers than are noted': (p, x, y) => [
    p.sum().add(p.max()).add(x.max()).add(x.min()).add(y.sum()).tanh(),
  ],
} satisfies Record<string, (p: Tensor, x: Tensor, y: Tensor, w: Tensor) => readonly Tensor[]>;

describe.each(Object.entries(reports))('a run that reports %s', (_, report) => {
  test.each([
    ['float64', { float: 'f64' }],
    ['float64 without vectors', { float: 'f64', target: 'scalar' }],
    ['float32', { float: 'f32' }],
    ['float32 with relaxed instructions, where there are', { float: 'f32', target: bestTarget(false) }],
  ] as const satisfies readonly (readonly [string, MachineOptions])[])(
    'in %s, as single steps',
    (__, options) => {
      for (const batchSize of [1, 2]) {
        const order = Int32Array.from(new RandomState(1).permutation(STEPS * batchSize).data);
        const rowsOf = (data: Tensor, step: number): Tensor =>
          takeRows(data, order.subarray(step * batchSize, (step + 1) * batchSize));
        const single = neuron(report);
        const expected = Array.from({ length: STEPS }, (___, i) =>
          single.step(rowsOf(X, i), rowsOf(y, i)).map((value) => value.item()),
        );

        const { step, parameters } = neuron(report);
        const machine = new Machine(step, [rowsOf(X, 0), rowsOf(y, 0)], options, {
          ...{ inputs: [X, y], batchSize, steps: STEPS },
        });
        machine.setOrder(order);
        const digits = options.float === 'f64' ? 11 : 4;
        let done = 0;
        for (const count of [1, 2, 64, 70, 13]) {
          const values = machine.run(done, count);
          for (let i = 0; i < count; i++) {
            expected[done + i]!.forEach((value, k) => expect(values[k]![i]).toBeCloseTo(value, digits));
          }
          done += count;
        }
        parameters.forEach((parameter, i) => {
          parameter.data.forEach((value, j) =>
            expect(value).toBeCloseTo(single.parameters[i]!.data[j]!, digits),
          );
        });
      }
    },
  );
});

describe('a run moves what single steps move', () => {
  /** Both ways, and the numbers that they leave. */
  function bothWays(
    make: () => {
      readonly step: (x: Tensor, y: Tensor) => readonly Tensor[];
      readonly moved: readonly Tensor[];
    },
    float: 'f32' | 'f64' = 'f64',
  ) {
    const [single, many] = [make(), make()];
    const sample = (i: number): [Tensor, Tensor] => [X.slice([i, i + 1]), y.slice([i, i + 1])];
    const one = new Machine(single.step, sample(0), { float });
    const expected = Array.from({ length: STEPS }, (_, i) =>
      one.step(sample(i)).map((value) => value.item()),
    );
    const machine = new Machine(
      many.step,
      sample(0),
      { float },
      {
        ...{ inputs: [X, y], batchSize: 1, steps: STEPS },
      },
    );
    machine.setOrder(Int32Array.from({ length: STEPS }, (_, i) => i));
    const columns = machine.run(0, STEPS);
    return {
      expected: { values: expected, moved: single.moved.map((tensor) => tensor.toArray()) },
      found: {
        values: expected.map((_, i) => columns.map((values) => values[i]!)),
        moved: many.moved.map((tensor) => tensor.toArray()),
      },
    };
  }

  test.each(['f32', 'f64'] as const)(
    'in vectors and what is left over, few numbers and many: %s',
    (float) => {
      for (const size of [1, 2, 4, 7, 15, 17, 40]) {
        const { expected, found } = bothWays(() => {
          const w = new RandomState(size).standardNormal([3, size]);
          const step = (x: Tensor): Tensor[] => {
            const h = x.matmul(w);
            w.assign(w.mul(0.9).add(x.transpose().matmul(h).mul(0.01)));
            return [h.sum(), h.max()];
          };
          return { step, moved: [w] };
        }, float);
        expect(found).toEqual(expected);
      }
    },
  );
  test('leaves that change places', () => {
    const { expected, found } = bothWays(() => {
      const [a, b] = [tensor([1, 2]), tensor([10, 20])];
      const step = (x: Tensor): Tensor[] => {
        const before = a.detach();
        const sum = a.mul(x.sum()).sum();
        a.assign(b);
        b.assign(before);
        return [sum];
      };
      return { step, moved: [a, b] };
    });
    expect(found).toEqual(expected);
  });
  test('reports that are one another, inputs, parameters as they were, and known numbers', () => {
    const { expected, found } = bothWays(() => {
      const w = tensor(0.5);
      const step = (x: Tensor, y: Tensor): Tensor[] => {
        const p = x.sum().mul(w);
        const reports = [
          p,
          p,
          y.sum(),
          w.sum(),
          tensor(7),
          p.mul(p).add(y.sum()).add(x.max()).add(x.min()).exp(),
        ];
        w.assign(w.mul(0.99));
        return reports;
      };
      return { step, moved: [w] };
    });
    expect(found).toEqual(expected);
  });
  test('as far as the step that cannot be done', () => {
    const w = tensor([1, 2]);
    const step = (x: Tensor, labels: Tensor): Tensor[] => {
      w.assign(w.mul(2));
      return [x.gather(labels, 1).sum()];
    };
    const labels = tensor([0, 1, 9, 1], { dtype: 'int64' });
    const machine = new Machine(
      step,
      [X.slice([0, 1]), labels.slice([0, 1]).reshape([1, 1])],
      { float: 'f64' },
      {
        ...{ inputs: [X.slice([0, 4]), labels.reshape([4, 1])], batchSize: 1, steps: 4 },
      },
    );
    machine.setOrder([0, 1, 2, 3]);
    expect(() => machine.run(0, 4)).toThrow(/lies outside its axis/);
    machine.dispose();
    expect(w.toArray()).toEqual([4, 8]);
  });
});

test.each(['f64', 'f32'] as const)('what is kept comes back, to the last bit: %s', (float) => {
  const { step, parameters } = neuron(() => []);
  const machine = new Machine(
    step,
    [X.slice([0, 1]), y.slice([0, 1])],
    { float },
    {
      ...{ inputs: [X, y], batchSize: 1, steps: STEPS },
    },
  );
  machine.setOrder(Int32Array.from({ length: STEPS }, (_, i) => i));
  const bits = (): number[] => parameters.flatMap(({ data }) => [...data]);
  const untouched = machine.keep();
  const first = bits();
  machine.run(0, 10);
  const kept = machine.keep();
  const second = bits();
  machine.run(10, 10);
  const last = machine.keep();
  machine.run(20, 10);
  expect([untouched, kept, last].every((each) => each.isFinite())).toBe(true);
  kept.putBack();
  expect(bits()).toEqual(second);
  untouched.putBack();
  expect(bits()).toEqual(first);
  machine.run(0, 10);
  expect(bits()).toEqual(second);
  parameters[0]!.assign(tensor([[NaN], [0], [0]]));
  expect(machine.keep().isFinite()).toBe(false);
});

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

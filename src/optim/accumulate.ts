// Accumulation: a step for the mean gradient of several batches, where one batch of that size would not fit.

import { noGrad, traced, tracedAssignments, zeros, type Tensor } from '../tensor/index.js';
import { variable } from './learning-rate.js';
import { around, type Optimizer, type Slot } from './optimizer.js';
import { checkCount } from './options.js';

/**
 * An optimizer that adds up the gradients of `batches` batches, each divided by that number, and then makes one step of
 * another. What it has added up at the end of an epoch goes on into the next. Throws a `ValueError` unless `batches` is a
 * whole number of at least 1.
 *
 * @example
 * const w = tensor(0, { requiresGrad: true });
 * const optimizer = optim.accumulate(optim.sgd({ learningRate: 1 }), 2);
 * for (const x of [1, 3]) {
 *   optimizer.zeroGrad([w]);
 *   w.mul(x).backward();
 *   optimizer.step([w]);
 * }
 * w.item(); // -2
 */
export function accumulate(inner: Optimizer, batches: number): Optimizer {
  checkCount('accumulate', 'batches', batches);
  const seen = variable(0); // batches since the last step
  const sums = new WeakMap<Tensor, Tensor>();
  const sumOf = (parameter: Tensor): Tensor => {
    const sum = sums.get(parameter) ?? zeros(parameter.shape);
    sums.set(parameter, sum);
    return sum;
  };
  return around(inner, {
    step(parameters) {
      noGrad(() => {
        const now = seen.add(1);
        const isDue = now.greaterEqual(batches);
        const moving = [...parameters].filter(
          (parameter) => parameter.requiresGrad && (parameter.grad || sums.has(parameter)),
        );
        for (const parameter of moving) {
          const sum = sumOf(parameter);
          const total = parameter.grad ? sum.add(parameter.grad.div(batches)) : sum;
          parameter.grad = total;
          sum.assign(isDue.where(0, total));
        }
        if (!tracedAssignments()) {
          if (isDue.item()) inner.step(moving);
        } else {
          // A step of compiled code has no `if`: the other's step is always computed, and kept only when it is due.
          const { assignments } = traced(() => inner.step(moving));
          const last = new Map(assignments.map(({ target, values }) => [target, values]));
          for (const [target, values] of last) target.assign(isDue.where(values, target));
        }
        seen.assign(isDue.where(0, now));
      });
    },
    slots(parameters) {
      const given = [...parameters];
      const slots = new Map<string, Slot>([...inner.slots(given), ['accumulatedBatches', { target: seen }]]);
      for (const [path, parameter] of given) {
        const of = { parameter: path, initial: zeros(parameter.shape) };
        slots.set(`${path}.accumulated`, { target: sumOf(parameter), of });
      }
      return slots;
    },
  });
}

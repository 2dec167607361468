// Laying a program out: a buffer is used again once nobody needs what is in it, and never before.

import { describe, expect, test } from 'vitest';
import { functions, nn, optim, RandomState, type Tensor } from '../../src/index.js';
import { inputsOf, type Node } from '../../src/engines/program/ir.js';
import { lower } from '../../src/engines/program/lower.js';
import { plan, type Buffer } from '../../src/engines/program/plan.js';
import { trace } from '../../src/engines/program/trace.js';

/** A training step of a network. */
function programOf(sizes: readonly number[], batch: number) {
  const random = new RandomState(0);
  const model = nn.mlp(sizes, { randomState: random });
  const optimizer = optim.sgd({ learningRate: 0.1, momentum: 0.9 });
  const step = (x: Tensor, labels: Tensor): Tensor => {
    const loss = functions.crossEntropy(model.forward(x), labels);
    optimizer.zeroGrad(model.parameters());
    loss.backward();
    optimizer.step(model.parameters());
    return loss;
  };
  const labels = random.randint(0, sizes.at(-1)!, [batch]);
  return lower(trace(step, [random.standardNormal([batch, sizes[0]!]), labels]));
}

const overlaps = (a: Buffer, b: Buffer): boolean => a.start < b.start + b.size && b.start < a.start + a.size;

describe.each([
  [[2, 3, 2], 4],
  [[5, 7, 7, 7, 3], 6],
])('a network of %j on a batch of %i', (sizes, batch) => {
  const program = programOf(sizes, batch);
  const { kernels, bufferOf, outputs, copies, leaves, size } = plan(program);

  /** The buffers that a kernel reads: down to nodes that have one. */
  const readsOf = (node: Node): Buffer[] =>
    inputsOf(node).flatMap((input) => {
      const buffer = bufferOf(input);
      return buffer ? [buffer] : readsOf(input);
    });

  test('no kernel overwrites what a later one reads', () => {
    const writer = new Map<Buffer, number>();
    kernels.forEach(({ node, target }, i) => {
      for (const buffer of readsOf(node)) {
        const from = writer.get(buffer) ?? -1;
        const between = kernels.slice(from + 1, i).filter((each) => each.target !== buffer);
        expect(between.filter((each) => overlaps(each.target, buffer))).toEqual([]);
        if (target !== buffer) expect(overlaps(target, buffer)).toBe(false);
      }
      writer.set(target, i);
    });
    for (const kept of [...outputs, ...copies.map(({ from }) => from)]) {
      const later = kernels.slice((writer.get(kept) ?? -1) + 1);
      expect(later.filter(({ target }) => overlaps(target, kept))).toEqual([]);
    }
  });

  test('takes less memory than a buffer for each value', () => {
    const apart = [
      ...leaves,
      ...kernels.map(({ target }) => target).filter((each) => !leaves.includes(each)),
    ];
    expect(size).toBeLessThan(apart.reduce((total, buffer) => total + buffer.size, 0));
  });
});

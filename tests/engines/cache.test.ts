// Modules that are kept: one for each program, the ones used last.

import { expect, test } from 'vitest';
import { tensor, type Tensor } from '../../src/index.js';
import { compiledModule } from '../../src/engines/wasm/cache.js';
import { generate } from '../../src/engines/wasm/generate.js';
import { bestTarget } from '../../src/engines/wasm/target.js';
import { lower } from '../../src/engines/program/lower.js';
import { plan } from '../../src/engines/program/plan.js';
import { trace } from '../../src/engines/program/trace.js';

const programOf = (step: (x: Tensor) => Tensor, size = 3) =>
  lower(trace(step as never, [tensor(Array(size).fill(1))]));

test('two programs have one text if they compute the same on the same shapes, whatever the numbers in their tensors', () => {
  const scaledBy = (weights: number[]) => {
    const w = tensor(weights);
    return (x: Tensor): Tensor => x.mul(w).sum();
  };
  const { text } = programOf(scaledBy([1, 2, 3]));
  expect(programOf(scaledBy([4, 5, 6])).text).toBe(text);
  const others = [
    programOf((x) => x.mul(tensor([1, 2, 3])).max()),
    programOf((x) => x.mul(2).sum()),
    programOf((x) => x.mul(3).sum()),
    programOf((x) => x.mul(tensor([1, 2, 3, 4])).sum(), 4),
    programOf((x) => x.mul(tensor([1, 2, 3]))),
  ].map((each) => each.text);
  expect(new Set([text, ...others]).size).toBe(others.length + 1);
});

test('a module is made once while it is among the last that were used', () => {
  const program = programOf((x) => x.exp());
  const layout = plan(program);
  let made = 0;
  const get = (text: string) =>
    compiledModule(text, () => {
      made++;
      return generate(layout, 'f64', 8 * layout.size, null, { target: bestTarget(true), threads: 1 });
    });
  const first = get('a');
  expect(get('a').module).toBe(first.module);
  for (let i = 0; i < 15; i++) get(`other ${i}`);
  expect(get('a').module).toBe(first.module);
  expect(made).toBe(16);
  for (let i = 0; i < 16; i++) get(`another ${i}`);
  expect(get('a').module).not.toBe(first.module);
});

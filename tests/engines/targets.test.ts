import { describe, expect, test } from 'vitest';
import { supports } from '../../src/engines/wasm/assembler.js';
import { Machine, type MachineOptions } from '../../src/engines/wasm/machine.js';
import { bestTarget, type Target } from '../../src/engines/wasm/target.js';
import { functions, nn, noGrad, optim, RandomState, type Tensor } from '../../src/index.js';

const TARGETS = (['scalar', 'simd', 'relaxed-simd'] as const satisfies readonly Target[]).filter(
  (target) => target === 'scalar' || supports(target),
);

/** A network after some steps: its losses and all its parameters, one number after the other. */
function trained(options: MachineOptions | null): Float64Array {
  const random = new RandomState(0);
  const model = nn.mlp([30, 40, 24, 3], { activation: 'tanh', randomState: random });
  const optimizer = optim.adam({ learningRate: 0.01 });
  const [X, y] = [random.standardNormal([50, 30]), random.randint(0, 3, 50)];
  const step = (x: Tensor, labels: Tensor): Tensor => {
    const loss = functions.crossEntropy(model.forward(x), labels);
    optimizer.zeroGrad(model.parameters());
    loss.backward();
    optimizer.step(model.parameters());
    return loss;
  };
  const machine = options && new Machine(step as (...inputs: Tensor[]) => Tensor, [X, y], options);
  const losses = Array.from({ length: 10 }, () => (machine ? machine.step([X, y])[0]! : step(X, y)).item());
  return Float64Array.from([...losses, ...model.parameters().flatMap(({ data }) => Array.from(data))]);
}

/** FNV-1a of the bits. */
function hash(numbers: Float64Array): string {
  let sum = 0x811c9dc5;
  for (const byte of new Uint8Array(numbers.buffer)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum.toString(16).padStart(8, '0');
}

describe.each([
  ['f64', 1e-9],
  ['f32', 1e-3],
] as const)('%s', (float, tolerance) => {
  test.each(TARGETS)('%s code trains as the interpreter does', (target) => {
    const expected = trained(null);
    trained({ float, target }).forEach((x, i) => expect(Math.abs(x - expected[i]!)).toBeLessThan(tolerance));
  });
});

// A change to the order of operations changes these; a machine, a version of Node or a number of threads must not.
test.each([
  ['f64', 'adb217e4'],
  ['f32', 'fdbbf928'],
] as const)('deterministic code gives these very bits everywhere: %s', (float, bits) => {
  expect(hash(trained({ float, target: bestTarget(true) }))).toBe(bits);
});

test('only code that need not be deterministic may round a product and a sum at once', () => {
  expect(bestTarget(true)).not.toBe('relaxed-simd');
  expect(bestTarget(false)).toBe(supports('relaxed-simd') ? 'relaxed-simd' : bestTarget(true));
});

test('a sum of products that relaxed code rounds once is nearer to the truth', () => {
  if (!supports('relaxed-simd')) return;
  const [a, b] = [new RandomState(0).standardNormal([60, 60]), new RandomState(1).standardNormal([60, 60])];
  const exact = noGrad(() => a.matmul(b));
  const errorOf = (target: Target): number => {
    const [product] = new Machine(() => a.matmul(b), [], { float: 'f32', target }).step([]);
    return product!.sub(exact).abs().sum().item();
  };
  expect(errorOf('relaxed-simd')).toBeLessThanOrEqual(errorOf('simd'));
});

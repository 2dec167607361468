// Compiles, runs and drops programs, and prints how much memory the process has meanwhile, in megabytes. Run by
// threads.test.ts in a process of its own, with --expose-gc: `memory-runner.js 1000 40 1` for 1000 programs on matrices of 40
// rows by one thread.

import { compile } from '../../src/engines/wasm/compile.js';
import { functions } from '../../src/functions/index.js';
import { RandomState } from '../../src/random/index.js';
import type { Tensor } from '../../src/tensor/index.js';

const [programs, size, threads] = process.argv.slice(2).map(Number) as [number, number, number];
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const x = new RandomState(0).randomSample([size, size]);
const megabytes: number[] = [];

for (let i = 1; i <= programs; i++) {
  const step = compile((a: Tensor) => functions.sum(functions.mul(functions.matmul(a, a), i)), { threads });
  step(x);
  if (threads > 1) {
    await wait(5); // for helpers to come
    step(x);
    step.dispose();
  }
  if (i % (programs / 4) !== 0) continue;
  for (let k = 0; k < 3; k++) {
    globalThis.gc?.();
    await wait(50);
  }
  megabytes.push(process.memoryUsage().rss / 2 ** 20);
}
console.log(JSON.stringify(megabytes));

// The roofline: the time below which no program can be, given what the machine computes and moves in a second.

import { spawnSync } from 'node:child_process';
import { compile, RandomState, type Tensor } from '../src/index.js';
import { Missing } from './link.js';
import { compileC } from './programs.js';
import { operations, trafficOf, type Work } from './works.js';

export interface Machine {
  /** Of one core, float32: with vectors of 128 bits, multiplying and adding apart, as WebAssembly does it. */
  readonly gigaflops: number;
  /** With the widest vectors there are, and fused; NaN where there is no C compiler. */
  readonly widest: number;
  /** Of our own matrix product, 512 × 512. */
  readonly ours: number;
  /** Gigabytes a second out of memories of so many bytes. */
  readonly bandwidth: readonly (readonly [bytes: number, gigabytes: number])[];
}

/** Measures the machine: with C where there is `cc`, else as well as JavaScript can. */
export function measureMachine(): Machine {
  const ours = ownMatmul();
  try {
    const apart = runC('-O3', '-DLANES=4', '-ffp-contract=off');
    // Vectors wider than the machine's are slow: both are tried.
    const widest = [8, 16].map((lanes) =>
      runC('-O3', `-DLANES=${lanes}`, '-march=native', '-ffp-contract=fast'),
    );
    return { ...apart, widest: Math.max(...widest.map(({ gigaflops }) => gigaflops)), ours };
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    return { gigaflops: ours, widest: NaN, ours, bandwidth: [[2 ** 28, copying(2 ** 27)]] };
  }
}

/** The roofline's time of a step, in microseconds. */
export function leastTime(work: Work, { gigaflops, bandwidth }: Machine): number {
  const { moved, held } = trafficOf(work);
  const [, gigabytes] = bandwidth.find(([bytes]) => held <= bytes) ?? bandwidth.at(-1)!;
  return Math.max(operations(work) / gigaflops, moved / gigabytes) / 1000;
}

function runC(...options: string[]): Pick<Machine, 'gigaflops' | 'bandwidth'> {
  const { stdout } = spawnSync(compileC('roofline.c', ...options), { encoding: 'utf8' });
  return JSON.parse(stdout) as Pick<Machine, 'gigaflops' | 'bandwidth'>;
}

/** Gigaflops of our matrix product. Copying in and out is left out. */
function ownMatmul(size = 512): number {
  const random = new RandomState(0);
  const [a, b] = [random.uniform(-1, 1, [size, size]), random.uniform(-1, 1, [size, size])];
  const time = (f: () => Tensor): number => {
    f();
    const times = Array.from({ length: 5 }, () => {
      const begun = performance.now();
      f();
      return performance.now() - begun;
    });
    return Math.min(...times);
  };
  const product = compile((x: Tensor, y: Tensor) => x.matmul(y).sum());
  const nothing = compile((x: Tensor, y: Tensor) => x.add(y).sum());
  const milliseconds = time(() => product(a, b)) - time(() => nothing(a, b));
  return (2 * size ** 3) / milliseconds / 1e6;
}

/** Gigabytes a second of copying, which reads and writes. */
function copying(bytes: number): number {
  const [from, to] = [new Uint8Array(bytes), new Uint8Array(bytes)];
  to.set(from);
  const begun = performance.now();
  to.set(from);
  return (2 * bytes) / (performance.now() - begun) / 1e6;
}

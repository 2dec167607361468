// Derivatives from values alone, and the random numbers to take them at.

import { sizeOf, tensor, type Shape, type Tensor } from '../../src/tensor/index.js';

/**
 * The derivative of `f` by its step at 0: central differences, extrapolated to a step of 0 (Richardson), of which the
 * estimate is taken that the next one confirms best. Ridders, 1982.
 */
export function derivativeAtZero(f: (step: number) => number, firstStep = 0.02): number {
  let best = NaN;
  let leastChange = Infinity;
  let previous: number[] = [];
  for (let row = 0, step = firstStep; row < 7; row++, step /= 2) {
    const estimates = [(f(step) - f(-step)) / (2 * step)];
    for (let order = 1; order <= row; order++) {
      const [finer, coarser] = [estimates[order - 1]!, previous[order - 1]!];
      const better = finer + (finer - coarser) / (4 ** order - 1);
      const change = Math.max(Math.abs(better - finer), Math.abs(better - coarser));
      if (change <= leastChange) [best, leastChange] = [better, change];
      estimates.push(better);
    }
    previous = estimates;
  }
  return best;
}

/** The derivative of `f` by each element of its argument number `index`. */
export function numericGradient(
  f: (inputs: readonly Tensor[]) => number,
  inputs: readonly Tensor[],
  index: number,
): Tensor {
  const x = inputs[index]!;
  const derivative = Float64Array.from(x.data, (_, position) =>
    derivativeAtZero((step) => {
      const moved = x.data.slice();
      moved[position]! += step;
      return f(inputs.map((input, i) => (i === index ? tensor(moved, { shape: x.shape }) : input)));
    }),
  );
  return tensor(derivative, { shape: x.shape });
}

/** Random numbers from 0 to 1, the same for the same seed. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normal draws that keep a distance of 0.1 from 0, where functions such as abs have no derivative. */
export function awayFromZero(seed: number): (...shape: number[]) => Tensor {
  const random = uniform(seed);
  const draw = (): number => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return normal + (normal < 0 ? -0.1 : 0.1);
  };
  return (...shape) => fill(shape, draw);
}

/** A tensor of drawn numbers. */
export function fill(shape: Shape, draw: () => number): Tensor {
  return tensor(Float64Array.from({ length: sizeOf(shape) }, draw), { shape });
}

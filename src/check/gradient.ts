// The derivative that a specimen should have given: by every element of a slot, or along random directions where there are many.

import type { RandomState } from '../random/index.js';
import { Tensor } from '../tensor/index.js';
import { derivativeAtZero, type Estimate } from './numeric.js';
import type { Session, Slot, Specimen } from './specimen/specimen.js';

/** Where a specimen is looked at: inputs, and the derivative of what comes after. */
export interface Probe {
  readonly inputs: readonly Tensor[];
  readonly upstream: Tensor;
}

/** Numeric derivatives by each element of a slot, in its shape. */
export interface NumericGradient {
  readonly value: Tensor;
  readonly error: Tensor;
  /** Elements at which the function has a kink, with its slopes on both sides. */
  readonly kinks: ReadonlyMap<number, readonly [left: number, right: number]>;
}

/** What a slot holds at a probe. */
export function valueOf(specimen: Specimen, slot: Slot, inputs: readonly Tensor[]): Tensor {
  if (slot.kind === 'input') return inputs[slot.index]!;
  return specimen.parameters.find(({ path }) => path === slot.name)!.read();
}

/** The derivative of upstream · output by every element of a slot. */
export function numericGradient(
  specimen: Specimen,
  slot: Slot,
  { inputs, upstream }: Probe,
): NumericGradient {
  const start = valueOf(specimen, slot, inputs);
  return specimen.within((session) => {
    const noise = noiseOf(upstream, (factor) =>
      forwardWith(specimen, session, inputs, [{ slot, value: start.mul(factor) }]),
    );
    const estimates = Array.from(start.data, (element, i) => {
      const along = (t: number): number => {
        const moved = start.clone();
        moved.data[i] = element + t;
        return dot(upstream, forwardWith(specimen, session, inputs, [{ slot, value: moved }]));
      };
      return bestEstimate(along, Math.abs(element), noise);
    });
    return {
      value: new Tensor(
        Float64Array.from(estimates, ({ value }) => value),
        start.shape,
      ),
      error: new Tensor(
        Float64Array.from(estimates, ({ error }) => error),
        start.shape,
      ),
      kinks: new Map(estimates.flatMap(({ kink }, i) => (kink ? [[i, kink] as const] : []))),
    };
  });
}

/**
 * The derivative along one direction through all the given slots at once. Where a plain difference is within a share `agreed` of
 * the value that it is supposed to have, that is enough: two ways to it seldom agree by chance.
 */
export function numericAlong(
  specimen: Specimen,
  directions: readonly { readonly slot: Slot; readonly direction: Tensor }[],
  { inputs, upstream }: Probe,
  { supposed, agreed = 0 }: { readonly supposed?: number; readonly agreed?: number } = {},
): Estimate {
  const starts = directions.map(({ slot }) => valueOf(specimen, slot, inputs));
  return specimen.within((session) => {
    const along = (t: number): number => {
      const moves = directions.map(({ slot, direction }, k) => ({
        slot,
        value: moved(starts[k]!, direction, t),
      }));
      return dot(upstream, forwardWith(specimen, session, inputs, moves));
    };
    if (supposed !== undefined) {
      const slope = (along(SMALL) - along(-SMALL)) / (2 * SMALL);
      const error = Math.abs(slope - supposed);
      if (error <= agreed * Math.abs(supposed)) return { value: slope, error, kink: null };
    }
    return derivativeAtZero(along, 0.01, { rounds: 5, enough: 1e-8, kinks: false });
  });
}

const SMALL = 1e-4; // a step through tens of thousands of elements at once

/** start + t direction. */
function moved(start: Tensor, direction: Tensor, t: number): Tensor {
  const result = start.clone();
  for (let i = 0; i < result.size; i++) result.data[i]! += t * direction.data[i]!;
  return result;
}

/**
 * The derivative of every output along a direction through a slot, in the output's shape. Central differences: not the last word
 * on a verdict, but close enough, and cheap enough, to tell one mistake from another.
 */
export function numericTangent(
  specimen: Specimen,
  slot: Slot,
  inputs: readonly Tensor[],
  direction: Tensor,
): Tensor {
  const start = valueOf(specimen, slot, inputs);
  return specimen.within((session) => {
    const at = (t: number): Tensor =>
      forwardWith(specimen, session, inputs, [{ slot, value: moved(start, direction, t) }]);
    const h = 0.1 * stepFor(session.forward(inputs));
    // In float64 the step is so small that a higher order would only add rounding.
    return h < 1e-4
      ? at(h)
          .sub(at(-h))
          .div(2 * h)
      : differenceAtZero(at, h);
  });
}

/** The derivative of every output by every element of a slot, [outputs, elements], as exact as `numericTangent`. */
export function numericJacobian(specimen: Specimen, slot: Slot, inputs: readonly Tensor[]): Tensor {
  const start = valueOf(specimen, slot, inputs);
  return specimen.within((session) => {
    const output = session.forward(inputs);
    const step = stepFor(output);
    const columns = Array.from(start.data, (element, i) => {
      const at = (t: number): Tensor => {
        const moved = start.clone();
        moved.data[i] = element + t;
        return forwardWith(specimen, session, inputs, [{ slot, value: moved }]);
      };
      return differenceAtZero(at, step * Math.max(Math.abs(element), 1e-2));
    });
    const values = Array.from({ length: output.size }, (_, o) => columns.map(({ data }) => data[o]!));
    return new Tensor(Float64Array.from(values.flat()), [output.size, start.size]);
  });
}

/** The sum of a Jacobian's rows, each times its part of the upstream: the derivative by a slot of the given shape. */
export function combine(jacobian: Tensor, upstream: Tensor, shape: readonly number[]): Tensor {
  return upstream.reshape([1, upstream.size]).matmul(jacobian).reshape(shape);
}

/** (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h. */
function differenceAtZero(f: (t: number) => Tensor, h: number): Tensor {
  const [near, far] = [f(h).sub(f(-h)), f(2 * h).sub(f(-2 * h))];
  return near
    .mul(8)
    .sub(far)
    .div(12 * h);
}

/** Code in float32 rounds at 1e-7: only a wide step rises above that. */
function stepFor(output: Tensor): number {
  return isRoundedToSingle(output) ? 1e-2 : 1e-4;
}

function isRoundedToSingle({ data }: Tensor): boolean {
  return data.every((y) => Math.fround(y) === y);
}

/** Ones of random sign: a difference in any single element shows along every such direction. */
export function randomDirection(shape: readonly number[], random: RandomState): Tensor {
  return random.randint(0, 2, shape).mul(2).sub(1);
}

/** The sum of the products of two tensors' elements. */
export function dot(a: Tensor, b: Tensor): number {
  return a.data.reduce((total, element, i) => total + element * b.data[i]!, 0);
}

function forwardWith(
  specimen: Specimen,
  session: Session,
  inputs: readonly Tensor[],
  moved: readonly { readonly slot: Slot; readonly value: Tensor }[],
): Tensor {
  const values = [...inputs];
  const before: (() => void)[] = [];
  for (const { slot, value } of moved) {
    if (slot.kind === 'input') {
      values[slot.index] = value;
    } else {
      const parameter = specimen.parameters.find(({ path }) => path === slot.name)!;
      before.push(parameter.hold());
      parameter.write(value);
    }
  }
  try {
    return session.forward(values);
  } finally {
    before.forEach((putBack) => putBack());
  }
}

/**
 * What rounding leaves of a sum of outputs times upstream. Code in float32 rounds sooner; that it does shows at a moved
 * input, where a result such as 0.5 would be chance.
 */
function noiseOf(upstream: Tensor, outputTimes: (factor: number) => Tensor): number {
  const here = outputTimes(1);
  const size = here.data.reduce((sum, y, i) => sum + Math.abs(y * upstream.data[i]!), 0);
  let isSingle = false;
  try {
    const moved = outputTimes(1 + 1e-3 * Math.PI);
    isSingle = isRoundedToSingle(moved) && moved.data.some((y, i) => y !== here.data[i]);
  } catch {
    // Labels and row numbers may not be moved by fractions.
  }
  return (isSingle ? 2 ** -24 : 2 ** -53) * (size || 0);
}

/**
 * Tries a step of the usual size, one that keeps a small number's sign, and short ones: across a wide step a function may
 * swing to and fro, and look flat. The smallest error is the best one.
 */
function bestEstimate(along: (t: number) => number, size: number, noise: number): Estimate {
  const usual = 0.1 * Math.max(size, 0.1);
  const steps = [usual, ...(size > 0 && size < 0.1 ? [0.1 * size] : []), 1e-2 * usual, 1e-4 * usual];
  let best: Estimate | null = null;
  for (const step of steps) {
    const isFirst = best === null || !Number.isFinite(best.value);
    const estimate = derivativeAtZero(along, step, { noise, kinks: isFirst });
    if (isFirst) best = estimate;
    else if (estimate.error < best!.error) best = { ...estimate, kink: best!.kink };
    const enough = Math.max(1e-8 * Math.max(Math.abs(best!.value), 1e-3), (2 * noise) / step);
    if (Number.isFinite(best!.value) && best!.error <= enough) break;
  }
  return best!;
}

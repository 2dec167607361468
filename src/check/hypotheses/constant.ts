// The derivative times a constant: a factor 2 that is missing, a sum where the mean was meant.

import { concat } from '../../functions/index.js';
import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Evidence, Hypothesis, Observation } from '../evidence.js';
import { newStream } from '../random.js';
import { attempt, explains, isClose, isSame } from './match.js';

/** Every number is the right one times the same constant. If that goes with the number of samples, it is a sum or a mean. */
export const constantFactor: Hypothesis = (evidence) => {
  const { slot } = evidence;
  const factor = ratioOf(evidence.observations, ({ expected }) => expected);
  if (factor === null || !explains(evidence, ({ expected }) => expected.mul(factor))) return null;
  const sign = factor < 0 ? ' The sign is flipped as well.' : '';
  const size = Math.abs(factor);
  const counted = withCount(evidence, size);
  if (counted) {
    return {
      cause: counted,
      message:
        counted === 'summed-instead-of-averaged'
          ? `Your derivative by ${slot.name} is ${asFactor(size)} times the right one, and that number goes with the number of samples: the result is a mean, and the derivative a sum.${sign}`
          : `Your derivative by ${slot.name} is ${asFactor(size)} times the right one, and that number goes with the number of samples: the result is a sum, and the derivative a mean.${sign}`,
      correction:
        counted === 'summed-instead-of-averaged'
          ? 'Divide by the number of samples.'
          : 'Do not divide by the number of samples.',
    };
  }
  return {
    cause: 'constant-factor',
    message: `Your derivative by ${slot.name} is the right one times ${asFactor(size)}, everywhere.${rootOf(evidence, size)}${sign}`,
    correction: `Multiply by ${asFactor(1 / size)}.`,
  };
};

/** The one number that found and guess differ by, or null if what was found is not even close to a multiple. */
export function ratioOf(
  observations: readonly Observation[],
  guess: (observation: Observation) => Tensor | null,
): number | null {
  let [ratio, largest] = [null as number | null, 0];
  for (const observation of observations) {
    const guessed = guess(observation);
    if (!guessed || !sameShape(guessed.shape, observation.found.shape)) return null;
    guessed.data.forEach((g, i) => {
      const found = observation.found.data[i]!;
      if (Math.abs(g) > largest && Number.isFinite(found / g)) [largest, ratio] = [Math.abs(g), found / g];
    });
  }
  return ratio === 0 ? null : ratio === null ? null : tidy(ratio);
}

/** A ratio that is as good as a simple fraction is that fraction. */
function tidy(ratio: number): number {
  const [above, below] = fractionOf(ratio, 1e-5) ?? [ratio, 1];
  return above / below;
}

/** A constant as people write it: `1/3`, `2`, `0.37`. */
export function asFactor(constant: number): string {
  const [above, below] = fractionOf(constant, 1e-6) ?? [];
  if (above === undefined) return String(Number(constant.toPrecision(4)));
  return below === 1 ? `${above}` : `${above}/${below}`;
}

/** A number as a fraction with a small denominator, or one over a whole number; null if it is none. */
function fractionOf(x: number, tolerance: number): readonly [above: number, below: number] | null {
  const denominators = [...Array.from({ length: 12 }, (_, i) => i + 1), Math.round(Math.abs(1 / x))];
  const below = denominators.find((below) => {
    const above = Math.round(x * below);
    return above !== 0 && isSame(x, above / below, tolerance);
  });
  return below === undefined ? null : [Math.round(x * below), below];
}

/** Whether the constant is a number of samples or elements, or one over it. Doubling the batch tells; else the count itself must. */
function withCount(
  evidence: Evidence,
  size: number,
): 'summed-instead-of-averaged' | 'averaged-instead-of-summed' | null {
  const growth = growthWithBatch(evidence);
  const [{ inputs, value, output }] = evidence.observations as [Observation, ...Observation[]];
  const counts = [...inputs, value].flatMap(({ shape, size }) => (shape.length > 0 ? [shape[0]!, size] : []));
  // Besides the count, a 2 is often missing or there twice.
  const isCount = (n: number): boolean =>
    (growth === null ? [1] : [1, 2, 1 / 2]).some((factor) =>
      counts.some((count) => (growth !== null || count > 2) && isSame(count * factor, n, 1e-4)),
    );
  const [grows, shrinks] = [
    growth === null || isSame(growth, 2, 1e-3),
    growth === null || isSame(growth, 0.5, 1e-3),
  ];
  if (grows && isCount(size)) return 'summed-instead-of-averaged';
  if (shrinks && isCount(1 / size)) return 'averaged-instead-of-summed';
  // What goes into every number of the result gets something back from each: a mean of it is one over their number.
  const isMean = value.size === 1 && output.size > 2 && isSame(output.size, 1 / size, 1e-4);
  return isMean ? 'averaged-instead-of-summed' : null;
}

/** How the ratio of found to expected changes when every sample comes twice; null where the code takes no other batch. */
function growthWithBatch(evidence: Evidence): number | null {
  const { inputs } = evidence.observations[0]!;
  const lengths = inputs.flatMap(({ shape }) => shape.slice(0, 1));
  // The batch is the length that inputs share, or else that of the first of them.
  const shared = (length: number): number => lengths.filter((other) => other === length).length;
  const candidates = [...new Set(lengths)].sort((a, b) => shared(b) - shared(a));
  const growths = candidates.flatMap((length) => attempt(() => growthWith(evidence, length)) ?? []);
  return growths.find((growth) => !isSame(growth, 1, 1e-3)) ?? growths[0] ?? null;
}

/** The same where the batch is the first axis of the inputs that have this length. */
function growthWith(evidence: Evidence, length: number): number | null {
  const observation = evidence.observations[0]!;
  const inputs = observation.inputs.map((input) =>
    input.shape[0] === length ? concat([input, input]) : input,
  );
  const { shape } = evidence.outputAt({ ...observation, inputs });
  const isDoubled = shape.length > 0 && shape[0] === 2 * observation.output.shape[0]!;
  if (!isDoubled && !sameShape(shape, observation.output.shape)) return null;
  const upstream = newStream().uniform(0.5, 2, [...shape]);
  const doubled = { ...observation, inputs, upstream };
  const found = evidence.foundAt(doubled);
  const expected = evidence.expectedAt(doubled);
  if (!found || !sameShape(found.shape, expected.shape)) return null;
  const after = ratioOf([{ ...doubled, found, expected }], () => expected);
  const before = ratioOf([observation], ({ expected }) => expected);
  return after !== null && before !== null && isClose(found, expected.mul(after)) ? after / before : null;
}

/** Attention divides by the square root of a length. */
function rootOf({ observations: [first] }: Evidence, size: number): string {
  if (asFactor(size).includes('/') || Number.isInteger(size)) return ''; // a plain fraction is likelier
  const lengths = first?.inputs.flatMap(({ shape }) => shape) ?? [];
  const length = lengths.find(
    (n) => n > 1 && (isSame(size, Math.sqrt(n), 1e-6) || isSame(size, 1 / Math.sqrt(n), 1e-6)),
  );
  return length !== undefined ? ` That is the square root of the length ${length}, or one over it.` : '';
}

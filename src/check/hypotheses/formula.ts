// Derivatives that are known by formula, and the ways in which people get them wrong.

import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Diagnosis, Evidence, Hypothesis, Observation } from '../evidence.js';
import type { Cause } from './causes.js';
import { attempt, closenessFor, explains, isClose, isSame } from './match.js';

/** A formula that an observation is put into; null where it does not apply. */
export type Formula = (observation: Observation) => Tensor | null;

/** What people write instead. */
export interface Mistake {
  readonly cause: Cause;
  readonly message: string;
  /** Default: the right formula. */
  readonly correction?: string;
  readonly formula: Formula;
}

/** One reading of what the code computes. */
export interface Reading {
  /** The right derivative, up to a constant factor such as 1 / n. */
  readonly right: Formula;
  /** The same in words. */
  readonly correction: string;
  /** What people write instead; `constant` is the factor that the formula lacks. */
  readonly mistakes: (constant: number) => readonly Mistake[];
}

/** The hypothesis that the code computes one of several known functions and makes one of the known mistakes. */
export function mistakesIn(readings: (evidence: Evidence) => readonly Reading[]): Hypothesis {
  return (evidence) => {
    for (const { right, correction, mistakes } of readings(evidence)) {
      const constants = constantsOf(evidence, right);
      if (constants === null) continue;
      const constantAt = (each: Observation): number => constants[evidence.observations.indexOf(each)]!;
      for (const mistake of mistakes(constants[0]!)) {
        if (explains(evidence, (each) => mistake.formula(each)?.mul(constantAt(each)) ?? null)) {
          return diagnosisOf(mistake, correction);
        }
      }
    }
    return null;
  };
}

/** The number that a formula must be multiplied with to give what was expected everywhere; null if there is none. */
export function constantOf(evidence: Evidence, right: Formula): number | null {
  const constants = constantsOf(evidence, right);
  return constants?.every((constant) => isSame(constant, constants[0]!)) ? constants[0]! : null;
}

/**
 * The same for each probe: a temperature or a learned scale differs from one to the next. Of a few numbers, a constant of their
 * own would always be found: they must share one.
 */
function constantsOf(evidence: Evidence, right: Formula): number[] | null {
  const constants: number[] = [];
  for (const observation of evidence.observations) {
    const { expected, output } = observation;
    const value = attempt(() => right(observation));
    if (!value || !sameShape(value.shape, expected.shape)) return null;
    const own = value.data.filter((x) => x !== 0).length >= ENOUGH ? largestRatio(expected, value) : null;
    const shared = constants[0] ?? largestRatio(expected, value);
    const closeness = closenessFor(output);
    const constant = [shared, own].find(
      (each) => each !== null && each !== 0 && isClose(value.mul(each), expected, closeness),
    );
    if (constant === undefined || constant === null) return null;
    constants.push(constant);
  }
  return constants;
}

const ENOUGH = 3;

function largestRatio(expected: Tensor, value: Tensor): number | null {
  let at = 0;
  value.data.forEach((x, i) => {
    if (Math.abs(x) > Math.abs(value.data[at]!)) at = i;
  });
  const ratio = expected.data[at]! / value.data[at]!;
  return Number.isFinite(ratio) ? ratio : null;
}

function diagnosisOf(mistake: Mistake, correction: string): Diagnosis {
  return { cause: mistake.cause, message: mistake.message, correction: mistake.correction ?? correction };
}

/** The upstream in a form that goes with the slot: alike, one for each row, or one for all. Null if it is none of these. */
export function upstreamFor({ upstream, value }: Observation): Tensor | null {
  if (sameShape(upstream.shape, value.shape)) return upstream;
  if (upstream.size === 1) return upstream.reshape([]);
  const isPerRow =
    upstream.ndim < value.ndim && upstream.shape.every((length, axis) => length === value.shape[axis]);
  return isPerRow
    ? upstream.reshape([...upstream.shape, ...value.shape.slice(upstream.ndim).map(() => 1)])
    : null;
}

/** A formula of a prediction and a target; null where it does not apply. */
export type LossFormula = (prediction: Tensor, target: Tensor) => Tensor | null;

/** The hypothesis that the slot is a loss's prediction, any other input its target. `by` puts the upstream to a formula. */
export function mistakesInLoss(
  reading: (
    prediction: string,
    target: string,
    by: (formula: LossFormula) => Formula,
  ) => Reading | readonly Reading[],
): Hypothesis {
  return mistakesIn(({ specimen, slot, observations }) => {
    if (slot.kind !== 'input') return [];
    const others = observations[0]!.inputs.map((_, i) => i).filter((i) => i !== slot.index);
    return others.flatMap((index) =>
      reading(slot.name, specimen.inputNames[index]!, (formula) => (observation) => {
        const dy = upstreamFor(observation);
        return dy && (formula(observation.value, observation.inputs[index]!)?.mul(dy) ?? null);
      }),
    );
  });
}

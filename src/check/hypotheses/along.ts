// The mistake behind a wrong derivative of very many elements, of which only derivatives along directions can be afforded.

import type { RandomState } from '../../random/index.js';
import { sameShape, Tensor } from '../../tensor/index.js';
import type { Diagnosis, Evidence, Hypothesis, Observation, Setting } from '../evidence.js';
import { dot, randomDirection } from '../gradient.js';
import { constantFactor } from './constant.js';
import { kernelNotFlipped } from './kernel.js';
import { attempt, isClose } from './match.js';
import { otherForgotten } from './other-forgotten.js';
import { onlyOneSample } from './overwritten.js';
import { signFlipped } from './sign-flipped.js';
import { notSummed } from './summation.js';
import { factorNotTransposed, transposed } from './transposed.js';
import { updatedBeforeUpstream } from './updated.js';
import { upstreamMissing, upstreamSummed, upstreamTwice } from './upstream.js';
import { zero } from './zero.js';

const DIRECTIONS = 4;

/** Mistakes that show along directions as they do element by element. */
const HYPOTHESES: readonly Hypothesis[] = [
  ...[zero, signFlipped, constantFactor, upstreamMissing, upstreamTwice, upstreamSummed],
  ...[updatedBeforeUpstream, factorNotTransposed, otherForgotten, kernelNotFlipped, onlyOneSample],
];

/**
 * The first mistake that agrees along a few random directions, or null. In the evidence, what was expected may be left
 * out (NaN): it is not looked at.
 */
export function diagnoseAlong(evidence: Evidence, random: RandomState): Diagnosis | null {
  const { value, found } = evidence.observations[0]!;
  const directions = Array.from({ length: DIRECTIONS }, () => randomDirection(value.shape, random));
  const reshaped = ofReshaped(evidence, directions);
  if (reshaped) return reshaped;
  if (!sameShape(found.shape, value.shape)) return null;
  // Most are ruled out by one direction.
  const [quick, thorough] = [alongEach(evidence, directions.slice(0, 1)), alongEach(evidence, directions)];
  for (const hypothesis of HYPOTHESES) {
    const diagnosis = attempt(() => hypothesis(quick) && hypothesis(thorough));
    if (diagnosis) return diagnosis;
  }
  return null;
}

/** The evidence with slopes along directions in the place of gradients. */
function alongEach(evidence: Evidence, directions: readonly Tensor[]): Evidence {
  const slopes = (setting: Setting): Tensor => slopesAlong(evidence, setting, directions);
  return {
    ...evidence,
    observations: evidence.observations.map((each) => ({
      ...each,
      expected: slopes(each),
      found: project(each.found, directions),
    })),
    expectedAt: slopes,
    foundAt(setting, slot) {
      const found = evidence.foundAt(setting, slot);
      return found && !slot ? project(found, directions) : found;
    },
  };
}

function slopesAlong(evidence: Evidence, setting: Setting, directions: readonly Tensor[]): Tensor {
  return inRow(directions.map((direction) => evidence.slopeAt(setting, direction)));
}

/** What was found, seen along each direction. */
function project(found: Tensor, directions: readonly Tensor[]): Tensor {
  return inRow(directions.map((direction) => dot(direction, found)));
}

function inRow(values: readonly number[]): Tensor {
  return new Tensor(Float64Array.from(values), [values.length]);
}

/** Mistakes of shape: those are told by what was found, put right. */
function ofReshaped(evidence: Evidence, directions: readonly Tensor[]): Diagnosis | null {
  const [first] = evidence.observations as [Observation, ...Observation[]];
  const { found } = first;
  const { shape } = directions[0]!;
  const right = slopesAlong(evidence, first, directions);
  const isRight = (gradient: Tensor): boolean =>
    sameShape(gradient.shape, shape) && isClose(project(gradient, directions), right);
  /** The words of a hypothesis for evidence that it explains. */
  const saidBy = (hypothesis: Hypothesis, expected: Tensor): Diagnosis | null =>
    hypothesis({ ...evidence, observations: [{ ...first, expected }] });

  if (found.ndim > 1 && isRight(found.transpose())) return saidBy(transposed, found.transpose());
  const axis = found.shape.findIndex((_, i) => isRight(found.sum(i)));
  return axis >= 0 ? saidBy(notSummed, found.sum(axis)) : null;
}

// Masks: forgotten, inverted, or taken of the upstream instead of the input.

import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Hypothesis, Observation } from '../evidence.js';
import { pointsOf, type FactorHypothesis, type Points } from './factors.js';
import { explains, isClose, isNear, scaleOf } from './match.js';

/** Of one output: it goes back in equal parts to several elements, where only those that made it should get it. */
export const spread: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  let spreads = 0;
  const isIt = observations.every(({ found, expected }) => {
    if (!sameShape(found.shape, expected.shape)) return false;
    const [given, due] = [nonZero(found), nonZero(expected)];
    if (given.length > due.length && due.length > 0) spreads++;
    const isLevel = (values: Float64Array, places: readonly number[]): boolean =>
      places.every((i) => isNear(values[i]!, values[places[0]!]!, 0));
    const [part, whole] = [found.data[given[0] ?? 0]!, expected.data[due[0] ?? 0]!];
    return (
      due.every((i) => given.includes(i)) &&
      isLevel(found.data, given) &&
      isLevel(expected.data, due) &&
      (due.length === 0 || isNear(part, whole, 0) || isNear(part * given.length, whole * due.length, 0))
    );
  });
  if (!isIt || spreads === 0) return null;
  return {
    cause: 'mask-missing',
    message: `Your derivative by ${slot.name} gives the upstream to several elements, where only those that made it into the result may get it: a mask is missing.`,
    correction: `Keep in forward which elements of ${slot.name} were chosen, and give the upstream to them alone.`,
  };
};

/** Right wherever anything should flow; but it flows also where nothing should. */
export const maskMissing: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points) return null;
  const { expected, found, rows, scale } = points;
  const [stopped, open] = partsOf(points);
  if (stopped.length < 2 || open.length < 2) return null;
  if (!open.every((row) => isNear(found[row]!, expected[row]!, scale)) || rows.length < 5) return null;
  return {
    cause: 'mask-missing',
    message: `Your derivative by ${view.slot.name} is right where anything should flow back, but it lets something through where the function is flat and nothing should: a condition is missing.`,
    correction: 'Multiply by 1 where the condition of forward holds, and by 0 elsewhere.',
  };
};

/** The same where single outputs should give nothing back at all. */
export const maskOfOutputsMissing: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  const [open, stopped] = [observations.filter(isOpen), observations.filter((each) => !isOpen(each))];
  const isIt =
    observations.every(({ found, expected }) => sameShape(found.shape, expected.shape)) &&
    open.length >= 2 &&
    open.every(({ found, expected }) => isClose(found, expected)) &&
    stopped.filter(({ found }) => nonZero(found).length > 0).length >= 2;
  if (!isIt) return null;
  return {
    cause: 'mask-missing',
    message: `Your derivative by ${slot.name} adds up too much: some elements of the result do not depend on ${slot.name} here, and their part must be left out. A condition is missing.`,
    correction: 'Add up only where the condition of forward holds.',
  };
};

function isOpen({ expected }: Observation): boolean {
  return nonZero(expected).length > 0;
}

/** The condition the other way round. */
export const maskInverted: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points) return null;
  const [stopped, open] = partsOf(points);
  // Together, the right derivative and the one found must be everywhere: else one is merely in the wrong place.
  const isTurned =
    stopped.length >= 2 &&
    open.length >= 2 &&
    open.every((row) => isNothing(points.found[row]!, points)) &&
    points.rows.length === points.expected.length;
  const all = twoSlopes(view.observations);
  const isSwapped = explains(view, (each) => {
    const slopes = all ?? twoSlopes([each]);
    return slopes && withSlopesSwapped(each, slopes);
  });
  if (!isTurned && !isSwapped) return null;
  return {
    cause: 'mask-inverted',
    message: `Your derivative by ${view.slot.name} has its condition the wrong way round: the upstream passes where it should be stopped, and the other way about.`,
    correction: 'Turn the comparison round.',
  };
};

/** The two numbers that the upstream is multiplied with, as in a leaky relu: the smaller first. Null where it is otherwise. */
function twoSlopes(observations: readonly Observation[]): readonly [number, number] | null {
  const ratios = observations.flatMap(({ expected, upstream }) =>
    isBeside(upstream, expected) ? [...expected.div(scalar(upstream)).data] : [NaN],
  );
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  const isOneOf = (ratio: number): boolean => isNear(ratio, low, 1) || isNear(ratio, high, 1);
  return !isNear(low, high, 0) && ratios.every(isOneOf) ? [low, high] : null;
}

/** Each element with the other one of the slopes. */
function withSlopesSwapped(
  { expected, upstream }: Observation,
  [low, high]: readonly [number, number],
): Tensor {
  return scalar(upstream)
    .mul(low + high)
    .sub(expected);
}

function isBeside(upstream: Tensor, expected: Tensor): boolean {
  return upstream.size === 1 || sameShape(expected.shape, upstream.shape);
}

/** One number as a number, which goes with any shape. */
function scalar(upstream: Tensor): Tensor {
  return upstream.size === 1 ? upstream.reshape([]) : upstream;
}

/** The rows in which the right derivative is 0, and the others. */
function partsOf(points: Points): [stopped: number[], open: number[]] {
  const { rows, expected } = points;
  return [
    rows.filter((row) => isNothing(expected[row]!, points)),
    rows.filter((row) => !isNothing(expected[row]!, points)),
  ];
}

function isNothing(x: number, { scale }: Points): boolean {
  return Math.abs(x) <= 1e-9 * scale;
}

/** The sign of the upstream decides, where that of the input should. */
export const maskOfUpstream: Hypothesis = (evidence) => {
  const { slot, observations } = evidence;
  const fits = ({ upstream, expected }: Observation): boolean => sameShape(upstream.shape, expected.shape);
  const [low, high] = twoSlopes(observations) ?? [0, 1];
  const chosen = ({ upstream }: Observation): Tensor => {
    const isPositive = upstream.greater(0);
    return upstream.mul(isPositive.mul(high - low).add(low));
  };
  const instead = explains(evidence, (each) => (fits(each) ? chosen(each) : null));
  const besides = explains(evidence, (each) =>
    fits(each) ? each.expected.mul(each.upstream.greater(0)) : null,
  );
  if (!instead && !besides) return null;
  return {
    cause: 'mask-of-upstream',
    message: `In your derivative by ${slot.name}, the mask is taken of the upstream: whether a number passes depends on the sign of ${slot.name}, not on that of what comes back.`,
    correction: `dy * (${slot.name} > 0)`,
  };
};

/**
 * What the derivative is of depends on the sign of what comes back: twice the upstream gives twice as much, minus the upstream not minus
 * as much. A right one never does.
 */
export const dependsOnSign: Hypothesis = (evidence) => {
  const { slot, specimen, observations } = evidence;
  if (!specimen.takesUpstream) return null;
  const times = (observation: Observation, factor: number): Tensor | null =>
    evidence.foundAt({ ...observation, upstream: observation.upstream.mul(factor) });
  const isGrowing = observations.every((each) => {
    const twice = times(each, 2);
    return twice !== null && isClose(twice, each.found.mul(2));
  });
  const turned = observations.map((each) => times(each, -1));
  const isOdd = turned.every((each, i) => each !== null && isClose(each, observations[i]!.found.neg()));
  if (!isGrowing || isOdd) return null;
  const isEven = turned.every((each, i) => each !== null && isClose(each, observations[i]!.found));
  return {
    cause: isEven ? 'absolute-value' : 'mask-of-upstream',
    message: isEven
      ? `Your derivative by ${slot.name} is the same for the upstream and for minus the upstream: somewhere on the way back its sign is lost.`
      : `Your derivative by ${slot.name} depends on the sign of what comes back: somewhere on the way back a condition is on the upstream that should be on what went into forward.`,
    correction: isEven
      ? 'Use what comes back as it is, without an absolute value.'
      : 'In the condition, use the value that forward had there.',
  };
};

/** Places of what is not 0. */
function nonZero({ data }: Tensor): number[] {
  const scale = scaleOf(data);
  return [...data.keys()].filter((i) => Math.abs(data[i]!) > 1e-7 * scale && Math.abs(data[i]!) > 1e-9);
}

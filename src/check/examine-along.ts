// Examining derivatives of very many elements: along random directions through all of them at once.

import type { RandomState } from '../random/index.js';
import { formatShape, full, indicesAt, type Tensor } from '../tensor/index.js';
import { TOLERANCE } from './compare.js';
import { gather } from './evidence.js';
import { finding, tooRough, type Finding, type SlotResult } from './finding.js';
import { dot, numericAlong, numericTangent, randomDirection, valueOf, type Probe } from './gradient.js';
import { diagnoseAlong } from './hypotheses/along.js';
import { observe, wentIn, type Derivatives } from './observe.js';
import type { Gradients, Slot, Specimen } from './specimen/specimen.js';

/** Directions that are tried. Several wrong elements can cancel along one, every other time at most. */
export const DIRECTIONS = 10;

/** The share within which a plain difference confirms a derivative: a hundredth of what would be called wrong. */
const AGREED = 1e-2 * TOLERANCE;

/** Compares along random directions through all slots at once, then slot by slot where they disagree. `gradients`: those at the first probe. */
export function examineAlong(
  specimen: Specimen,
  slots: readonly Slot[],
  probes: readonly Probe[],
  gradients: Gradients,
  random: RandomState,
): Derivatives {
  const [probe] = probes as [Probe, ...Probe[]];
  const { bySlot } = gradients;
  const misshapen = slots.filter(
    (slot) => bySlot.get(slot.name)!.size !== valueOf(specimen, slot, probe.inputs).size,
  );
  const fitting = slots.filter((slot) => !misshapen.includes(slot));
  const outcomeOf = (among: readonly Slot[], count = DIRECTIONS): SlotResult['outcome'] => {
    const length = lengthOf(among.map(({ name }) => bySlot.get(name)!));
    let known = 0;
    for (let i = 0; i < count; i++) {
      const directions = among.map((slot) => ({
        slot,
        direction: randomDirection(valueOf(specimen, slot, probe.inputs).shape, random),
      }));
      const found = directions.reduce(
        (sum, { slot, direction }) => sum + dot(direction, bySlot.get(slot.name)!),
        0,
      );
      const expected = numericAlong(specimen, directions, probe, { supposed: found, agreed: AGREED });
      const size = Math.max(Math.abs(expected.value), Math.abs(found) || 0, length || 0);
      if (!Number.isFinite(expected.value) || expected.error > 1e-2 * size) continue;
      known++;
      const off = Math.abs(expected.value - found) - 10 * expected.error;
      if (!(off <= TOLERANCE * size)) return 'differs'; // NaN does
    }
    return known > 0 ? 'agrees' : 'unknown';
  };
  const outcomes = new Map<Slot, SlotResult['outcome']>(misshapen.map((slot) => [slot, 'differs']));
  const settle = (among: readonly Slot[]): void => {
    if (among.length === 0) return;
    const together = outcomeOf(among);
    if (together !== 'differs' || among.length === 1) {
      for (const slot of among) outcomes.set(slot, together);
      return;
    }
    // Most mistakes show along the first direction. The slots that are left are looked at together again.
    const wrong = among.filter((slot) => outcomeOf([slot], 1) === 'differs');
    for (const slot of among) outcomes.set(slot, wrong.length > 0 ? 'differs' : outcomeOf([slot]));
    if (wrong.length > 0) settle(among.filter((slot) => !wrong.includes(slot)));
  };
  settle(fitting);
  const results = slots.map((slot): SlotResult => ({
    name: slot.name,
    kind: slot.kind,
    outcome: outcomes.get(slot)!,
    relativeError: 0,
    numericError: 0,
  }));
  const suspects = fitting.filter((slot) => outcomes.get(slot) === 'differs');
  const findings = [
    ...[...suspects, ...misshapen].map((slot) =>
      wrongAlong(specimen, slot, probe, bySlot.get(slot.name)!, random),
    ),
    ...slots.filter((slot) => outcomes.get(slot) === 'unknown').map(tooRough),
  ];
  return { slots: results, findings };
}

/** The finding about a derivative of very many elements that is wrong along some direction. */
function wrongAlong(
  specimen: Specimen,
  slot: Slot,
  probe: Probe,
  found: Tensor,
  random: RandomState,
): Finding {
  const value = valueOf(specimen, slot, probe.inputs);
  const expected = full(value.shape, NaN); // not known element by element
  const seen = observe(specimen, slot, probe, expected, found);
  const diagnosis = diagnoseAlong(gather(specimen, slot, [seen]), random);
  const misfit = found.size !== value.size;
  const worst = misfit ? null : wrongElement(specimen, slot, probe, found, random);
  return finding({
    cause: diagnosis?.cause ?? (misfit ? 'wrong-shape' : 'unexplained'),
    severity: 'error',
    slot: slot.name,
    message:
      diagnosis?.message ??
      (misfit
        ? `The derivative by ${slot.name} has shape ${formatShape(found.shape)}; it must have the shape of ${slot.name}, ${formatShape(value.shape)}.`
        : `The derivative by ${slot.name} is wrong. It has too many elements to look at each.`),
    correction:
      diagnosis?.correction ??
      `Check at a smaller size, a few rows and columns, to have every element compared and the mistake named.`,
    ...worst,
    inputs: wentIn(specimen, probe),
  });
}

/** An element that is off: the largest or the first, as most mistakes leave none right, or else one found by halving. */
function wrongElement(
  specimen: Specimen,
  slot: Slot,
  probe: Probe,
  found: Tensor,
  random: RandomState,
): Pick<Finding, 'index' | 'expected' | 'found'> {
  const { shape, size } = valueOf(specimen, slot, probe.inputs);
  const expectedAlong = (way: Tensor): number =>
    dot(probe.upstream, numericTangent(specimen, slot, probe.inputs, way));
  const at = (place: number) => {
    const element = full(shape, 0);
    element.data[place] = 1;
    return { index: indicesAt(place, shape), expected: expectedAlong(element), found: found.data[place]! };
  };
  const largest = found.data.reduce(
    (best, x, i) => (Math.abs(x) > Math.abs(found.data[best]!) ? i : best),
    0,
  );
  for (const place of new Set([largest, 0])) {
    const there = at(place);
    const off = Math.abs(there.expected - there.found);
    if (off > CLEARLY * Math.max(Math.abs(there.expected), Math.abs(there.found))) return there;
  }
  return at(halving(size, randomDirection(shape, random), (way) => expectedAlong(way) - dot(way, found)));
}

const CLEARLY = 1e-3; // off by this share: far above what a plain difference leaves open

/** Of two halves, the wrong element lies in the one along which the derivative is off more. */
function halving(size: number, direction: Tensor, offAlong: (way: Tensor) => number): number {
  /** How far off the derivative is along the part of the direction that lies within a range. */
  const offWithin = (from: number, to: number): number => {
    const part = direction.clone();
    part.data.fill(0, 0, from).fill(0, to);
    return offAlong(part);
  };
  let [from, to, off] = [0, size, offWithin(0, size)];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    const left = offWithin(from, middle);
    const isLeft = Math.abs(left) > Math.abs(off - left);
    [from, to, off] = isLeft ? [from, middle, left] : [middle, to, off - left];
  }
  return from;
}

function lengthOf(gradients: readonly Tensor[]): number {
  return Math.sqrt(gradients.reduce((sum, gradient) => sum + dot(gradient, gradient), 0));
}

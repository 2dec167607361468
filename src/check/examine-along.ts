// Examining derivatives of very many elements: along random directions through all of them at once.

import type { RandomState } from '../random/index.js';
import { formatShape, full, indicesAt, type Tensor } from '../tensor/index.js';
import { TOLERANCE } from './compare.js';
import { gather } from './evidence.js';
import { finding, type Finding, type SlotResult } from './finding.js';
import { dot, numericAlong, randomDirection, valueOf, type Probe } from './gradient.js';
import { diagnoseAlong } from './hypotheses/along.js';
import { observe, wentIn, type Derivatives } from './observe.js';
import { differentiate, type Slot, type Specimen } from './specimen/specimen.js';

/** Directions that are tried. Several wrong elements can cancel along one, every other time at most. */
export const DIRECTIONS = 10;

/** Compares along random directions through all slots at once, then slot by slot where they disagree. */
export function examineAlong(
  specimen: Specimen,
  slots: readonly Slot[],
  probes: readonly Probe[],
  random: RandomState,
): Derivatives {
  const [probe] = probes as [Probe, ...Probe[]];
  const { bySlot } = differentiate(specimen, probe.inputs, probe.upstream);
  const misshapen = slots.filter(
    (slot) => bySlot.get(slot.name)!.size !== valueOf(specimen, slot, probe.inputs).size,
  );
  const fitting = slots.filter((slot) => !misshapen.includes(slot));
  const differs = (among: readonly Slot[]): number => {
    let worst = 0;
    for (let i = 0; i < DIRECTIONS; i++) {
      const directions = among.map((slot) => ({
        slot,
        direction: randomDirection(valueOf(specimen, slot, probe.inputs).shape, random),
      }));
      const expected = numericAlong(specimen, directions, probe);
      const found = directions.reduce(
        (sum, { slot, direction }) => sum + dot(direction, bySlot.get(slot.name)!),
        0,
      );
      const size = Math.max(
        Math.abs(expected.value),
        Math.abs(found),
        lengthOf(directions.map(({ slot }) => bySlot.get(slot.name)!)),
      );
      const off = Math.abs(expected.value - found) - 10 * expected.error;
      worst = Math.max(worst, off / (size || 1));
    }
    return worst;
  };
  const isSuspect = fitting.length > 0 && differs(fitting) > TOLERANCE;
  const suspects = isSuspect ? fitting.filter((slot) => differs([slot]) > TOLERANCE) : [];
  const results = slots.map((slot): SlotResult => ({
    name: slot.name,
    kind: slot.kind,
    outcome: suspects.includes(slot) || misshapen.includes(slot) ? 'differs' : 'agrees',
    relativeError: 0,
    numericError: 0,
  }));
  const findings = [...suspects, ...misshapen].map((slot) =>
    wrongAlong(specimen, slot, probe, bySlot.get(slot.name)!, random),
  );
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

/** An element that is off, found by halving: of two halves, it lies in the one along which the derivative is off more. */
function wrongElement(
  specimen: Specimen,
  slot: Slot,
  probe: Probe,
  found: Tensor,
  random: RandomState,
): Pick<Finding, 'index' | 'expected' | 'found'> {
  const { shape, size } = valueOf(specimen, slot, probe.inputs);
  const expectedAlong = (direction: Tensor): number =>
    numericAlong(specimen, [{ slot, direction }], probe).value;
  const isOff = (from: number, to: number): number => {
    const direction = randomDirection(shape, random);
    direction.data.fill(0, 0, from).fill(0, to);
    return Math.abs(expectedAlong(direction) - dot(direction, found));
  };
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (isOff(from, middle) > isOff(middle, to)) to = middle;
    else from = middle;
  }
  const direction = full(shape, 0);
  direction.data[from] = 1;
  return { index: indicesAt(from, shape), expected: expectedAlong(direction), found: found.data[from]! };
}

function lengthOf(gradients: readonly Tensor[]): number {
  return Math.sqrt(gradients.reduce((sum, gradient) => sum + dot(gradient, gradient), 0));
}

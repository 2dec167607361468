// A quick look at whether a specimen, read in one way, gives what the numbers say: to choose between ways to read it.

import { sameShape, type Tensor } from '../../tensor/index.js';
import { dot, numericAlong, randomDirection, valueOf } from '../gradient.js';
import { randomUpstream } from '../probes.js';
import { newStream } from '../random.js';
import { differentiate, evaluate, slotsOf, type Slot, type Specimen } from './specimen.js';

const DIRECTIONS = 3;
const CLOSE = 1e-3;

/** How the derivatives that a specimen gives go with the numbers, all of them together. */
export type Agreement = 'agrees' | 'opposite' | 'differs' | 'nothing' | 'throws';

/** Compares along a few random directions through all slots that a derivative is given by, or through one alone. */
export function agreementOf(specimen: Specimen, inputs: readonly Tensor[], only?: Slot): Agreement {
  const random = newStream();
  try {
    const { shape } = evaluate(specimen, inputs);
    const probe = { inputs, upstream: randomUpstream(shape, random) };
    const { bySlot } = differentiate(specimen, inputs, probe.upstream);
    const slots = slotsOf(specimen).filter(({ name }) => bySlot.has(name) && (!only || name === only.name));
    if (slots.length === 0) return 'nothing';
    const fits = slots.every((slot) =>
      sameShape(bySlot.get(slot.name)!.shape, valueOf(specimen, slot, inputs).shape),
    );
    if (!fits) return 'differs';
    let [agrees, isOpposite] = [true, true];
    for (let i = 0; i < DIRECTIONS; i++) {
      const directions = slots.map((slot) => ({
        slot,
        direction: randomDirection(valueOf(specimen, slot, inputs).shape, random),
      }));
      const expected = numericAlong(specimen, directions, probe).value;
      const found = directions.reduce(
        (sum, { slot, direction }) => sum + dot(direction, bySlot.get(slot.name)!),
        0,
      );
      const size = CLOSE * Math.max(Math.abs(expected), Math.abs(found));
      agrees &&= Math.abs(expected - found) <= size;
      isOpposite &&= Math.abs(expected + found) <= size;
    }
    return agrees ? 'agrees' : isOpposite ? 'opposite' : 'differs';
  } catch {
    return 'throws';
  }
}

/** By how many slots the derivatives that a specimen gives go with the numbers, each looked at alone. */
export function agreeingSlots(specimen: Specimen, inputs: readonly Tensor[]): number {
  return slotsOf(specimen).filter((slot) => agreementOf(specimen, inputs, slot) === 'agrees').length;
}

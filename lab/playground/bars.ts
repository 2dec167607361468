// The values in one bar of a histogram: of which neurons they are, and of which samples, so that each can be derived.

import type { Target } from './derivation.js';
import { binOf, powerOf, type Histogram, type LayerStatistics } from './statistics.js';

/** What a histogram is of: the outputs of a layer, or the derivatives of single samples' losses by its weighted sums. */
export type Numbers = 'activations' | 'gradients';

/** A bar: its layer, 0 for the first hidden one, and its place from the left. */
export interface BarPlace {
  readonly layer: number;
  readonly of: Numbers;
  readonly bin: number;
}

/** A value in a bar. */
export interface BarValue {
  readonly sample: number;
  readonly value: number;
}

/** The values of one neuron in a bar. */
export interface BarUnit {
  readonly unit: number;
  /** How many there are; `values` are the first of them. */
  readonly count: number;
  readonly values: readonly BarValue[];
}

/** What is in a bar; neurons without a value in it are left out. */
export interface Bar {
  readonly place: BarPlace;
  readonly units: readonly BarUnit[];
}

/** Values of a neuron that are given: more would be a list that nobody reads. */
export const SHOWN = 6;

/** The values in a bar of a layer's histogram, made of numbers `[samples, units]` row by row. */
export function barOf(place: BarPlace, numbers: ArrayLike<number>, statistics: LayerStatistics): Bar {
  const { from, to, counts }: Histogram = statistics[place.of];
  const { units } = statistics;
  const scale = place.of === 'gradients' ? powerOf : (value: number): number => value;
  const found = Array.from({ length: units }, (): BarValue[] => []);
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]!;
    if (binOf(scale(value), from, to, counts.length) !== place.bin) continue;
    found[i % units]!.push({ sample: Math.floor(i / units), value });
  }
  return {
    place,
    units: found
      .map((values, unit) => ({ unit, count: values.length, values: values.slice(0, SHOWN) }))
      .filter(({ count }) => count > 0),
  };
}

/** What is derived for a value in a bar: the neuron's output, or the derivative by its weighted sum. */
export function targetIn({ layer, of }: BarPlace, unit: number): Target {
  return { kind: of === 'activations' ? 'neuron' : 'sum', layer, unit };
}

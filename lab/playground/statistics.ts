// What the numbers of a layer look like together: histograms, and the troubles that gradients are known for, by name.

/** How often values fall into each of a row of bins of one width. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** The bins of a histogram. */
export const BINS = 24;

/** Powers of ten shown of gradients; smaller ones, and 0, are in the first bin. */
export const GRADIENT_POWERS = [-9, 3] as const;

/**
 * A histogram of values; those beyond its ends are in the first and the last bin.
 *
 * @example
 * histogram([0, 0.1, 1], 0, 1, 2).counts; // [2, 1]
 */
export function histogram(values: ArrayLike<number>, from: number, to: number, bins = BINS): Histogram {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) counts[binOf(values[i]!, from, to, bins)]!++;
  return { from, to, counts };
}

/** The bin that a value falls into. */
export function binOf(value: number, from: number, to: number, bins = BINS): number {
  const bin = Math.floor((value - from) / ((to - from) / bins || 1));
  return Math.min(bins - 1, Math.max(0, Number.isNaN(bin) ? 0 : bin));
}

/** The ends of a bin. */
export function endsOf({ from, to, counts }: Histogram, bin: number): readonly [number, number] {
  const at = (edge: number): number => from + ((to - from) * edge) / counts.length;
  return [at(bin), at(bin + 1)];
}

/** The histogram of the sizes of gradients, in powers of ten: a gradient that vanishes is seen to move left. */
export function gradientHistogram(values: ArrayLike<number>): Histogram {
  const powers = Float64Array.from({ length: values.length }, (_, i) => powerOf(values[i]!));
  return histogram(powers, ...GRADIENT_POWERS);
}

/** The power of ten that a gradient's size is. */
export function powerOf(gradient: number): number {
  return Math.log10(Math.abs(gradient));
}

/** What is known of a layer's numbers, over samples and units. */
export interface LayerStatistics {
  readonly activations: Histogram;
  readonly gradients: Histogram;
  /** Root of the mean square of dJ/dz of single samples. */
  readonly gradientSize: number;
  /** Share of outputs at which the activation hardly passes a gradient on. */
  readonly saturated: number;
  /** Units whose output is 0 for every sample. */
  readonly dead: number;
  readonly units: number;
}

/** A trouble, and the layers (from 1) that it is seen in. */
export type Trouble =
  | { readonly kind: 'vanishing'; readonly layer: number; readonly last: number; readonly ratio: number }
  | { readonly kind: 'exploding'; readonly layer: number; readonly last: number; readonly ratio: number }
  | { readonly kind: 'huge'; readonly layer: number; readonly size: number }
  | { readonly kind: 'saturated'; readonly layer: number; readonly share: number }
  | { readonly kind: 'dead'; readonly layer: number; readonly count: number; readonly units: number };

/** A layer's gradients are so many times smaller, or larger, than the last one's before it is called vanishing or exploding. */
export const FADES = 100;
/** A gradient of this size throws weights out of the plane in one step. */
const HUGE = 1e3;
/** A layer is saturated where so many of its outputs are. */
const MOSTLY = 0.8;
/** Below this, the last layer has nothing left to learn, and its gradient says nothing about others. */
const SETTLED = 1e-7;

/** The troubles of a network, by its layers' statistics, first layer first. */
export function troublesOf(layers: readonly LayerStatistics[]): readonly Trouble[] {
  const last = layers.at(-1);
  if (!last) return [];
  const troubles: Trouble[] = [];
  const first = layers[0]!;
  const ratio = first.gradientSize / last.gradientSize;
  if (layers.length > 1 && last.gradientSize > SETTLED) {
    if (ratio < 1 / FADES) troubles.push({ kind: 'vanishing', layer: 1, last: layers.length, ratio });
    if (ratio > FADES) troubles.push({ kind: 'exploding', layer: 1, last: layers.length, ratio });
  }
  layers.forEach(({ gradientSize, saturated, dead, units }, i) => {
    const layer = i + 1;
    if (gradientSize > HUGE) troubles.push({ kind: 'huge', layer, size: gradientSize });
    if (i === layers.length - 1) return; // what an output unit says for sure is no trouble
    if (saturated > MOSTLY) troubles.push({ kind: 'saturated', layer, share: saturated });
    if (dead > 0) troubles.push({ kind: 'dead', layer, count: dead, units });
  });
  return troubles;
}

// Our numbers and NumPy's, row by row, each as soon as it is there.

import { BLOBS } from '../../../lessons/index.js';
import { NUMPY } from './numpy.js';
import { STEPS, type Progress } from './training.js';
import type { DerivativeName } from '../../ui/derivatives.js';

/** One number in both columns. `ours` is null until the training has got there. */
export interface Row {
  readonly name: 'firstLoss' | 'lastLoss' | 'firstAccuracy' | 'lastAccuracy' | 'w1' | 'w2' | 'b';
  readonly ours: number | null;
  readonly numpy: number;
  /** How many decimals NumPy printed; null for all. */
  readonly decimals: number | null;
}

/** The rows of one derivative. */
export function compare(name: DerivativeName, { loss, accuracy, steps, w, b }: Progress): readonly Row[] {
  const { firstLoss, lastLoss, firstAccuracy, lastAccuracy, ...end } = NUMPY[name];
  const last = BLOBS.epochs - 1;
  const final = (value: number): number | null => (steps === STEPS ? value : null);
  return [
    { name: 'firstLoss', ours: loss[0] ?? null, numpy: firstLoss, decimals: null },
    { name: 'lastLoss', ours: loss[last] ?? null, numpy: lastLoss, decimals: null },
    { name: 'firstAccuracy', ours: accuracy[0] ?? null, numpy: firstAccuracy, decimals: null },
    { name: 'lastAccuracy', ours: accuracy[last] ?? null, numpy: lastAccuracy, decimals: null },
    { name: 'w1', ours: final(w[0]), numpy: end.w[0], decimals: 8 },
    { name: 'w2', ours: final(w[1]), numpy: end.w[1], decimals: 8 },
    { name: 'b', ours: final(b), numpy: end.b, decimals: null },
  ];
}

/** The number as NumPy prints it. */
export function printed({ decimals }: Row, value: number): string {
  return (decimals === null ? String(value) : value.toFixed(decimals)).replace('-', '−');
}

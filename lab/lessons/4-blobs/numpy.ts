// What NumPy 1.24 gives for lesson 4: the reference that our own numbers stand beside (LESSONS.md).

import type { DerivativeName } from '../../ui/derivatives.js';

/** NumPy's numbers of one run. */
export interface Reference {
  readonly firstLoss: number;
  readonly lastLoss: number;
  readonly firstAccuracy: number;
  readonly lastAccuracy: number;
  /** Printed by NumPy to eight decimals. */
  readonly w: readonly [number, number];
  readonly b: number;
}

export const NUMPY: Readonly<Record<DerivativeName, Reference>> = {
  published: {
    ...{ firstLoss: 2.2141120848541664, lastLoss: 1.8930232669723648, firstAccuracy: 0.5, lastAccuracy: 0.5 },
    ...{ w: [1.74514471, 0.25383954], b: 0.9451224281591856 },
  },
  right: {
    ...{ firstLoss: 1.97888585189238, lastLoss: 0.09304515626162681, firstAccuracy: 0.5, lastAccuracy: 1 },
    ...{ w: [1.48930201, -1.18297735], b: 0.6799260001933977 },
  },
};

// The smallest element over axes.

import type { Unary } from './define.js';
import { extremum } from './extremum.js';
import type { ReductionArguments } from './reduce.js';

/** The smallest element over one axis, several, or (default) all; ties share the derivative evenly. Equals `torch.amin`. */
export const min: Unary<ReductionArguments> = extremum('min', Infinity, Math.min);

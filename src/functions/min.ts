// The smallest element over axes.

import type { Unary } from './define.js';
import { extremum } from './extremum.js';
import type { ReductionArguments } from './reduce.js';

/**
 * The smallest element over one axis, several, or (default) all; ties share the derivative evenly. Equals
 * `torch.amin`.
 *
 * @example
 * tensor([[1, 5], [7, 3]]).min(1).toArray(); // [1, 3]
 */
export const min: Unary<ReductionArguments> = extremum('min', Infinity, Math.min);

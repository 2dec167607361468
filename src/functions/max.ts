// The largest element over axes.

import type { Unary } from './define.js';
import { extremum } from './extremum.js';
import type { ReductionArguments } from './reduce.js';

/**
 * The largest element over one axis, several, or (default) all; ties share the derivative evenly. Equals
 * `torch.amax`.
 *
 * @example
 * tensor([[1, 5], [7, 3]]).max(1).toArray(); // [5, 7]
 */
export const max: Unary<ReductionArguments> = extremum('max', -Infinity, Math.max);

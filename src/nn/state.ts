// State that layers move by `assign` in forward: running statistics, random numbers.

import { tracedAssignments, type Tensor } from '../tensor/index.js';

/**
 * The state as it is now: while code is traced assignments are only written down, and a layer that is used twice in one step
 * must go on from where its first use left it.
 */
export function current(state: Tensor): Tensor {
  return tracedAssignments()?.findLast(({ target }) => target === state)?.values ?? state;
}

// What a contender is: something that trains the work's network, in whatever way is fastest for it.

import type { Problem } from './problem.js';

/** A training under way. Its process ends with it, so there is nothing to dispose of. */
export interface Training {
  /** So many steps, from the first batch on. */
  steps(n: number): void | Promise<void>;
  /** The loss of the first batch with the weights as they are. */
  loss(): number | Promise<number>;
  /** The parameters as they are, one number after the other, as the problem has them. Only for the race on digits. */
  parameters?(): ArrayLike<number> | Promise<ArrayLike<number>>;
}

/** What a file of contenders/ exports. A variant is a way of running it, such as a number of threads. */
export type Prepare = (problem: Problem, variant: string) => Training | Promise<Training>;

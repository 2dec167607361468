// What options called `randomState` take.

import { ValueError } from '../errors.js';
import { RandomState } from './random-state.js';

/** A seed, a stream to draw on from where it stands, or (undefined) a new one from the platform's entropy. */
export type RandomStateLike = number | RandomState | undefined;

/**
 * The stream that a `randomState` option means. Equals `sklearn.utils.check_random_state`, but for undefined, which gives a
 * new stream (NumPy has a global one). Throws a `ValueError` for a bad seed.
 *
 * @example
 * checkRandomState(0).randint(10); // 5
 */
export function checkRandomState(randomState: RandomStateLike): RandomState {
  if (randomState instanceof RandomState) return randomState;
  if (randomState === undefined || typeof randomState === 'number') return new RandomState(randomState);
  throw new ValueError(
    `randomState must be a whole number, a RandomState or undefined, got ${typeof randomState}`,
  );
}

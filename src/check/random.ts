// The numbers that checks draw: always the same ones, so that a verdict can be repeated.

import { RandomState } from '../random/index.js';

/** A stream of its own for each check. */
export function newStream(seed = 20_260_714): RandomState {
  return new RandomState(seed);
}

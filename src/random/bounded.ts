// Whole numbers in a range, by masked rejection: draw just enough bits for the largest, and again while it is exceeded.

import type { MT19937 } from './mt19937.js';

/**
 * @internal A whole number from 0 to `max`, both included, for `max` below 2⁵³. Takes one word of the stream per attempt, two
 * where `max` needs more than 32 bits, and none where `max` is 0. Equals `random_interval` in NumPy's sources.
 */
export function nextUpTo(generator: MT19937, max: number): number {
  if (max === 0) return 0;
  if (max < 2 ** 32) {
    const mask = maskFor(max);
    for (;;) {
      const value = (generator.nextUint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  }
  const mask = maskFor(Math.floor(max / 2 ** 32));
  for (;;) {
    const high = (generator.nextUint32() & mask) >>> 0;
    const value = high * 2 ** 32 + generator.nextUint32();
    if (value <= max) return value;
  }
}

/** As many ones as the 32-bit word has digits. */
function maskFor(word: number): number {
  return 0xffffffff >>> Math.clz32(word);
}

// Mixing what comes one by one, in memory of a fixed size: the next is drawn from the last few.

import type { RandomState } from '../../random/index.js';

/** @internal Holds so many items; each new one takes the place of one that is drawn. */
export interface Mixer<T> {
  /** Takes an item and gives one; null while there is room. */
  readonly exchange: (item: T) => T | null;
  /** Gives all that are held. */
  readonly rest: () => T[];
}

/** @internal A mixer of a size; of size 0 it gives what it takes. */
export function mixer<T>(size: number, random: RandomState): Mixer<T> {
  const held: T[] = [];
  return {
    exchange(item) {
      if (size === 0) return item;
      if (held.length < size) {
        held.push(item);
        return null;
      }
      const place = random.randint(size);
      const drawn = held[place]!;
      held[place] = item;
      return drawn;
    },
    rest() {
      random.shuffle(held);
      return held.splice(0);
    },
  };
}

// The two passes as one row of moments: 0 nothing yet, then each step forward, then each step back, last to first.

import type { Derivation } from '../../../src/index.js';

/** What can be seen at a moment. */
export interface Moment {
  /** Which pass it belongs to. */
  readonly pass: 'start' | 'forward' | 'backward';
  /** The step that happens in it; null at the start. */
  readonly step: string | null;
  /** The names whose values are there. */
  readonly valued: ReadonlySet<string>;
  /** The names whose derivatives are whole. */
  readonly derived: ReadonlySet<string>;
}

/** How many moments follow the start. */
export function lengthOf({ steps }: Derivation): number {
  return 2 * steps.length;
}

/** What can be seen at moment `at`, 0 to `lengthOf(derivation)`. */
export function momentAt({ leaves, steps, output }: Derivation, at: number): Moment {
  const count = steps.length;
  const forward = Math.min(at, count);
  const back = Math.max(0, at - count);
  const done = new Set(steps.slice(count - back).map(({ name }) => name));
  const valued = new Set([...leaves, ...steps.slice(0, forward)].map(({ name }) => name));
  const derived = new Set(
    [...leaves, ...steps]
      // A derivative is whole once every use of its value has passed its part back.
      .filter(
        ({ contributions, gradient }) =>
          gradient !== null && contributions.every(({ step }) => done.has(step)),
      )
      .map(({ name }) => name)
      .filter((name) => at > count || (at === count && name === output)),
  );
  const step = at === 0 ? null : ((at <= count ? steps[at - 1] : steps[count - back])?.name ?? null);
  return { pass: at === 0 ? 'start' : at <= count ? 'forward' : 'backward', step, valued, derived };
}

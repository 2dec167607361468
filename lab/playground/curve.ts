// The losses over a training as a line of bounded length: the longer it runs, the fewer of its moments are kept.

/** The losses at a moment. */
export interface Moment {
  readonly epoch: number;
  readonly train: number;
  /** Null without test samples. */
  readonly test: number | null;
}

/** Moments in order, `every` so many of those that came. */
export interface Curve {
  readonly moments: readonly Moment[];
  readonly every: number;
  /** How many came. */
  readonly seen: number;
  /** The newest, kept or not. */
  readonly last: Moment | null;
}

/** A curve with nothing on it. */
export const EMPTY: Curve = { moments: [], every: 1, seen: 0, last: null };

/** The most moments that are kept. */
const MOST = 400;

/** The curve with a moment more; when there are too many, every second one goes. */
export function extend({ moments, every, seen, last }: Curve, moment: Moment): Curve {
  if (last && moment.epoch <= last.epoch) return { moments, every, seen, last: moment };
  const kept = seen % every === 0 ? [...moments, moment] : moments;
  const thinned = kept.length > MOST;
  return {
    moments: thinned ? kept.filter((_, i) => i % 2 === 0) : kept,
    every: thinned ? every * 2 : every,
    ...{ seen: seen + 1, last: moment },
  };
}

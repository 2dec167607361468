// How fast the playground trains while it plays.

/** Four steps a second, one step a frame, one epoch a frame, or as many as fit into a frame. */
export const SPEEDS = ['slow', 'step', 'epoch', 'most'] as const;

/** One of them. */
export type Speed = (typeof SPEEDS)[number];

/** Milliseconds between two steps at the slowest speed. */
export const SLOW_PACE = 250;

/** How many steps a frame makes. */
export function stepsAFrame(speed: Speed, batches: number): number {
  if (speed === 'most') return Infinity;
  return speed === 'epoch' ? batches : 1;
}

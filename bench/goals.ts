// The goals of issue 4: how many times faster than others, in one run.

import { OURS } from './entrants.js';
import type { Result } from './race.js';

/** Ours is to be at least so many times as fast as the fastest of a peer. */
interface Goal {
  readonly peer: string;
  readonly factor: number;
}

const GOALS: Readonly<Record<string, readonly Goal[]>> = {
  neuron: [
    { peer: 'C', factor: 1 / 1.5 },
    { peer: "the notes' NumPy", factor: 100 },
    { peer: 'jax-js', factor: 2000 },
    { peer: 'TensorFlow.js', factor: 2000 },
  ],
  '2-16-16-2': [
    { peer: 'PyTorch', factor: 20 },
    { peer: 'jax-js', factor: 30 },
  ],
  '784-128-10': [
    { peer: 'jax-js', factor: 1.5 },
    { peer: 'TensorFlow.js wasm', factor: 6 },
  ],
  '784-128-10-adam': [
    { peer: 'jax-js', factor: 1.5 },
    { peer: 'TensorFlow.js wasm', factor: 6 },
  ],
  '784-512-512-10': [{ peer: 'jax-js', factor: 2 }],
};

/** A goal, and what came of it. */
export interface Outcome extends Goal {
  readonly found: number;
  readonly reached: boolean;
}

/** What came of the goals of a work, as far as the peers were there. */
export function outcomesOf(work: string, results: readonly Result[]): Outcome[] {
  const best = (isMeant: (name: string) => boolean): number =>
    Math.min(...results.flatMap(({ name, time }) => (time && isMeant(name) ? time.median : [])));
  const ours = best((name) => name === OURS);
  return (GOALS[work] ?? []).flatMap((goal) => {
    const found = best((name) => name.startsWith(goal.peer)) / ours;
    return Number.isFinite(found) ? { ...goal, found, reached: found >= goal.factor } : [];
  });
}

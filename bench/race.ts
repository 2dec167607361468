// A race: everyone gets ready on the same problem and shows that its losses are right, then all are timed in turns.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entrant } from './entrants.js';
import { makeProblem, writeProblem } from './problem.js';
import { referenceLosses } from './reference.js';
import { startRunner, type Reference, type Runner, type Start } from './runner.js';
import { spreadOf, type Spread } from './statistics.js';
import type { Work } from './works.js';

/** How one did; without times where there was trouble. */
export interface Result extends Start {
  /** Microseconds a step. */
  readonly time?: Spread;
  /** The same, round by round. */
  readonly rounds?: readonly number[];
}

export interface RaceOptions {
  readonly rounds: number;
  /** Milliseconds that a turn takes, unless its least takes longer. */
  readonly turn: number;
  /** Hears what is going on. */
  readonly onProgress?: (text: string) => void;
}

/** Times a work with all who can do it. The order of turns is reversed from round to round. */
export async function race(
  work: Work,
  entrants: readonly Entrant[],
  options: RaceOptions,
): Promise<Result[]> {
  const { rounds, turn, onProgress = () => {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-bench-'));
  const referenceOf = referencesIn(folder);
  const [starts, runners]: [Start[], Runner[]] = [[], []];
  try {
    for (const entrant of entrants.filter(({ takes }) => takes?.(work) ?? true)) {
      onProgress(`${work.name}: ${entrant.name}`);
      const { start, runner } = await startRunner(
        entrant,
        work,
        referenceOf(entrant.instead?.(work) ?? work),
      );
      starts.push(start);
      if (runner) runners.push(runner);
    }
    for (const runner of runners) await runner.warmUp(turn);
    for (let round = 0; round < rounds; round++) {
      onProgress(`${work.name}: round ${round + 1} of ${rounds}`);
      for (const runner of round % 2 === 0 ? runners : runners.toReversed()) await runner.turn();
    }
    return starts.map((start) => {
      const runner = runners.find(({ name }) => name === start.name);
      if (!runner) return start;
      const { trouble, times } = runner;
      return trouble ? { ...start, trouble } : { ...start, time: spreadOf(times), rounds: times };
    });
  } finally {
    for (const runner of runners) runner.close();
    rmSync(folder, { recursive: true });
  }
}

/** Gives for a work its problem, written into the folder, and the right losses; each only once. */
function referencesIn(folder: string): (work: Work) => Reference {
  const known = new Map<string, Reference>();
  return (work) => {
    const key = JSON.stringify(work);
    const existing = known.get(key);
    if (existing) return existing;
    const problem = makeProblem(work);
    const place = join(folder, String(known.size));
    writeProblem(problem, place);
    const reference = { work, folder: place, losses: referenceLosses(problem) };
    known.set(key, reference);
    return reference;
  };
}

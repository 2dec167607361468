// A runner: a contender whose process is up, whose losses are right, and who takes turns at the clock.

import type { Entrant } from './entrants.js';
import { Link, Missing } from './link.js';
import { errorOf, TOLERANCE, type Losses } from './reference.js';
import type { Work } from './works.js';

/** A problem in files, and what its losses should be. */
export interface Reference {
  readonly work: Work;
  readonly folder: string;
  readonly losses: Losses;
}

/** What is known of a contender before it is timed. With `trouble` it will not be. */
export interface Start {
  readonly name: string;
  readonly precision: Work['precision'];
  readonly note?: string;
  readonly trouble?: string;
  /** Relative error of its losses, and the losses. */
  readonly error?: number;
  readonly losses?: Losses;
  /** Of getting ready and the first epoch, in milliseconds; loading the library excluded, compiling included. */
  readonly first?: number;
}

export class Runner {
  readonly name: string;
  /** Microseconds a step, turn by turn. */
  readonly times: number[] = [];
  /** Why it dropped out, if it did. */
  trouble: string | undefined;
  readonly #link: Link;
  /** How many of its own steps make one. */
  readonly #ownSteps: number;
  /** Steps that it cannot do less than. */
  readonly #unit: number;
  #steps: number;

  constructor(name: string, link: Link, ownSteps: number, unit: number) {
    this.name = name;
    this.#link = link;
    this.#ownSteps = ownSteps;
    this.#unit = this.#steps = unit;
  }

  /** Runs until engines have done their optimising, and finds how many steps make a turn of so many milliseconds. */
  async warmUp(turn: number): Promise<void> {
    for (let total = 0; total < turn;) {
      const time = await this.#time();
      total += time;
      const units = ((turn / time) * this.#steps) / this.#unit;
      this.#steps = this.#unit * Math.max(1, Math.round(Math.min(units, (100 * this.#steps) / this.#unit)));
    }
  }

  /** Takes its turn, unless it has dropped out. */
  async turn(): Promise<void> {
    if (this.trouble) return;
    this.times.push((1000 * (await this.#time())) / this.#steps);
  }

  close(): void {
    this.#link.close();
  }

  /** Milliseconds for a turn's steps; infinitely many for one that fails, which thereby drops out. */
  async #time(): Promise<number> {
    try {
      return await this.#link.steps(this.#steps * this.#ownSteps);
    } catch (error) {
      this.trouble = `failed: ${(error as Error).message}`;
      return Infinity;
    }
  }
}

/** Starts a contender and has it train for an epoch. No runner comes of one that is missing, fails or finds other losses. */
export async function startRunner(
  entrant: Entrant,
  work: Work,
  reference: Reference,
): Promise<{ start: Start; runner?: Runner }> {
  const { name, note, precision = work.precision, wholeEpochs = false } = entrant;
  const base = { name, precision, ...(note && { note }) };
  let link: Link | undefined;
  try {
    link = new Link(entrant.command());
    const ready = await link.prepare(reference.folder);
    const before = await link.loss();
    const { batches } = reference.work;
    const first = ready + (await link.steps(batches));
    const losses = { before, after: await link.loss() };
    const error = errorOf(losses, reference.losses);
    if (error <= TOLERANCE[precision]) {
      const runner = new Runner(name, link, batches / work.batches, wholeEpochs ? work.batches : 1);
      return { start: { ...base, error, losses, first }, runner };
    }
    link.close();
    const pair = ({ before, after }: Losses): string => `${before} → ${after}`;
    const trouble = `disagrees: loss ${pair(losses)}, the interpreter's ${pair(reference.losses)}`;
    return { start: { ...base, trouble, error, losses } };
  } catch (error) {
    link?.close();
    const { message } = error as Error;
    const trouble = error instanceof Missing ? `missing: ${message}` : `failed: ${message.split('\n')[0]}`;
    return { start: { ...base, trouble } };
  }
}

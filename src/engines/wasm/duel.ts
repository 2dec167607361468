// Which of two ways is faster, found out by going both.

/** Runs things one way or the other, mostly the one that has been faster; the other is tried now and then. */
export class Duel {
  /** The time of each way of late: it follows what is measured, upwards slowly. */
  readonly #times: [number, number] = [Infinity, Infinity];
  #rounds = 0;

  /** Which way to go now. */
  choose(): 0 | 1 {
    const [first, second] = this.#times;
    if (first === Infinity) return 0;
    if (second === Infinity) return 1;
    const better = second < first ? 1 : 0;
    return this.#rounds++ % RETRY === RETRY - 1 ? (better === 1 ? 0 : 1) : better;
  }

  /** How long it took. */
  note(way: 0 | 1, time: number): void {
    const known = this.#times[way];
    this.#times[way] = known === Infinity || time < known ? time : known + (time - known) * FOLLOW;
  }
}

const RETRY = 24;
const FOLLOW = 0.2;

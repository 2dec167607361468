// The state of the check page: what is in the editor, what the browser keeps of it, and what the last run said.

import { exercises, type Exercise } from '../../exercises/index.js';
import { CHECK } from '../state/route.js';
import { EXAMPLES, examples, isExample } from './examples.js';
import { changed, entryOf, readProgress, type Entry, type Progress } from './progress.js';
import { newRoom } from './room.js';
import { runnerOf } from './runner.js';
import type { Ended, Phase } from './task.js';

const KEY = 'chainrule.check';

/** What a run is doing; `loading` while its worker is not there yet. */
export type Doing = Phase | 'loading';

/** One visit to the page. */
export class Session {
  readonly #runner = runnerOf(newRoom);

  progress = $state.raw<Progress>(readProgress(kept()));
  /** The name of the example or exercise that is open. */
  name = $state('');
  inputs = $state('');
  doing = $state<Doing | null>(null);
  /** What came of the last run, and the text that it was of. */
  last = $state.raw<{ readonly ended: Ended; readonly source: string } | null>(null);

  readonly exercise: Exercise | null = $derived(exercises.find(({ name }) => name === this.name) ?? null);
  readonly entry: Entry = $derived(entryOf(this.progress, this.name));
  /** The text to start from. */
  readonly start: string = $derived(startOf(this.name));
  readonly source: string = $derived(this.entry.source ?? this.start);
  /** Whether the last run was of another text than the one that is there now. */
  readonly isOld: boolean = $derived(this.last !== null && this.last.source !== this.source);

  /** @param wanted - The name in the address; what was open last, where it is none. */
  constructor(wanted: string | null) {
    const name = [wanted, this.progress.last].find((each) => each !== null && isKnown(each));
    this.open(name ?? EXAMPLES[0]);
  }

  open(name: string): void {
    this.#runner.stop();
    this.doing = null;
    this.name = name;
    this.inputs = isExample(name) ? examples[name].inputs : '';
    this.last = null;
    this.#keep({ ...this.progress, last: name });
    this.#runner.prepare();
    history.replaceState(history.state, '', `${CHECK}/${name}`);
  }

  type(source: string): void {
    this.#runner.prepare();
    this.#keep(changed(this.progress, this.name, { source: source === this.start ? null : source }));
  }

  /** Back to the text to start from. Hints and what is solved stay. */
  reset(): void {
    this.type(this.start);
    this.last = null;
  }

  takeHint(): void {
    this.#keep(changed(this.progress, this.name, { hints: this.entry.hints + 1 }));
  }

  async check(): Promise<void> {
    if (this.doing !== null) return;
    const { name, source, inputs, exercise } = this;
    this.doing = 'loading';
    const ended = await this.#runner.run(
      exercise ? { kind: 'exercise', source, name } : { kind: 'check', source, inputs },
      (phase) => (this.doing = phase),
    );
    if (this.name !== name) return; // something else was opened meanwhile
    this.doing = null;
    this.last = { ended, source };
    if (ended.kind === 'judged' && ended.judgement.verdict === 'right') {
      this.#keep(changed(this.progress, name, { solved: true }));
    }
  }

  stop(): void {
    this.#runner.stop();
  }

  close(): void {
    this.#runner.close();
  }

  #keep(progress: Progress): void {
    this.progress = progress;
    try {
      localStorage.setItem(KEY, JSON.stringify(progress));
    } catch {
      // Then it lasts as long as the page.
    }
  }
}

function startOf(name: string): string {
  if (isExample(name)) return examples[name].source;
  const { skeleton, helpers } = exercises.find((exercise) => exercise.name === name)!;
  return [skeleton, ...(helpers ? [helpers] : [])].map((part) => `${part}\n`).join('\n');
}

function isKnown(name: string): boolean {
  return isExample(name) || exercises.some((exercise) => exercise.name === name);
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is refused, as in a private window
  }
}

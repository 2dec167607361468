// The near side of the worker: a question gives the promise of its answer.

import type { Answer, Input, Question } from './host.js';

/** A question on its way. */
export interface Asked {
  readonly id: number;
  readonly question: Question;
  readonly input: unknown;
}

/** Its answer, or the sentence that says why there is none. */
export type Told =
  | { readonly id: number; readonly answer: Answer<Question> }
  | { readonly id: number; readonly error: string };

/** Asks a worker. */
export interface Client {
  /** Rejects with an `Error` whose message is for people. */
  ask<Q extends Question>(question: Q, input: Input<Q>): Promise<Answer<Q>>;
  close(): void;
}

/** A client of a worker of its own. */
export function clientOf(worker: Worker): Client {
  const waiting = new Map<number, (told: Told | { readonly error: string }) => void>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', ({ message }) => {
    for (const settle of waiting.values()) settle({ error: message });
    waiting.clear();
  });
  return {
    ask<Q extends Question>(question: Q, input: Input<Q>) {
      const id = ++last;
      return new Promise<Answer<Q>>((resolve, reject) => {
        waiting.set(id, (told) =>
          'error' in told ? reject(new Error(told.error)) : resolve(told.answer as Answer<Q>),
        );
        worker.postMessage({ id, question, input } satisfies Asked);
      });
    },
    close: () => worker.terminate(),
  };
}

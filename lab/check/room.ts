// A room for one task: a worker in a process of its own where the browser gives one, so that code which fills all memory takes
// no page with it. What it answers comes through a port that the learner's code does not know of.

import address from './check-worker.ts?worker&url';
import type { Room } from './runner.js';
import type { Task, Told } from './task.js';

/** What a worker is told: its task, and the name of a lock to hold for as long as it lives. A port to answer through comes with it. */
export interface Letter {
  readonly task: Task;
  readonly lock: string;
}

/** A room whose worker loads its code at once. */
export function newRoom(): Room {
  const name = `check ${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  const { worker, mailbox, end } = workerCalled(name);
  const { port1: near, port2: far } = new MessageChannel();
  const closing = new AbortController();
  return {
    begin(task, { told, failed, died }) {
      near.addEventListener('message', ({ data }: MessageEvent<Told>) => told(data));
      // With its first word it holds the lock, which then comes free when it is gone.
      near.addEventListener('message', () => void freed(name, closing.signal).then(died, () => {}), {
        once: true,
      });
      near.start();
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        failed(event instanceof ErrorEvent ? event.message : '');
      });
      mailbox.postMessage({ task, lock: name } satisfies Letter, [far]);
    },
    close() {
      closing.abort();
      near.close();
      end();
    },
  };
}

/** A worker, where it gets its letters, and what ends it, whatever it is at. */
interface Begun {
  readonly worker: EventTarget;
  readonly mailbox: Pick<MessagePort, 'postMessage'>;
  end(): void;
}

/**
 * Begins a worker. A shared one has no process in common with a page that is isolated for its threads, and ends with the last
 * document that knows it: a frame that is there for nothing else.
 */
function workerCalled(name: string): Begun {
  const options = { type: 'module', name } as const;
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  const { SharedWorker } = frame.contentWindow as unknown as Partial<Pick<typeof globalThis, 'SharedWorker'>>;
  if (SharedWorker) {
    const worker = new SharedWorker(new URL(address, location.href), options);
    worker.port.start();
    return { worker, mailbox: worker.port, end: () => frame.remove() };
  }
  frame.remove();
  const worker = new Worker(address, options);
  return { worker, mailbox: worker, end: () => worker.terminate() };
}

/** Waits until nobody holds a lock. Rejects when told to stop, and where the browser has no locks to give. */
async function freed(lock: string, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(lock, { signal }, () => {});
}

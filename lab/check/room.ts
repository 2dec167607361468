// A worker as a room for one task. What it answers comes through a port that the learner's code does not know of.

import type { Room } from './runner.js';
import type { Told } from './task.js';

/** A room in a worker of its own. */
export function roomIn(worker: Worker): Room {
  const { port1: near, port2: far } = new MessageChannel();
  return {
    begin(task, { told, failed }) {
      near.addEventListener('message', ({ data }: MessageEvent<Told>) => told(data));
      near.start();
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        failed(event.message);
      });
      worker.postMessage(task, [far]);
    },
    close() {
      near.close();
      worker.terminate();
    },
  };
}

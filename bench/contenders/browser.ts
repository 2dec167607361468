// What jax-js finds in a browser and not in Node 20: Float16Array, without which it fails, and Worker, without which it runs
// on a single thread.

import { resolveObjectURL } from 'node:buffer';
import { Worker } from 'node:worker_threads';

const PRELUDE = `
const { parentPort } = require('node:worker_threads');
globalThis.self = globalThis;
globalThis.postMessage = (message) => parentPort.postMessage(message);
parentPort.on('message', (data) => self.onmessage({ data }));
`;

/** A worker whose code is a Blob's. What is posted before the code is there waits for it. */
class WebWorker {
  onmessage: (event: { data: unknown }) => void = () => {};
  onerror: (event: { message: string }) => void = () => {};
  readonly #ready: Promise<Worker>;
  #worker: Worker | undefined;

  constructor(url: string) {
    this.#ready = resolveObjectURL(url)!
      .text()
      .then((code) => {
        const worker = new Worker(PRELUDE + code, { eval: true });
        worker.on('message', (data) => this.onmessage({ data }));
        worker.on('error', ({ message }) => this.onerror({ message }));
        worker.unref();
        return (this.#worker = worker);
      });
  }

  postMessage(message: unknown): void {
    if (this.#worker) this.#worker.postMessage(message);
    else void this.#ready.then((worker) => worker.postMessage(message));
  }
}

/** A name to compare arrays with; no array here is one. */
export function offerFloat16Array(): void {
  const known = globalThis as Record<string, unknown>;
  known['Float16Array'] ??= class Float16Array extends Uint16Array {};
}

/** Makes workers available as in a browser with so many cores. */
export function offerWorkers(cores: number): void {
  Object.defineProperty(globalThis, 'navigator', {
    value: { hardwareConcurrency: cores },
    configurable: true,
  });
  Object.defineProperty(globalThis, 'Worker', { value: WebWorker, configurable: true });
}

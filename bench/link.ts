// A link to a contender's process: one request at a time, one line each way (see child.ts).

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A contender that cannot run on this machine, and why. */
export class Missing extends Error {}

const PATIENCE = 180_000; // milliseconds until someone who does not answer is given up

export class Link {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #complaint = '';

  constructor([command = '', ...rest]: readonly string[]) {
    this.#child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    this.#child.stderr!.on('data', (chunk) => (this.#complaint = (this.#complaint + chunk).slice(-2000)));
    this.#child.stdin!.on('error', () => {}); // it has ended: the next read says so
    this.#child.on('error', () => {});
  }

  /** Milliseconds that it took to get ready. */
  prepare(folder: string): Promise<number> {
    return this.#ask({ prepare: folder }, 'ms');
  }

  /** Milliseconds for so many steps. */
  steps(n: number): Promise<number> {
    return this.#ask({ steps: n }, 'ms');
  }

  loss(): Promise<number> {
    return this.#ask({ loss: true }, 'loss');
  }

  /** Writes the parameters into a file, one float64 after the other. */
  async parameters(file: string): Promise<void> {
    await this.#ask({ parameters: file }, 'ms');
  }

  close(): void {
    this.#child.kill();
  }

  async #ask(request: object, key: string): Promise<number> {
    this.#child.stdin!.write(`${JSON.stringify(request)}\n`);
    for (;;) {
      const patience = setTimeout(() => this.close(), PATIENCE);
      const { value, done } = await this.#lines.next();
      clearTimeout(patience);
      if (done) throw new Error(this.#complaint.trim().split('\n').at(-1) || 'it ended without a word');
      if (!value.startsWith('{')) continue; // what a library prints by itself
      const reply = JSON.parse(value) as Record<string, number | string | null>;
      if (reply['missing']) throw new Missing(String(reply['missing']));
      if (reply['error']) throw new Error(String(reply['error']));
      return reply[key] === null ? NaN : Number(reply[key]);
    }
  }
}

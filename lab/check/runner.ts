// The near side of the worker: each run gets a worker of its own, which ends with it, in time or by force. The page goes on.

import { LIMIT, type Ended, type Line, type Phase, type Task, type Told } from './task.js';

/** Runs tasks, one at a time. */
export interface Runner {
  /** Begins a task, tells of its phases and gives what comes of it. A run that is under way is stopped. */
  run(task: Task, enter: (phase: Phase) => void): Promise<Ended>;
  /** Has the worker of the next run load its code, so that the run need not wait for it. */
  prepare(): void;
  stop(): void;
  /** Ends all workers. */
  close(): void;
}

/** A runner of workers that `make` makes. */
export function runnerOf(make: () => Worker, limit = LIMIT): Runner {
  let spare: Worker | null = null;
  let stop = (): void => {};
  return {
    async run(task, enter) {
      stop();
      const worker = spare ?? make();
      spare = null;
      const ended = await new Promise<Ended>((resolve) => {
        stop = () => resolve({ kind: 'stopped' });
        begin(worker, { task, limit, enter, end: resolve });
      });
      worker.terminate();
      return ended;
    },
    prepare: () => void (spare ??= make()),
    stop: () => stop(),
    close() {
      stop();
      spare?.terminate();
      spare = null;
    },
  };
}

interface Beginning {
  readonly task: Task;
  readonly limit: number;
  readonly enter: (phase: Phase) => void;
  readonly end: (ended: Ended) => void;
}

/** Hands a task to a worker. Its time begins when the learner's code does, not while the worker itself still loads. */
function begin(worker: Worker, { task, limit, enter, end }: Beginning): void {
  const { port1, port2 } = new MessageChannel();
  let phase: Phase = 'running';
  let timer: ReturnType<typeof setTimeout> | null = null;
  const finish = (ended: Ended): void => {
    if (timer !== null) clearTimeout(timer);
    port1.close();
    end(ended);
  };
  port1.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.kind === 'outcome') return finish(data.outcome);
    phase = data.phase;
    enter(phase);
    timer ??= setTimeout(() => finish({ kind: 'time', phase, line: lineOfLoop(task.source) }), limit * 1000);
  });
  port1.start();
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    finish({ kind: 'broke', message: event.message });
  });
  worker.postMessage(task, [port2]);
}

/**
 * The line of the one loop in a text that nothing counts: `while`, or `for` without a step. Null where there are none or several.
 *
 * @example
 * lineOfLoop('let i = 0;\nwhile (i < 3) {}'); // 2
 */
export function lineOfLoop(source: string): Line {
  const isLoop = (line: string): boolean => /\bwhile\s*\(|\bfor\s*\([^;)]*;[^;)]*;\s*\)/.test(line);
  const lines = source.split('\n').flatMap((line, i) => (isLoop(line.replace(/\/\/.*/, '')) ? [i + 1] : []));
  return lines.length === 1 ? lines[0]! : null;
}

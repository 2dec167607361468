// Runs, one at a time: each gets a worker of its own, which ends with it, in time or by force. The page goes on.

import { LIMIT, type Ended, type Line, type Phase, type Task, type Told } from './task.js';

/** A place in which one task is run. */
export interface Room {
  /** Begins the task, and lets one hear what comes of it. */
  begin(task: Task, hear: Hearer): void;
  /** Ends whatever runs there. */
  close(): void;
}

/** Hears of a task. */
export interface Hearer {
  told(told: Told): void;
  /** The room is not fit for use, in the words of the browser. */
  failed(message: string): void;
  /** All of the room went down without a word. */
  died(): void;
}

/** Runs tasks, one at a time. */
export interface Runner {
  /** Begins a task, tells of its phases and gives what comes of it. A run that is under way is stopped. */
  run(task: Task, enter: (phase: Phase) => void): Promise<Ended>;
  /** Has the room of the next run load its code, so that the run need not wait for it. */
  prepare(): void;
  stop(): void;
  /** Ends everything. */
  close(): void;
}

/** A runner in rooms that `make` makes. A learner's code may take `limit` seconds. */
export function runnerOf(make: () => Room, limit = LIMIT): Runner {
  let spare: Room | null = null;
  let stop = (): void => {};
  return {
    async run(task, enter) {
      stop();
      const room = spare ?? make();
      spare = null;
      let phase: Phase = 'running';
      let timer: ReturnType<typeof setTimeout> | undefined;
      const ended = await new Promise<Ended>((resolve) => {
        const isUp = (): void => resolve({ kind: 'time', phase, line: lineOfLoop(task.source) });
        stop = () => resolve({ kind: 'stopped' });
        room.begin(task, {
          told(told) {
            if (told.kind === 'outcome') return resolve(told.outcome);
            enter((phase = told.phase));
            timer ??= setTimeout(isUp, limit * 1000); // from the learner's first line on, not while the room still loads
          },
          failed: (message) => resolve({ kind: 'broke', message }),
          died: () => resolve({ kind: 'memory', line: lineOfLoop(task.source) }),
        });
      });
      clearTimeout(timer);
      room.close();
      return ended;
    },
    prepare: () => void (spare ??= make()),
    stop: () => stop(),
    close() {
      stop();
      spare?.close();
      spare = null;
    },
  };
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

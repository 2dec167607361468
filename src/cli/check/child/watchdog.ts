// A thread that watches the clock and the memory. When either runs out it stops the main thread and says at which line it was.

import { Session, type Debugger } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import { placeOfFrame } from '../javascript/frames.js';
import { learnersScripts } from '../javascript/scripts.js';
import type { Place, Problem } from '../task.js';
import { send } from './send.js';

/** What the thread is told. */
export interface Watch {
  readonly deadline: number;
  /** Bytes of the whole process. */
  readonly memory: number;
}

const EVERY = 25; // milliseconds
const PATIENCE = 1000; // for the main thread to say where it is; it cannot while it waits for Python
const { deadline, memory } = workerData as Watch;
let isOver = false;

// The interval also keeps this thread's event loop turning, without which nothing arrives from the debugger.
setInterval(() => {
  if (isOver) return;
  if (Date.now() >= deadline) giveUp('time');
  else if (process.memoryUsage.rss() > memory) giveUp('memory');
}, EVERY);

function giveUp(kind: 'time' | 'memory'): void {
  isOver = true;
  const session = new Session();
  session.connectToMainThread();
  const scripts = learnersScripts(session);
  const end = (place: Place | null): never => {
    send({ type: 'problem', problem: { kind, place } satisfies Problem });
    process.kill(process.pid, 'SIGKILL');
    throw new Error(kind);
  };
  session.on('Debugger.paused', ({ params }) => {
    const frame = params.callFrames.find(({ location }) => scripts.has(location.scriptId));
    end(frame ? placeOfCall(frame) : null);
  });
  const placeOfCall = ({ location, functionName }: Debugger.CallFrame): Place | null => {
    const script = scripts.get(location.scriptId)!;
    const position = script.sourceAt(location.lineNumber, location.columnNumber ?? 0);
    return placeOfFrame({ ...position, within: functionName || null });
  };
  session.post('Debugger.pause');
  setTimeout(() => end(null), PATIENCE);
}

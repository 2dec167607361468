// The pace of a long run: so many batches at a time that Ctrl-C, timers and a page's clicks get their turn soon enough.

const LONGEST_STRETCH = 20; // milliseconds of work at a time

/** How many batches to run before the next pause. */
export interface Pace {
  readonly batches: number;
  /** To be awaited after so many batches; gives way to the event loop when the last time was long enough ago. */
  next(done: number): Promise<void> | undefined;
}

/** Begins with one batch and goes on to as many as fit into a stretch; `single` keeps it at one. */
export function paced(single: boolean): Pace {
  let [begun, measured, batches] = [performance.now(), performance.now(), 1];
  return {
    get batches() {
      return batches;
    },
    next(done) {
      const now = performance.now();
      const each = (now - measured) / done;
      measured = now;
      if (!single) batches = Math.max(1, Math.min(2 * batches, Math.floor(LONGEST_STRETCH / each)));
      if (now - begun < LONGEST_STRETCH) return undefined;
      return turnOfEventLoop().then(() => {
        begun = measured = performance.now();
      });
    },
  };
}

/** Others have their turn. Through a message: a timer of no time at all takes a millisecond, on a page four. */
function turnOfEventLoop(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}

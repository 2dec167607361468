// Letting others run: a long computation would otherwise hold up Ctrl-C, timers and a page's clicks.

const LONGEST_STRETCH = 30; // milliseconds of work at a time

/** A function to await between pieces of work; it gives way to the event loop when the last time was long enough ago. */
export function breather(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < LONGEST_STRETCH) return undefined;
    return new Promise((resolve) => setTimeout(resolve, 0)).then(() => {
      last = performance.now();
    });
  };
}

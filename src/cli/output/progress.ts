// A bar for long work, in a terminal only: on stderr, so that what stdout gives stays clean.

import type { Context } from '../context.js';

/** How far some work is. */
export interface Progress {
  /** So much is done, and a word about it. */
  update(done: number, note?: string): void;
  /** Takes the bar away. */
  stop(): void;
}

const NONE: Progress = { update: () => {}, stop: () => {} };

/** Whether there is a terminal to draw a bar in, and someone who wants to see it. */
export function hasBar({ stderr, json, quiet }: Context): boolean {
  return Boolean(stderr.isTTY) && !json && !quiet;
}

/** Begins a bar of `total` steps; where there is no terminal, nothing. */
export async function progressBar(context: Context, title: string, total: number): Promise<Progress> {
  if (!hasBar(context)) return NONE;
  const { SingleBar, Presets } = (await import('cli-progress')).default;
  const bar = new SingleBar(
    {
      stream: context.stderr as NodeJS.WritableStream,
      format: `${title} {bar} {value}/{total}  {note}`,
      barsize: Math.max(8, Math.min(30, context.width - 50)),
      clearOnComplete: true,
      hideCursor: true,
      gracefulExit: false, // Ctrl-C is ours
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { note: '' });
  return {
    update: (done, note = '') => bar.update(done, { note }),
    stop: () => bar.stop(),
  };
}

// Figures as files: each as SVG and as PNG.

import type { Figure } from '../../plot/index.js';
import type { Context } from '../context.js';
import { progressBar } from './progress.js';

/** The files of some figures, by name: `training` becomes training.svg and training.png. */
export async function plotFiles(
  figures: Readonly<Record<string, Figure>>,
  context: Context,
): Promise<Record<string, string | Uint8Array>> {
  const { toPNG } = await import('../../plot/index.js');
  const names = Object.keys(figures);
  const bar = await progressBar(context, context.text('run.drawing'), names.length);
  try {
    const files: Record<string, string | Uint8Array> = {};
    for (const [i, name] of names.entries()) {
      bar.update(i, name);
      const svg = figures[name]!.toSVG();
      files[`${name}.svg`] = svg;
      files[`${name}.png`] = await toPNG(svg);
      await new Promise((resume) => setImmediate(resume)); // Ctrl-C gets its turn
      context.checkpoint();
    }
    return files;
  } finally {
    bar.stop();
  }
}

// Bundle size: each library built as a page would load it, whole, minified and gzipped.

import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { sourceOf } from './programs.js';

/** In bytes; none where there was trouble. */
export interface Size {
  readonly name: string;
  readonly minified: number;
  readonly gzipped: number;
  readonly trouble?: string;
}

/** By the file of bench/sizes/ that imports it. */
const LIBRARIES = {
  'core.ts': 'chainrule, core with the compiler',
  'all.ts': 'chainrule, all',
  'jax.ts': 'jax-js',
  'tfjs.ts': 'TensorFlow.js',
  'brain.ts': 'brain.js',
} as const;

export async function measureSizes(): Promise<Size[]> {
  const sizes: Size[] = [];
  for (const [file, name] of Object.entries(LIBRARIES)) {
    try {
      const code = await bundle(sourceOf(`sizes/${file}`));
      sizes.push({ name, minified: Buffer.byteLength(code), gzipped: gzipSync(code, { level: 9 }).length });
    } catch (error) {
      const [trouble = ''] = (error as Error).message.split('\n');
      sizes.push({ name, minified: NaN, gzipped: NaN, trouble });
    }
  }
  return sizes;
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    ...{ root: sourceOf('.'), configFile: false, logLevel: 'silent' },
    build: { write: false, minify: true, lib: { entry, formats: ['iife'], name: 'library' } },
  });
  const [first] = result as unknown as [{ output: readonly { code?: string }[] }];
  return first.output.map(({ code = '' }) => code).join('');
}

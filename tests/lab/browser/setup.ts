// Before the tests in a browser: the lab is built as `npm run build:lab` builds it, and Chromium is unpacked from its npm
// package.

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { CACHE, madeFrom, madeOnce, ROOT } from '../../cache.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the built lab. */
    readonly labFolder: string;
    /** Chromium's executable, with its fonts in `fonts.conf` beside it. */
    readonly chromium: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await unpackedChromium());
  project.provide('labFolder', await builtLab());
}

const SOURCES = ['lab', 'src', 'lessons', 'exercises', 'package-lock.json'];

function builtLab(): Promise<string> {
  return madeFrom(SOURCES, 'lab', (outDir) => {
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    const env = { ...process.env, NODE_ENV: 'production' }; // Vitest says test, and Svelte would build for development
    const args = [vite, 'build', 'lab', '--outDir', outDir, '--logLevel', 'warn'];
    return promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  });
}

async function unpackedChromium(): Promise<string> {
  const { version } = JSON.parse(
    readFileSync(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  ) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  await madeOnce(folder, async (target) => {
    const temporary = process.env['TMPDIR'];
    process.env['TMPDIR'] = target; // where the package unpacks to
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
    writeFileSync(join(target, 'fonts.conf'), fontsIn(folder));
  });
  return join(folder, 'chromium');
}

/** The same fonts on every machine, Korean among them: pages then take the same room everywhere. */
function fontsIn(folder: string): string {
  const korean = dirname(
    createRequire(import.meta.url).resolve('@expo-google-fonts/nanum-gothic/package.json'),
  );
  const dirs = [join(folder, 'fonts'), korean].map((dir) => `<dir>${dir}</dir>`).join('');
  return `<?xml version="1.0"?><fontconfig>${dirs}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`;
}

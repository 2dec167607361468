// The examples in the docstrings of the lessons and of the command line run, and their values are those beside them.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as lessons from '../../lessons/index.js';
import { translator } from '../../src/cli/texts/index.js';
import { docstringExamples, runExample } from '../docs/examples.js';

const root = new URL('../../', import.meta.url);
const silent = { write: () => {} };
const io = { stdout: silent, stderr: silent, env: {}, signal: new AbortController().signal };

for (const folder of ['lessons/', 'src/cli/']) {
  const files = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });
  for (const path of files.filter((name) => name.endsWith('.ts')).map((name) => folder + name)) {
    for (const { line, code } of docstringExamples(readFileSync(new URL(path, root), 'utf8'))) {
      test(`${path}:${line}`, async () => {
        const own = (await import(/* @vite-ignore */ `../../${path.replace(/\.ts$/, '.js')}`)) as Record<
          string,
          unknown
        >;
        await runExample(code, { ...lessons, ...own, translator, io, expect });
      });
    }
  }
}

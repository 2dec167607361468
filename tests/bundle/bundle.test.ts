import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'vite';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a page would load: an entry in one file, minified. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      lib: { entry: `${root}/${entry}`, formats: ['iife'], name: 'chainrule' },
    },
  });
  const [{ output }] = result as unknown as [{ output: readonly [{ code: string }] }];
  return output[0].code;
}

test('the library runs in a page: one file, nothing of Node’s, and small', async () => {
  const code = await bundle('src/index.ts');
  expect(/['"`]node:|\brequire\(|\bprocess\./.test(code)).toBe(false);
  expect(gzipSync(code).length).toBeLessThan(145_000); // with all that explains, checks and compiles
  // A context without Node's globals; JavaScript's own are all it has.
  const explained = runInNewContext(
    `${code}; chainrule.explain('1/(1+exp(-z))', { at: { z: 0 } }).gradients.z`,
    { structuredClone },
  ) as number;
  expect(explained).toBe(0.25);
});

test('a page that trains a network loads no more than it needs', async () => {
  const code = await bundle('tests/bundle/training.ts');
  expect(gzipSync(code).length).toBeLessThan(58_000);
});

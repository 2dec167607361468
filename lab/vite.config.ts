// How the lab is built: relative paths, so that any folder can serve it, and no inline code that its content policy would refuse.

import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [svelte({ configFile: false }), withoutPng(), fetchAhead(), fontLicense()],
  esbuild: { minifyIdentifiers: false }, // `check` reads the names of parameters, of an exercise's reference too
  build: { target: 'es2022', assetsInlineLimit: 0, emptyOutDir: true, license: { fileName: 'licenses.md' } },
});

/**
 * Lets a browser fetch the pages that come later when it has nothing else to do: the lab then works to its last corner after
 * whoever served it has gone. Fonts are left out, which are fetched where a system lacks them.
 */
function fetchAhead(): Plugin {
  return {
    name: 'fetch-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }): HtmlTagDescriptor[] =>
        Object.keys(bundle ?? {})
          .filter((file) => /\.(js|css|wasm)$/.test(file) && !html.includes(file))
          .map((file) => ({ tag: 'link', attrs: { rel: 'prefetch', href: `./${file}` }, injectTo: 'head' })),
    },
  };
}

/** Puts the licence of the font beside those of the code, as it asks. */
function fontLicense(): Plugin {
  const license = new URL('../node_modules/@fontsource/noto-sans-math/LICENSE', import.meta.url);
  return {
    name: 'font-license',
    apply: 'build',
    generateBundle() {
      const fileName = 'noto-sans-math-license.txt';
      this.emitFile({ type: 'asset', fileName, source: readFileSync(license, 'utf8') });
    },
  };
}

/** The library's writer of PNG files is Node's alone: no page calls it, so what it imports stays out, and without a warning. */
function withoutPng(): Plugin {
  return {
    name: 'without-png',
    enforce: 'pre',
    resolveId: (id, importer) =>
      /^(node:|@resvg\/)/.test(id) && importer?.endsWith('/src/plot/png.ts') ? { id, external: true } : null,
  };
}

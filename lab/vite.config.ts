// How the lab is built: relative paths, so that any folder can serve it, and no inline code that its content policy would refuse.

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [svelte({ configFile: false })],
  build: { target: 'es2022', assetsInlineLimit: 0, emptyOutDir: true },
});

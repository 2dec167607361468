// Importing a user's JavaScript or TypeScript file into this process: for `check` and `exercise`, which do so in a child process,
// and for `train`, which takes a network from it.

import module from 'node:module';
import { fileURLToPath } from 'node:url';
import * as hooks from '../check/javascript/hooks.js';

/** A module as `import()` gives it. */
export type Namespace = Readonly<Record<string, unknown>>;

/**
 * Imports a file by its URL, and waits until what was set going at the top level has had its turn. Types are taken off; imports
 * may leave extensions out; `chainrule` is this very package, so that `instanceof nn.Module` holds. Throws what the file throws.
 */
export async function importFile(url: string): Promise<Namespace> {
  installHooks();
  const namespace = (await import(/* @vite-ignore */ url)) as Namespace;
  await new Promise((resolve) => setImmediate(resolve));
  return namespace;
}

interface Hooks {
  registerHooks?(functions: typeof hooks): unknown;
  register(specifier: string, parent: string): unknown;
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

let installed = false; // hooks are the whole process's

function installHooks(): void {
  if (installed) return;
  installed = true;
  const node = module as unknown as Hooks;
  if (node.registerHooks) node.registerHooks({ resolve: hooks.resolve, load: hooks.load } as typeof hooks);
  else node.register(new URL('../check/javascript/hooks.js', import.meta.url).href, import.meta.url);
  // `require('chainrule')`: hooks are not asked about it on Node 20.
  const resolveFilename = node._resolveFilename;
  node._resolveFilename = function (request, ...rest) {
    const own = hooks.ownModule(request);
    return own === null ? resolveFilename.call(this, request, ...rest) : fileURLToPath(own);
  };
}

// How Node finds and reads a learner's files: no package.json, imports with or without an extension, `chainrule` as this package.
// Node runs these in a thread of their own up to version 22, and in the main thread from then on; they work in both.

import { readFileSync, statSync } from 'node:fs';
import type { LoadHookContext, ResolveHookContext } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compile, definitionsOnly } from './compile.js';
import { isLearners, withoutQuery } from './learners.js';
import { withScopes } from './scopes.js';

/** What an import of `chainrule` and of `chainrule/plot` leads to: the very modules that the check runs on. */
const OURS: Readonly<Record<string, string>> = {
  chainrule: new URL('../../../index.js', import.meta.url).href,
  'chainrule/plot': new URL('../../../plot/index.js', import.meta.url).href,
  'chainrule/exercises': new URL('../../../../exercises/index.js', import.meta.url).href,
};

/** What an import of `chainrule` leads to, else null. */
export function ownModule(specifier: string): string | null {
  return Object.hasOwn(OURS, specifier) ? OURS[specifier]! : null;
}

export function resolve<T>(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => T,
): T | { readonly url: string; readonly shortCircuit: true } {
  const own = ownModule(specifier);
  if (own !== null) return { url: own, shortCircuit: true };
  const { parentURL } = context;
  const isPath = /^(\.{0,2}\/|file:)/.test(specifier);
  if (isPath && parentURL !== undefined && isLearners(parentURL)) {
    const url = fileFor(specifier, parentURL);
    if (url !== null) return { url, shortCircuit: true };
  }
  return next(specifier, context);
}

export function load<T>(
  url: string,
  context: LoadHookContext,
  next: (url: string, context: LoadHookContext) => T,
): T | { readonly format: string; readonly source: string; readonly shortCircuit: true } {
  const path = withoutQuery(url);
  if (!isLearners(url) || !/\.([cm]?js|m?ts)$/.test(path)) return next(url, context);
  const { code, format } = compile(path, readFileSync(fileURLToPath(path), 'utf8'));
  // Node's own loader reads CommonJS best.
  if (format === 'commonjs') return next(url, { ...context, format });
  const until = Number(/\?until=(\d+)/.exec(url)?.[1] ?? Infinity);
  return { format, source: withScopes(definitionsOnly(code, until)), shortCircuit: true };
}

/** The file that a path leads to from another, as a URL, or null. */
export function fileFor(specifier: string, parentURL: string): string | null {
  return candidates(new URL(specifier, parentURL)).find(isFile)?.href ?? null;
}

/** The file itself, TypeScript under its compiled name, and the extensions that may be left out. */
function candidates(url: URL): URL[] {
  const at = (ending: string): URL => Object.assign(new URL(url.href), { pathname: url.pathname + ending });
  const typed = new URL(url.href);
  typed.pathname = typed.pathname.replace(/\.(m?)js$/, '.$1ts');
  return [url, typed, ...['.ts', '.mts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'].map(at)];
}

function isFile(url: URL): boolean {
  return statSync(fileURLToPath(url), { throwIfNoEntry: false })?.isFile() ?? false;
}

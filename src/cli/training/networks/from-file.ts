// A network of the user's own, out of a JavaScript or TypeScript file.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ChainruleError, nn, RandomState } from '../../../index.js';
import { problemOf } from '../../check/javascript/load.js';
import { problemInWords } from '../../check/problems.js';
import type { Context } from '../../context.js';
import { UsageError } from '../../errors.js';
import { lookAt } from '../../look-at.js';
import { importFile, type Namespace } from '../../modules/import.js';

/** What a function that makes a network is given. */
export type NetworkMaker = (
  inputShape: readonly number[],
  /** The number of classes; 1 where a number is predicted. */
  classes: number,
  /** The stream of the seed, for the first parameters and for dropout. */
  randomState: RandomState,
) => nn.Module | Promise<nn.Module>;

/** Whether a name is that of a file that can hold a network. */
export function isModuleFile(name: string): boolean {
  return /\.[cm]?[jt]s$/.test(name);
}

/**
 * The network that a file exports: by default, or as its only export, a module, a function that makes one (see `NetworkMaker`), or
 * a class of such modules. Throws a `UsageError` that names the place for a file that cannot be loaded or exports something else.
 */
export async function networkFrom(
  path: string,
  { inputShape, classes, seed }: NetworkFor,
  context: Context,
): Promise<nn.Module> {
  const { text } = context;
  const file = resolve(path);
  if (lookAt(file) !== 'file') throw new UsageError(text('error.model.absent', { path }));
  const namespace = await runTheirs(path, () => importFile(pathToFileURL(file).href), context);
  const exported = exportOf(namespace, path, context);
  const network = await runTheirs(
    path,
    () => made(exported, inputShape, classes, new RandomState(seed)),
    context,
  );
  if (network instanceof nn.Module) return network;
  throw new UsageError(text('error.model.notModule', { path }), text('error.model.hint'));
}

/** What a network is for. */
export interface NetworkFor {
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly seed: number;
}

/**
 * Runs code of the user's own out of a file. Throws a `UsageError` with the place for what it throws; errors of the library, which
 * say what is wrong in a sentence, keep their words.
 */
export async function runTheirs<T>(path: string, run: () => T | Promise<T>, context: Context): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof ChainruleError) throw new UsageError(`${path}: ${error.message}`);
    // The limits are those of a check's child process; here nothing runs into them.
    const where = { path, limits: { timeout: Infinity, memory: Infinity }, python: '' };
    const { message, hint } = problemInWords(problemOf(error, resolve(path)), where, context);
    throw new UsageError(message, hint);
  }
}

/** The module itself, or what a class or a function makes. */
function made(exported: unknown, ...given: Parameters<NetworkMaker>): unknown {
  if (isClass(exported)) return new exported(...given);
  return typeof exported === 'function' ? (exported as NetworkMaker)(...given) : exported;
}

function exportOf(namespace: Namespace, path: string, { text }: Context): unknown {
  const { default: main, ...others } = namespace;
  if (main !== undefined) return main;
  const found = Object.entries(others).filter(
    ([name, value]) =>
      name !== 'module.exports' && (typeof value === 'function' || value instanceof nn.Module),
  );
  if (found.length === 1) return found[0]![1];
  const names = found.map(([name]) => name).join(', ');
  throw new UsageError(
    found.length === 0 ? text('error.model.none', { path }) : text('error.model.several', { path, names }),
    text('error.model.hint'),
  );
}

type ModuleClass = new (...args: unknown[]) => nn.Module;

function isClass(value: unknown): value is ModuleClass {
  return typeof value === 'function' && value.prototype instanceof nn.Module;
}

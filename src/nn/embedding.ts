// Embedding: a learned row of numbers for each of a set of things.

import { ValueError } from '../errors.js';
import { functions, take } from '../functions/index.js';
import { arange, noGrad, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { standardNormal, type Initializer } from './init.js';
import { Module } from './module.js';
import { checkSizes, parameters, type LayerOptions } from './parameter.js';

/** Options of `embedding`. */
export interface EmbeddingOptions extends Omit<LayerOptions, 'bias'> {
  /** A number that stands for padding: its row begins at 0 and gets no gradient. Default: none. */
  readonly paddingIdx?: number;
}

/** Rows of a table by number. Goes with `torch.nn.Embedding`. */
export class Embedding extends Module {
  readonly count: number;
  readonly features: number;
  /** The number that stands for padding, or null. */
  readonly paddingIdx: number | null;
  /** `[count, features]`. */
  readonly weight: Tensor;

  constructor(count: number, features: number, options: EmbeddingOptions = {}) {
    super();
    const { paddingIdx = null } = options;
    checkSizes('Embedding', { count, features });
    if (paddingIdx !== null && !(Number.isInteger(paddingIdx) && paddingIdx >= 0 && paddingIdx < count)) {
      throw new ValueError(
        `Embedding: paddingIdx must be a whole number from 0 to ${count - 1}, got ${String(paddingIdx)}`,
      );
    }
    this.count = count;
    this.features = features;
    this.paddingIdx = paddingIdx;
    const { initializer = standardNormal } = options;
    const begin: Initializer = (...given) => withoutRow(initializer(...given), paddingIdx);
    this.weight = parameters({ ...options, initializer: begin }, features)('weight', [count, features]);
  }

  /** Whole numbers `[…]` → `[…, features]`. Throws a `ShapeError` for a number that is no row. */
  forward(ids: TensorLike): Tensor {
    const numbers = toTensor(ids);
    const rows = take(this.weight, numbers);
    if (this.paddingIdx === null) return rows;
    const isPadding = numbers.equal(this.paddingIdx).reshape([...numbers.shape, 1]);
    return functions.where(
      isPadding,
      noGrad(() => take(this.weight, numbers)),
      rows,
    );
  }

  override toString(): string {
    const padding = this.paddingIdx === null ? '' : `, paddingIdx: ${this.paddingIdx}`;
    return `Embedding(${this.count}, ${this.features}${padding})`;
  }
}

/** A table with one row, if any, of zeros. */
function withoutRow(table: Tensor, row: number | null): Tensor {
  if (row === null) return table;
  const isRow = arange(table.shape[0]!).equal(row).reshape([-1, 1]);
  return functions.where(isRow, 0, table).detach();
}

/**
 * A table of `count` rows of `features` numbers, which begin standard normal; whole numbers pick from it.
 * Throws a `ValueError` for sizes below 1 and a `paddingIdx` that is no row.
 *
 * @example
 * nn.embedding(10, 3).forward([[1, 5], [0, 9]]).shape; // [2, 2, 3]
 */
export function embedding(count: number, features: number, options?: EmbeddingOptions): Embedding {
  return new Embedding(count, features, options);
}

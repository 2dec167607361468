// Attention: every place of a sequence looks at all others and takes what matches. Vaswani et al., 2017.

import { ShapeError, ValueError } from '../errors.js';
import { functions } from '../functions/index.js';
import { checkRandomState } from '../random/index.js';
import { formatShape, tensor, toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { Dropout } from './dropout.js';
import { xavierUniform, zeros } from './init.js';
import { Linear } from './linear.js';
import { Module } from './module.js';
import { checkSizes, parameters, type LayerOptions } from './parameter.js';

/** Options of `multiheadAttention`. */
export interface AttentionOptions extends LayerOptions {
  /** Whether a place sees only itself and those before it. Default false. */
  readonly causal?: boolean;
  /** Probability with which a weight of attention is dropped in training. Default 0. */
  readonly dropout?: number;
}

/** Scaled dot-product attention in several heads. Goes with `torch.nn.MultiheadAttention`, batch first. */
export class MultiheadAttention extends Module {
  readonly features: number;
  readonly heads: number;
  readonly causal: boolean;
  /** `[3 · features, features]`: of queries, keys and values. */
  readonly inWeight: Tensor;
  /** `[3 · features]`, or null. */
  readonly inBias: Tensor | null;
  readonly outProjection: Linear;
  readonly dropout: Dropout;

  constructor(features: number, heads: number, options: AttentionOptions = {}) {
    super();
    checkSizes('MultiheadAttention', { features, heads });
    if (features % heads > 0) {
      throw new ValueError(`MultiheadAttention: ${features} features do not fall into ${heads} heads`);
    }
    const { bias = true, causal = false, dropout = 0, initializer } = options;
    const randomState = checkRandomState(options.randomState);
    const parameter = parameters({ randomState }, features);
    this.features = features;
    this.heads = heads;
    this.causal = causal;
    this.inWeight = parameter('inWeight', [3 * features, features], initializer ?? xavierUniform);
    this.inBias = bias ? parameter('inBias', [3 * features], initializer ?? zeros) : null;
    this.outProjection = new Linear(features, features, {
      bias,
      randomState,
      ...(initializer && { initializer }),
    });
    if (!initializer) this.outProjection.bias?.assign(zeros([features], features, randomState)); // as in PyTorch
    this.dropout = new Dropout(dropout, { randomState });
  }

  /** Named as in PyTorch, whose files have these names. */
  override parts(): [name: string, part: unknown][] {
    return [
      ['in_proj_weight', this.inWeight],
      ['in_proj_bias', this.inBias],
      ['out_proj', this.outProjection],
      ['dropout', this.dropout],
    ];
  }

  /**
   * Queries `[batch, n, features]`, keys and values `[batch, m, features]` → `[batch, n, features]`; keys are by default the
   * queries, values the keys. A mask broadcasts to `[batch, heads, n, m]`: a condition that holds where a query must not see
   * a key, or numbers that are added to the scores. A mask of keys that are padding is `[batch, 1, 1, m]`.
   * Throws a `ShapeError` for shapes that do not fit.
   */
  forward(query: TensorLike, key: TensorLike = query, value: TensorLike = key, mask?: TensorLike): Tensor {
    const inputs = [query, key, value].map(toTensor);
    const [n, m] = this.#check(inputs);
    const [q, k, v] = inputs.map((x, i) => this.#project(x, i)) as [Tensor, Tensor, Tensor];
    const scores = q.matmul(k.transpose()).div(Math.sqrt(this.features / this.heads)); // [batch, heads, n, m]
    const allowed = hidden(hidden(scores, mask), this.causal ? future(n, m) : undefined);
    const mixed = this.dropout.forward(allowed.softmax()).matmul(v); // [batch, heads, n, features / heads]
    return this.outProjection.forward(mixed.transpose([0, 2, 1, 3]).reshape(inputs[0]!.shape));
  }

  #check(inputs: readonly Tensor[]): [n: number, m: number] {
    const shapes = inputs.map(({ shape }) => shape);
    const [[batch, n] = [], [, m] = []] = shapes;
    const fits = shapes.every(
      (shape, i) =>
        shape.length === 3 && shape[0] === batch && shape[2] === this.features && (i === 0 || shape[1] === m),
    );
    if (!fits) {
      throw new ShapeError(
        `${this}: expected queries, keys and values of ${this.features} features, [batch, n, ${this.features}] and twice ` +
          `[batch, m, ${this.features}], got ${shapes.map(formatShape).join(', ')}`,
      );
    }
    return [n!, m!];
  }

  /** The queries, keys or values of all heads: `[batch, heads, n, features / heads]`. */
  #project(x: Tensor, part: number): Tensor {
    const { features, heads } = this;
    const rows = [part * features, (part + 1) * features] as const;
    const product = x.matmul(this.inWeight.slice(rows).transpose());
    const shifted = this.inBias ? product.add(this.inBias.slice(rows)) : product;
    return shifted.reshape([x.shape[0]!, x.shape[1]!, heads, features / heads]).transpose([0, 2, 1, 3]);
  }

  override toString(): string {
    return `MultiheadAttention(${this.features}, ${this.heads}${this.causal ? ', causal' : ''})`;
  }
}

/** Scores with those gone (-inf) that a condition says, or with a mask of numbers added. */
function hidden(scores: Tensor, mask: TensorLike | undefined): Tensor {
  if (mask === undefined) return scores;
  const given = toTensor(mask);
  return given.dtype === 'bool' ? functions.where(given, -Infinity, scores) : scores.add(given);
}

/** Which of m keys come after each of n queries. */
function future(n: number, m: number): Tensor {
  return tensor(Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => j > i)));
}

/**
 * Attention with so many features in so many heads, among the places of one sequence or from one to another.
 * Throws a `ValueError` for features that do not fall into the heads.
 *
 * @example
 * nn.multiheadAttention(8, 2, { causal: true }).forward(zeros([1, 5, 8])).shape; // [1, 5, 8]
 */
export function multiheadAttention(
  features: number,
  heads: number,
  options?: AttentionOptions,
): MultiheadAttention {
  return new MultiheadAttention(features, heads, options);
}

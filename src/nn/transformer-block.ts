// A block of a transformer, normalised before each half: attention, then a small network at every place, both with a way
// around them. Xiong et al., 2020.

import { checkRandomState, type RandomStateLike } from '../random/index.js';
import { toTensor, type Tensor, type TensorLike } from '../tensor/index.js';
import { MultiheadAttention } from './attention.js';
import { Dropout } from './dropout.js';
import type { Initializer } from './init.js';
import { Linear } from './linear.js';
import { Module } from './module.js';
import { LayerNorm } from './norm.js';

/** Options of `transformerBlock`. */
export interface TransformerBlockOptions {
  /** Width of the small network. Default: four times the features. */
  readonly hidden?: number;
  /** Whether a place sees only itself and those before it. Default false. */
  readonly causal?: boolean;
  /** Probability of dropout in training. Default 0. */
  readonly dropout?: number;
  /** How weights and biases begin, but for those of the norms. Default: as in PyTorch. */
  readonly initializer?: Initializer;
  /** Seed or stream of the first values. Default: another one each time. */
  readonly randomState?: RandomStateLike;
}

/**
 * `x + attention(norm(x))`, then `x + linear(gelu(linear(norm(x))))`. Goes with `torch.nn.TransformerEncoderLayer` with
 * `norm_first`, `activation='gelu'` and batch first, whose names its parameters have.
 */
export class TransformerBlock extends Module {
  readonly attention: MultiheadAttention;
  readonly linear1: Linear;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly dropouts: readonly Dropout[];

  constructor(features: number, heads: number, options: TransformerBlockOptions = {}) {
    super();
    const { hidden = 4 * features, causal = false, dropout = 0 } = options;
    const randomState = checkRandomState(options.randomState);
    const { initializer } = options;
    const start = { randomState, ...(initializer && { initializer }) };
    this.attention = new MultiheadAttention(features, heads, { ...start, causal, dropout });
    this.linear1 = new Linear(features, hidden, start);
    this.linear2 = new Linear(hidden, features, start);
    this.norm1 = new LayerNorm(features);
    this.norm2 = new LayerNorm(features);
    this.dropouts = Array.from({ length: 3 }, () => new Dropout(dropout, { randomState }));
  }

  override parts(): [name: string, part: unknown][] {
    const { attention, linear1, linear2, norm1, norm2, dropouts } = this;
    return Object.entries({ self_attn: attention, linear1, linear2, norm1, norm2, dropouts });
  }

  /** `[batch, n, features]` → the same; the mask is that of `MultiheadAttention`. */
  forward(input: TensorLike, mask?: TensorLike): Tensor {
    const x = toTensor(input);
    const [dropAttended, dropHidden, dropOutput] = this.dropouts as [Dropout, Dropout, Dropout];
    const normed = this.norm1.forward(x);
    const attended = x.add(dropAttended.forward(this.attention.forward(normed, normed, normed, mask)));
    const hidden = this.linear1.forward(this.norm2.forward(attended)).gelu();
    return attended.add(dropOutput.forward(this.linear2.forward(dropHidden.forward(hidden))));
  }

  override toString(): string {
    const { features, heads, causal } = this.attention;
    return `TransformerBlock(${features}, ${heads}${causal ? ', causal' : ''})`;
  }
}

/**
 * A block of a transformer with so many features in so many heads.
 * Throws a `ValueError` for features that do not fall into the heads.
 *
 * @example
 * nn.transformerBlock(8, 2, { causal: true }).forward(zeros([1, 5, 8])).shape; // [1, 5, 8]
 */
export function transformerBlock(
  features: number,
  heads: number,
  options?: TransformerBlockOptions,
): TransformerBlock {
  return new TransformerBlock(features, heads, options);
}

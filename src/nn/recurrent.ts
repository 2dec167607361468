// Recurrent layers: the same small network at every step of a sequence, with what it remembers as a second input.

import { ShapeError, ValueError } from '../errors.js';
import { concat } from '../functions/index.js';
import { checkRandomState } from '../random/index.js';
import { formatShape, sameShape, toTensor, zeros, type Tensor, type TensorLike } from '../tensor/index.js';
import { Module } from './module.js';
import { checkSizes, parameters, type LayerOptions } from './parameter.js';

/** Options of recurrent layers. */
export interface RecurrentOptions extends LayerOptions {
  /** Layers on top of each other, each reading what the one below gives. Default 1. */
  readonly numLayers?: number;
  /** Whether each layer also reads from the end to the beginning; the next one sees both, side by side. Default false. */
  readonly bidirectional?: boolean;
}

/** Options of `rnn`. */
export interface RNNOptions extends RecurrentOptions {
  /** Default `tanh`. */
  readonly nonlinearity?: 'tanh' | 'relu';
}

/** The result of a recurrent layer for a whole sequence. */
export interface Recurrence {
  /** What the top layer gave at each step: `[batch, steps, hiddenSize]`, both directions side by side if there are two. */
  readonly output: Tensor;
  /**
   * What it remembers after the last step, `[numLayers, batch, hiddenSize]` each: the hidden state, for an LSTM also the cell. With
   * two directions `[2 · numLayers, …]`, layer by layer the one and then the other.
   */
  readonly state: readonly Tensor[];
}

/** The parameters of one layer; biases are null without them. */
interface Cell {
  readonly weight_ih: Tensor;
  readonly weight_hh: Tensor;
  readonly bias_ih: Tensor | null;
  readonly bias_hh: Tensor | null;
}

/** What recurrent layers share. */
abstract class Recurrent extends Module {
  readonly #name: string;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly bidirectional: boolean;
  /** The parameters of each layer, and within it of each direction: `weight_ih [gates · hiddenSize, inputs]`, `weight_hh [gates · hiddenSize, hiddenSize]`, biases. */
  readonly cells: readonly Cell[];

  constructor(name: string, gates: number, inputSize: number, hiddenSize: number, options: RecurrentOptions) {
    super();
    this.#name = name;
    const { numLayers = 1, bias = true, bidirectional = false } = options;
    checkSizes(name, { inputSize, hiddenSize, numLayers });
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.numLayers = numLayers;
    this.bidirectional = bidirectional;
    const randomState = checkRandomState(options.randomState);
    const parameter = parameters({ ...options, randomState }, hiddenSize);
    const rows = gates * hiddenSize;
    const directions = this.#directions;
    this.cells = Array.from({ length: numLayers * directions }, (_, i): Cell => ({
      weight_ih: parameter('weight_ih', [rows, i < directions ? inputSize : directions * hiddenSize]),
      weight_hh: parameter('weight_hh', [rows, hiddenSize]),
      bias_ih: bias ? parameter('bias_ih', [rows]) : null,
      bias_hh: bias ? parameter('bias_hh', [rows]) : null,
    }));
  }

  /** Named as in PyTorch: `weight_ih_l0`, `weight_ih_l0_reverse`. */
  override parts(): [name: string, part: unknown][] {
    return this.cells.flatMap((cell, i) => {
      const place = `l${Math.floor(i / this.#directions)}${this.#isReverse(i) ? '_reverse' : ''}`;
      return Object.entries(cell).map(([name, part]): [string, unknown] => [`${name}_${place}`, part]);
    });
  }

  get #directions(): 1 | 2 {
    return this.bidirectional ? 2 : 1;
  }

  /** Whether a cell reads from the end to the beginning. */
  #isReverse(cell: number): boolean {
    return cell % this.#directions === 1;
  }

  /** How many tensors are remembered from step to step. */
  protected abstract readonly remembered: number;

  /** One step: the gates' share of the input and of the hidden state, `[batch, gates · hiddenSize]` each, and what is remembered. */
  protected abstract step(fromInput: Tensor, fromHidden: Tensor, state: readonly Tensor[]): readonly Tensor[];

  /** `[batch, steps, inputSize]` → `[batch, steps, directions · hiddenSize]`, from a state of zeros. Throws a `ShapeError` for any other shape. */
  forward(x: TensorLike): Tensor {
    return this.run(x).output;
  }

  /**
   * Reads a sequence, from a state of zeros or from the one that an earlier run gave; gives the outputs and the state after
   * them. Throws a `ShapeError` for shapes that do not fit.
   */
  run(input: TensorLike, state: readonly TensorLike[] = []): Recurrence {
    const x = toTensor(input);
    const [batch, steps, features] = x.shape;
    if (x.ndim !== 3 || features !== this.inputSize || steps === 0) {
      throw new ShapeError(
        `${this}: expected [batch, steps, ${this.inputSize}], got shape ${formatShape(x.shape)}`,
      );
    }
    const before = this.#startFrom(state, batch!);
    let sequence = x;
    const after: (readonly Tensor[])[] = []; // by cell
    for (let layer = 0; layer < this.numLayers; layer++) {
      const outputs = Array.from({ length: this.#directions }, (_, direction) => {
        const cell = layer * this.#directions + direction;
        const start = before.map((each) => each.slice(cell));
        const { outputs, last } = this.#runCell(this.cells[cell]!, sequence, start, this.#isReverse(cell));
        after.push(last.map((each) => each.reshape([1, batch!, this.hiddenSize])));
        return outputs;
      });
      sequence = concat(outputs, -1);
    }
    return { output: sequence, state: before.map((_, i) => concat(after.map((each) => each[i]!))) };
  }

  #startFrom(state: readonly TensorLike[], batch: number): readonly Tensor[] {
    const shape = [this.cells.length, batch, this.hiddenSize];
    if (state.length === 0) return Array.from({ length: this.remembered }, () => zeros(shape));
    const given = state.map(toTensor);
    const bad = given.find((each) => !sameShape(each.shape, shape));
    if (bad || given.length !== this.remembered) {
      throw new ShapeError(
        `${this}: a state is ${this.remembered} of shape ${formatShape(shape)}, got ` +
          (bad ? `shape ${formatShape(bad.shape)}` : String(given.length)),
      );
    }
    return given;
  }

  #runCell(
    { weight_ih, weight_hh, bias_ih, bias_hh }: Cell,
    x: Tensor,
    start: readonly Tensor[],
    isReverse: boolean,
  ): { readonly outputs: Tensor; readonly last: readonly Tensor[] } {
    // The input's share of all steps is one product; only the hidden state's has to wait.
    const fromInput = plus(x.matmul(weight_ih.transpose()), bias_ih); // [batch, steps, gates · hiddenSize]
    const across = weight_hh.transpose();
    let state = start;
    const steps = x.shape[1]!;
    const outputs = Array.from({ length: steps }, (_, i) => {
      const at = isReverse ? steps - 1 - i : i;
      state = this.step(fromInput.slice(null, at), plus(state[0]!.matmul(across), bias_hh), state);
      return state[0]!.reshape([x.shape[0]!, 1, this.hiddenSize]);
    });
    return { outputs: concat(isReverse ? outputs.reverse() : outputs, 1), last: state };
  }

  /** Gate number `i` of `[batch, gates · hiddenSize]`. */
  protected gate(all: Tensor, i: number): Tensor {
    return all.slice(null, [i * this.hiddenSize, (i + 1) * this.hiddenSize]);
  }

  override toString(): string {
    const layers = this.numLayers === 1 ? '' : `, numLayers: ${this.numLayers}`;
    const directions = this.bidirectional ? ', bidirectional' : '';
    return `${this.#name}(${this.inputSize}, ${this.hiddenSize}${layers}${directions})`;
  }
}

function plus(x: Tensor, bias: Tensor | null): Tensor {
  return bias ? x.add(bias) : x;
}

/** `h = tanh(W x + b + U h + c)`. Goes with `torch.nn.RNN`, batch first. */
export class RNN extends Recurrent {
  readonly nonlinearity: 'tanh' | 'relu';
  protected readonly remembered = 1;

  constructor(inputSize: number, hiddenSize: number, options: RNNOptions = {}) {
    super('RNN', 1, inputSize, hiddenSize, options);
    const { nonlinearity = 'tanh' } = options;
    if (nonlinearity !== 'tanh' && nonlinearity !== 'relu') {
      throw new ValueError(`RNN: nonlinearity must be tanh or relu, got ${String(nonlinearity)}`);
    }
    this.nonlinearity = nonlinearity;
  }

  protected step(fromInput: Tensor, fromHidden: Tensor): readonly Tensor[] {
    return [fromInput.add(fromHidden)[this.nonlinearity]()];
  }
}

/** Long short-term memory, gates in PyTorch's order: input, forget, cell, output. Goes with `torch.nn.LSTM`, batch first. */
export class LSTM extends Recurrent {
  protected readonly remembered = 2;

  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super('LSTM', 4, inputSize, hiddenSize, options);
  }

  protected step(fromInput: Tensor, fromHidden: Tensor, state: readonly Tensor[]): readonly Tensor[] {
    const gates = fromInput.add(fromHidden);
    const [i, f, g, o] = [
      this.gate(gates, 0).sigmoid(),
      this.gate(gates, 1).sigmoid(),
      this.gate(gates, 2).tanh(),
      this.gate(gates, 3).sigmoid(),
    ];
    const c = f.mul(state[1]!).add(i.mul(g));
    return [o.mul(c.tanh()), c];
  }
}

/** Gated recurrent unit, gates in PyTorch's order: reset, update, new. Goes with `torch.nn.GRU`, batch first. */
export class GRU extends Recurrent {
  protected readonly remembered = 1;

  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super('GRU', 3, inputSize, hiddenSize, options);
  }

  protected step(fromInput: Tensor, fromHidden: Tensor, [h]: readonly Tensor[]): readonly Tensor[] {
    const both = (i: number): Tensor => this.gate(fromInput, i).add(this.gate(fromHidden, i));
    const [r, z] = [both(0).sigmoid(), both(1).sigmoid()];
    const n = this.gate(fromInput, 2)
      .add(r.mul(this.gate(fromHidden, 2)))
      .tanh();
    return [n.add(z.mul(h!.sub(n)))]; // (1 - z) n + z h
  }
}

/**
 * A recurrent layer over `[batch, steps, inputSize]`. Parameters begin uniform within ±1/√hiddenSize.
 * Throws a `ValueError` for sizes below 1.
 *
 * @example
 * nn.rnn(3, 5).forward(zeros([2, 4, 3])).shape; // [2, 4, 5]
 */
export function rnn(inputSize: number, hiddenSize: number, options?: RNNOptions): RNN {
  return new RNN(inputSize, hiddenSize, options);
}

/**
 * A long short-term memory over `[batch, steps, inputSize]`. Parameters begin uniform within ±1/√hiddenSize.
 * Throws a `ValueError` for sizes below 1.
 *
 * @example
 * nn.lstm(3, 5).run(zeros([2, 4, 3])).state.map(({ shape }) => shape); // [[1, 2, 5], [1, 2, 5]]
 */
export function lstm(inputSize: number, hiddenSize: number, options?: RecurrentOptions): LSTM {
  return new LSTM(inputSize, hiddenSize, options);
}

/**
 * A gated recurrent unit over `[batch, steps, inputSize]`. Parameters begin uniform within ±1/√hiddenSize.
 * Throws a `ValueError` for sizes below 1.
 *
 * @example
 * nn.gru(3, 5, { numLayers: 2 }).forward(zeros([2, 4, 3])).shape; // [2, 4, 5]
 */
export function gru(inputSize: number, hiddenSize: number, options?: RecurrentOptions): GRU {
  return new GRU(inputSize, hiddenSize, options);
}

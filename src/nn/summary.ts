// A summary of a network: its layers, what shapes they give, how many parameters they have, and how much they compute.

import { nameInputs } from '../functions/index.js';
import {
  formatShape,
  noGrad,
  sizeOf,
  traced,
  zeros,
  type Shape,
  type Tensor,
  type TensorLike,
} from '../tensor/index.js';
import type { Module } from './module.js';

/** One layer of a summary. */
export interface LayerSummary {
  /** Its path in the model, as in the names of parameters. */
  readonly name: string;
  /** `Linear(2, 1)`. */
  readonly layer: string;
  /** What it gives for the input. */
  readonly outputShape: Shape;
  /** How many numbers its parameters hold; those that an earlier layer shares are counted there. */
  readonly parameters: number;
  /** Additions, multiplications and calls of functions for the whole batch; a product of matrices has `2 m n k`. */
  readonly flops: number;
}

/** A summary of a model for an input of one shape. */
export class Summary {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** The layers in the order in which they compute. */
  readonly layers: readonly LayerSummary[];
  readonly parameters: number;
  /** Of the parameters those that are not frozen. */
  readonly trainable: number;
  /** Of the whole model, also of what it computes between its layers. */
  readonly flops: number;

  /** @internal Use `summary`. */
  constructor(
    content: Pick<Summary, 'inputShape' | 'outputShape' | 'layers' | 'parameters' | 'trainable' | 'flops'>,
  ) {
    this.inputShape = content.inputShape;
    this.outputShape = content.outputShape;
    this.layers = content.layers;
    this.parameters = content.parameters;
    this.trainable = content.trainable;
    this.flops = content.flops;
  }

  /** As a table for a terminal. */
  toText(): string {
    const count = (n: number): string => n.toLocaleString('en-US');
    const rows = [
      ['', 'layer', 'output', 'parameters', 'FLOPs'],
      ['', 'input', formatShape(this.inputShape), '', ''],
      ...this.layers.map(({ name, layer, outputShape, parameters, flops }) => [
        ...[name, layer, formatShape(outputShape)],
        ...[count(parameters), count(flops)],
      ]),
      ['', 'in all', formatShape(this.outputShape), count(this.parameters), count(this.flops)],
    ];
    const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
    const lines = rows.map((row) =>
      row
        .map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    );
    const frozen = this.parameters - this.trainable;
    return [...lines, ...(frozen > 0 ? [`frozen: ${count(frozen)} parameters`] : [])].join('\n');
  }

  /** As plain data. */
  toJSON(): Record<string, unknown> {
    const { inputShape, outputShape, layers, parameters, trainable, flops } = this;
    return { inputShape, outputShape, layers, parameters, trainable, flops };
  }

  toString(): string {
    return this.toText();
  }
}

/** What a layer was seen to do. */
interface Call {
  readonly name: string;
  readonly module: Module;
  readonly output: Tensor;
  /** Less those of the layers inside. */
  readonly flops: number;
}

/**
 * The layers of a model (modules that have parameters of their own, or no modules inside) for an input of this shape, batch
 * included; nothing is computed. Layers inside another one stand before it, and are not counted with it. Throws a
 * `ShapeError` that names the layer where shapes do not fit.
 *
 * @example
 * nn.summary(nn.mlp([2, 16, 1]), [1, 2]).parameters; // 65
 */
export function summary(model: Module, inputShape: Shape): Summary {
  const input = zeros(inputShape);
  const { calls, output } = watch(model, input);
  const counted = new Set<Tensor>();
  const layers = calls.map(({ name, module, output, flops }): LayerSummary => {
    const own = module.parameters().filter((parameter) => !counted.has(parameter));
    own.forEach((parameter) => counted.add(parameter));
    return {
      ...{ name, layer: String(module), outputShape: output.shape },
      ...{ parameters: numbersIn(own), flops },
    };
  });
  const parameters = model.parameters();
  return new Summary({
    ...{ inputShape, outputShape: output.shape, layers },
    parameters: numbersIn(parameters),
    trainable: numbersIn(parameters.filter(({ requiresGrad }) => requiresGrad)),
    flops: flopsBetween([input], output),
  });
}

/** Runs a model without computing, and sees what its layers give. */
function watch(model: Module, input: Tensor): { readonly calls: readonly Call[]; readonly output: Tensor } {
  const calls: Call[] = [];
  const layers = model.namedModules().filter(([, module]) => isLayer(module));
  for (const [name, module] of layers) {
    const forward = module.forward.bind(module);
    const value = (...inputs: readonly TensorLike[]): Tensor => {
      const before = calls.length;
      const output = forward(...inputs);
      const inside = calls.slice(before).reduce((sum, { flops }) => sum + flops, 0);
      calls.push({ name, module, output, flops: flopsBetween(inputs, output) - inside });
      return output;
    };
    Object.defineProperty(module, 'forward', { value, configurable: true });
  }
  try {
    return { calls, output: traced(() => noGrad(() => model.forward(input))).result };
  } finally {
    for (const [, module] of layers) Reflect.deleteProperty(module, 'forward');
  }
}

/** Whether a module has parameters of its own, or no modules inside. */
function isLayer(module: Module): boolean {
  const inside = module.namedModules().slice(1);
  const theirs = new Set(inside.flatMap(([, part]) => part.parameters()));
  return inside.length === 0 || module.parameters().some((parameter) => !theirs.has(parameter));
}

function numbersIn(tensors: readonly Tensor[]): number {
  return tensors.reduce((sum, { size }) => sum + size, 0);
}

/** Functions that only move numbers. */
const MOVEMENTS = new Set(
  ['reshape', 'transpose', 'broadcastTo', 'slice', 'placeSlice', 'concat', 'gather', 'windows'], // prettier-ignore
);

/** The operations of all calls on the way from inputs to an output. */
function flopsBetween(inputs: readonly TensorLike[], output: Tensor): number {
  const seen = new Set<unknown>(inputs);
  const stack = [output];
  let flops = 0;
  for (let t = stack.pop(); t; t = stack.pop()) {
    if (seen.has(t)) continue;
    seen.add(t);
    if (!t.origin) continue;
    flops += flopsOf(t);
    stack.push(...t.origin.inputs);
  }
  return flops;
}

/** The operations of the call that made a tensor; a composite has those of its stages. */
function flopsOf({ origin, shape }: Tensor): number {
  const { operation, inputs, attributes } = origin!;
  const { stages } = operation;
  if (stages) {
    const scope = nameInputs(operation.inputs, inputs);
    return flopsBetween(inputs, traced(() => stages(scope, attributes)).result);
  }
  if (MOVEMENTS.has(operation.name)) return 0;
  if (operation.name === 'matmul') return 2 * sizeOf(shape) * inputs[0]!.shape.at(-1)!;
  return Math.max(sizeOf(shape), ...inputs.map(({ size }) => size));
}

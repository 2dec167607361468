// A whole model as one safetensors file: weights, architecture, and what prepared its inputs.

import { ValueError } from '../errors.js';
import { init, type Module } from '../nn/index.js';
import type { Tensor } from '../tensor/index.js';
import { narrowestFloat, type NumberType } from './number-type.js';
import { describeModule, readArchitecture } from './architecture/architecture.js';
import { checkColumns, type Columns } from './csv/columns.js';
import { FormatError } from './format-error.js';
import { isObject, readJson } from './json.js';
import { readSafetensors, writeSafetensors } from './safetensors.js';
import { loadStateDict, stateDict } from './state-dict.js';

/** Options of `saveModel`. */
export interface SaveModelOptions {
  /** How the weights are stored. Default: `float32` where that loses nothing, else `float64`. */
  readonly type?: NumberType | undefined;
  /** How a CSV file's columns became the model's inputs: kept in the file, for `predict`. */
  readonly columns?: Columns | undefined;
  /**
   * Whether the file describes the architecture. Default true; false for classes of your own, which no file can describe:
   * `loadModel` is then given the network.
   */
  readonly architecture?: boolean | undefined;
  /** More texts by name for the file's `__metadata__`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** What a model file holds. */
export interface LoadedModel {
  readonly model: Module;
  /** What `saveModel` was given; null if nothing. */
  readonly columns: Columns | null;
  /** The file's other metadata. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Options of `loadModel`. */
export interface LoadModelOptions {
  /** The network that takes the weights; it must have a place for each, and no other. Default: the one that the file describes. */
  readonly model?: Module | undefined;
}

/**
 * A model as a safetensors file: its parameters and buffers by name, and under `chainrule` in the metadata its architecture as JSON. Throws a
 * `ValueError` for modules that `describeModule` cannot describe; `architecture: false` saves those.
 *
 * @example
 * const model = nn.mlp([2, 8, 1], { randomState: 0 });
 * const loaded = loadModel(saveModel(model)).model;
 * const x = [[0.5, -1]];
 * loaded.predict(x).item() === model.predict(x).item(); // true
 */
export function saveModel(model: Module, options: SaveModelOptions = {}): Uint8Array {
  const state = stateDict(model);
  const { columns, architecture: isDescribed = true } = options;
  const architecture = isDescribed ? describeModule(model) : undefined;
  if (architecture && readArchitecture(architecture).size !== countNumbers(state)) {
    throw new ValueError(
      `saveModel: ${model} shares parameters between layers or has some that are not trained, which its description ` +
        'cannot say; save it with architecture: false',
    );
  }
  const description = { version: 1, ...(architecture && { architecture }), ...(columns && { columns }) };
  const type = options.type ?? narrowestFloat([...state.values()].map(({ data }) => data));
  return writeSafetensors(state, {
    type,
    // `format` is what Hugging Face's loaders ask for before they take a file as PyTorch's.
    metadata: { format: 'pt', ...options.metadata, chainrule: JSON.stringify(description) },
  });
}

/**
 * The network of a file that `saveModel` made, with its weights. Nothing is built before the file's tensors are known to be those
 * of the architecture. Throws a `FormatError` where `readSafetensors` does, for a file without an architecture unless a network is
 * given, and for tensors that are missing, not wanted, or of another shape.
 *
 * @example
 * class Doubled extends nn.Module {
 *   layer = nn.linear(2, 1);
 *   forward(x: TensorLike): Tensor {
 *     return this.layer.forward(x).mul(2);
 *   }
 * }
 * const bytes = saveModel(new Doubled(), { architecture: false });
 * const { model } = loadModel(bytes, { model: new Doubled() });
 */
export function loadModel(bytes: Uint8Array, options: LoadModelOptions = {}): LoadedModel {
  const { tensors, metadata } = readSafetensors(bytes);
  const text = metadata.get('chainrule');
  if (text === undefined) {
    throw new FormatError(
      'loadModel: the file has tensors but no architecture (no "chainrule" in its metadata); build the network and ' +
        'use loadStateDict(model, readSafetensors(bytes).tensors)',
    );
  }
  const description = readJson(text, 'loadModel: the architecture');
  if (!isObject(description) || description['version'] !== 1) {
    throw new FormatError('loadModel: expected an architecture of version 1 in the metadata "chainrule"');
  }
  const model = options.model ?? described(description['architecture'], countNumbers(tensors));
  loadStateDict(model, tensors);
  const columns =
    description['columns'] === undefined ? null : checkColumns(description['columns'], 'loadModel');
  return {
    model,
    columns,
    metadata: new Map([...metadata].filter(([name]) => name !== 'chainrule')),
  };
}

/** A network of an architecture, if it has no more numbers than there are. */
function described(architecture: unknown, numbers: number): Module {
  if (architecture === undefined) {
    throw new FormatError(
      'loadModel: the file holds the weights of a class of your own; give it a network of that class: ' +
        'loadModel(bytes, { model })',
    );
  }
  const { size, build } = readArchitecture(architecture);
  if (size > numbers) {
    throw new FormatError(
      `loadModel: the architecture has ${size} numbers as parameters, the file's tensors hold ${numbers}`,
    );
  }
  return build({ initializer: init.zeros, randomState: 0 });
}

function countNumbers(tensors: ReadonlyMap<string, Tensor>): number {
  return [...tensors.values()].reduce((sum, { size }) => sum + size, 0);
}

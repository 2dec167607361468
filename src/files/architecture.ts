// A network's architecture as JSON: which layers, in which order, with which options. The values are not part of it.

import { ValueError } from '../errors.js';
import * as nn from '../nn/index.js';
import { FormatError } from './format-error.js';
import { isObject } from './json.js';

/** A module as JSON: its type by PyTorch's name, and its options. */
export interface Architecture {
  readonly type: string;
  readonly [option: string]: unknown;
}

/** All there is to know about one type of module. Adding a type is adding one entry to `LAYERS`. */
interface Layer {
  /** The module's options; null if it is of another type. */
  readonly describe: (module: nn.Module) => Readonly<Record<string, unknown>> | null;
  /** How many numbers its parameters will hold: files are held to it before anything is built. */
  readonly size: (options: Options) => number;
  readonly build: (options: Options) => nn.Module;
}

/** Whether a module is of a class itself: one that extends it may compute something else. */
function isA<M extends nn.Module>(
  module: nn.Module,
  type: abstract new (...args: never[]) => M,
): module is M {
  return module.constructor === type;
}

/** An activation with at most one number as option, which its text shows: `LeakyReLU(0.01)`. */
function activation(type: string, option: string | null, make: (value?: number) => nn.Module): Layer {
  return {
    describe: (module) => {
      if (!isA(module, nn.Activation)) return null;
      const [, name, value] = /^(\w+)(?:\((.*)\))?$/.exec(String(module)) ?? [];
      if (name !== type) return null;
      return option === null ? {} : { [option]: Number(value) };
    },
    size: () => 0,
    build: (options) => make(option === null ? undefined : options.number(option)),
  };
}

const LAYERS: Readonly<Record<string, Layer>> = {
  Linear: {
    describe: (module) =>
      isA(module, nn.Linear)
        ? { inFeatures: module.inFeatures, outFeatures: module.outFeatures, bias: module.bias !== null }
        : null,
    size: (options) =>
      (options.count('inFeatures') + Number(options.flag('bias'))) * options.count('outFeatures'),
    build: (options) =>
      nn.linear(options.count('inFeatures'), options.count('outFeatures'), {
        bias: options.flag('bias'),
        initializer: nn.init.zeros,
      }),
  },
  Sequential: {
    describe: (module) =>
      isA(module, nn.Sequential) ? { layers: module.layers.map((layer) => describeModule(layer)) } : null,
    size: (options) => options.parts('layers').reduce((sum, layer) => sum + parameterCount(layer), 0),
    build: (options) => nn.sequential(...options.parts('layers').map(buildModule)),
  },
  Sigmoid: activation('Sigmoid', null, nn.sigmoid),
  Tanh: activation('Tanh', null, nn.tanh),
  ReLU: activation('ReLU', null, nn.relu),
  LeakyReLU: activation('LeakyReLU', 'negativeSlope', nn.leakyRelu),
  ELU: activation('ELU', 'alpha', nn.elu),
  GELU: activation('GELU', null, nn.gelu),
  SiLU: activation('SiLU', null, nn.silu),
  Softplus: activation('Softplus', null, nn.softplus),
  Softmax: activation('Softmax', 'axis', nn.softmax),
};

/**
 * A module's architecture as JSON. Knows Sequential (so what `mlp` gives), Linear and the activations; throws a `ValueError` for
 * a module of any other class, such as one of your own.
 *
 * @example
 * describeModule(nn.mlp([2, 1])); // { type: 'Sequential', layers: [{ type: 'Linear', inFeatures: 2, outFeatures: 1, bias: true }] }
 */
export function describeModule(module: nn.Module): Architecture {
  for (const [type, layer] of Object.entries(LAYERS)) {
    const options = layer.describe(module);
    if (options) return { type, ...options };
  }
  throw new ValueError(
    `describeModule: there is no description of ${module}; there are those of ${Object.keys(LAYERS).join(', ')}. ` +
      'Save its parameters with writeSafetensors(stateDict(module)), and load them into a new one with loadStateDict',
  );
}

/**
 * A module of the described architecture, all of its parameters 0. Throws a `FormatError` for anything but what `describeModule`
 * gives.
 *
 * @example
 * String(buildModule(describeModule(nn.mlp([2, 16, 1])))); // 'Sequential(Linear(2, 16), Tanh, Linear(16, 1))'
 */
export function buildModule(architecture: Architecture): nn.Module {
  const { layer, options } = layerOf(architecture, 0);
  return layer.build(options);
}

/** @internal How many numbers the parameters of a described module hold; it is not built. */
export function parameterCount(architecture: Architecture): number {
  const { layer, options } = layerOf(architecture, 0);
  return layer.size(options);
}

function layerOf(architecture: unknown, place: number): { layer: Layer; options: Options } {
  const type = isObject(architecture) ? architecture['type'] : undefined;
  if (!isObject(architecture) || typeof type !== 'string' || !Object.hasOwn(LAYERS, type)) {
    throw new FormatError(
      `buildModule: expected a layer with a type of ${Object.keys(LAYERS).join(', ')}, got ${shown(type ?? architecture)}` +
        (place > 0 ? ` (layer ${place})` : ''),
    );
  }
  return { layer: LAYERS[type]!, options: new Options(type, architecture) };
}

/** The options of a described layer, each held to its kind as it is asked for. */
class Options {
  readonly #type: string;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(type: string, values: Readonly<Record<string, unknown>>) {
    this.#type = type;
    this.#values = values;
  }

  count(name: string): number {
    const value = this.#values[name];
    if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
    return this.#bad(name, 'a whole number of at least 1');
  }

  number(name: string): number {
    const value = this.#values[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : this.#bad(name, 'a number');
  }

  flag(name: string): boolean {
    const value = this.#values[name];
    return typeof value === 'boolean' ? value : this.#bad(name, 'true or false');
  }

  parts(name: string): readonly Architecture[] {
    const value = this.#values[name];
    if (!Array.isArray(value) || value.length === 0) return this.#bad(name, 'a list of layers');
    value.forEach((part: unknown, i) => layerOf(part, i + 1));
    return value as readonly Architecture[];
  }

  #bad(name: string, expected: string): never {
    throw new FormatError(
      `buildModule: ${name} of ${this.#type} must be ${expected}, got ${shown(this.#values[name])}`,
    );
  }
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 100);
}

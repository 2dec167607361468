// A network's architecture as JSON: which layers, in which order, with which options. The values are not part of it.

import { ChainruleError, ValueError } from '../../errors.js';
import type { Module } from '../../nn/index.js';
import type { RandomStateLike } from '../../random/index.js';
import { FormatError } from '../format-error.js';
import { isObject, MAX_DEPTH } from '../json.js';
import { DEFAULT_MAX_BYTES, type SizeLimit } from '../limits.js';
import { ACTIVATIONS } from './activations.js';
import { BASICS } from './basics.js';
import type { Architecture, Blueprint, Layer, Start } from './layer.js';
import { Options, shown } from './options.js';
import { PICTURES } from './pictures.js';
import { SEQUENCES } from './sequences.js';

/** Every type of layer. To add one is to add an entry to one of these tables. */
const LAYERS: Readonly<Record<string, Layer>> = { ...BASICS, ...ACTIVATIONS, ...PICTURES, ...SEQUENCES };
const TYPES = Object.keys(LAYERS).join(', ');

/**
 * A module's architecture as JSON: every layer of `nn`, and `sequential` and `residual` of those. Throws a `ValueError` for a
 * module that is or holds one of another class, such as one of your own, or a function of your own (`lambda`).
 *
 * @example
 * describeModule(nn.mlp([2, 1])); // { type: 'Sequential', layers: [{ type: 'Linear', inFeatures: 2, outFeatures: 1, bias: true }] }
 */
export function describeModule(module: Module): Architecture {
  return describe(module, 0);
}

function describe(module: Module, depth: number): Architecture {
  if (depth > MAX_LEVELS) {
    throw new ValueError(
      `describeModule: modules in modules, ${depth} deep; at most ${MAX_LEVELS} can be read`,
    );
  }
  for (const [type, layer] of Object.entries(LAYERS)) {
    const options = layer.describe(module, (part) => describe(part, depth + 1));
    if (options) return { type, ...options };
  }
  throw new ValueError(
    `describeModule: there is no description of ${module}; there are those of ${TYPES}. ` +
      'Save its parameters with writeSafetensors(stateDict(module)), and load them into a new one with loadStateDict',
  );
}

/** Options of `buildModule`. */
export interface BuildOptions extends SizeLimit {
  /** Seed or stream of the first values. Default: another one each time. */
  readonly randomState?: RandomStateLike;
}

/**
 * A new module of a described architecture; its parameters begin as those of any new one. Throws a `FormatError` for anything
 * but what `describeModule` gives, and, before it builds anything, for a module whose parameters would take more than
 * `maxBytes` (8 for each number).
 *
 * @example
 * String(buildModule(describeModule(nn.mlp([2, 16, 1])))); // 'Sequential(Linear(2, 16), Tanh, Linear(16, 1))'
 */
export function buildModule(architecture: Architecture, options: BuildOptions = {}): Module {
  const { maxBytes = DEFAULT_MAX_BYTES, randomState } = options;
  const { size, build } = readArchitecture(architecture);
  if (8 * size > maxBytes) {
    throw new FormatError(
      `buildModule: the parameters would take ${8 * size} bytes, expected at most ${maxBytes}; maxBytes allows more`,
    );
  }
  return build({ randomState });
}

/** @internal What an architecture from a file says, held to its kinds; nothing is built yet. Throws a `FormatError`. */
export function readArchitecture(architecture: unknown): Blueprint {
  return read(architecture, []);
}

/** `path` leads to a layer inside others, by the names that parameters have. */
function read(architecture: unknown, path: readonly string[]): Blueprint {
  const place = path.length === 0 ? '' : `layer ${path.join('.')}, `;
  if (path.length > MAX_LEVELS) {
    throw new FormatError(`buildModule: layers in layers, more than ${MAX_LEVELS} deep`);
  }
  const type = isObject(architecture) ? architecture['type'] : undefined;
  if (!isObject(architecture) || typeof type !== 'string' || !Object.hasOwn(LAYERS, type)) {
    throw new FormatError(
      `buildModule: ${place}expected a layer with a type of ${TYPES}, got ${shown(type ?? architecture)}`,
    );
  }
  const options = new Options(`${place}${type}`, architecture, (part, name) => read(part, [...path, name]));
  const { size, build } = LAYERS[type]!.read(options);
  options.checkAllAsked();
  return { size, build: (start) => built(`${place}${type}`, build, start) };
}

/** What layers themselves refuse, such as channels that do not fall into groups, is the file's fault here. */
function built(layer: string, build: Blueprint['build'], start: Start): Module {
  try {
    return build(start);
  } catch (error) {
    if (!(error instanceof ChainruleError) || error instanceof FormatError) throw error;
    throw new FormatError(`buildModule: ${layer} cannot be built: ${error.message}`, { cause: error });
  }
}

/** Each level opens at most two brackets, `layers: [{`, and a file has a few around them all. */
const MAX_LEVELS = (MAX_DEPTH - 10) / 2;

// What there is to know about a type of layer, so that it can be written down and built again.

import type * as nn from '../../nn/index.js';
import type { Options } from './options.js';

/** A module as JSON: its type by PyTorch's name, and its options. */
export interface Architecture {
  readonly type: string;
  readonly [option: string]: unknown;
}

/** How the parameters of a module that is built begin. Default: as those of a new one. */
export type Start = Pick<nn.LayerOptions, 'initializer' | 'randomState'>;

/** A layer that has been read and not been built. */
export interface Blueprint {
  /** How many numbers its parameters and persistent buffers will hold. */
  readonly size: number;
  readonly build: (start: Start) => nn.Module;
}

/** A type of layer. */
export interface Layer {
  /** The module's options; null if it is of another type. `part` describes a module inside it. */
  readonly describe: (
    module: nn.Module,
    part: (module: nn.Module) => Architecture,
  ) => Readonly<Record<string, unknown>> | null;
  /** Holds the options to their kinds. */
  readonly read: (options: Options) => Blueprint;
}

/** The entry for a class of modules itself: one that extends it may compute something else. */
export function layer<M extends nn.Module>(
  type: abstract new (...args: never[]) => M,
  describe: (module: M, part: (module: nn.Module) => Architecture) => Readonly<Record<string, unknown>>,
  read: (options: Options) => Blueprint,
): Layer {
  return {
    describe: (module, part) => (module.constructor === type ? describe(module as M, part) : null),
    read,
  };
}

// Module: something with parameters and a forward pass. Layers, losses and whole models are modules.

import { noGrad, Tensor, type TensorLike } from '../tensor/index.js';

/** What `namedBuffers` lists. */
export interface BufferOptions {
  /** Only buffers that a model file holds (true), or only those that a checkpoint needs besides (false). Default: all. */
  readonly persistent?: boolean;
}

/** Tensors that a module owns, by what they are to it. */
type Kind = 'parameter' | 'persistent buffer' | 'passing buffer';

/**
 * The base of layers, losses and models. A subclass keeps its parameters (tensors with `requiresGrad`), its parts (other
 * modules) and lists of either in its own properties; their names are their parameters' names. A module begins in training
 * mode, in which dropout drops and batch normalisation takes the statistics of the batch.
 *
 * @example
 * class Neuron extends nn.Module {
 *   readonly affine = nn.linear(2, 1);
 *   forward(x: TensorLike): Tensor {
 *     return this.affine.forward(x).sigmoid();
 *   }
 * }
 * new Neuron().namedParameters().map(([name]) => name); // ['affine.weight', 'affine.bias']
 */
export abstract class Module {
  #training = true;
  readonly #frozen = new Set<Tensor>();
  readonly #buffers = new Map<Tensor, Kind>();

  /** Computes the result from the inputs. */
  abstract forward(...inputs: readonly TensorLike[]): Tensor;

  /** How messages show this module. Default: the class's name. */
  toString(): string {
    return this.constructor.name;
  }

  /** Whether the module is in training mode. */
  get training(): boolean {
    return this.#training;
  }

  /** Puts the module and its parts into training mode, or with `false` into evaluation mode. Gives the module. */
  train(mode = true): this {
    for (const [, module] of this.namedModules()) module.#training = mode;
    return this;
  }

  /** Puts the module and its parts into evaluation mode: the same input gives the same result. Gives the module. */
  eval(): this {
    return this.train(false);
  }

  /** Every parameter with its path, `0.weight`, in the order in which they were made. A shared one comes once. */
  namedParameters(): [name: string, parameter: Tensor][] {
    return this.#owned((kind) => kind === 'parameter');
  }

  /** Every parameter, in the order of `namedParameters`. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /**
   * The state that no gradient moves, by path: running statistics, and, unless only `persistent` ones are asked for, the state
   * of random numbers. Restored with `assign`. Goes with `torch.nn.Module.named_buffers`.
   *
   * @example
   * nn.sequential(nn.batchNorm1d(2)).namedBuffers().map(([name]) => name); // ['0.running_mean', '0.running_var', '0.num_batches_tracked']
   */
  namedBuffers({ persistent }: BufferOptions = {}): [name: string, buffer: Tensor][] {
    return this.#owned(
      (kind) =>
        kind !== 'parameter' &&
        (persistent ?? kind === 'persistent buffer') === (kind === 'persistent buffer'),
    );
  }

  /** This module (under the name '') and all of its parts by path. A shared one comes once. */
  namedModules(): [name: string, module: Module][] {
    const found = new Map<Module, string>();
    walk(this, '', (path, value) => {
      if (!(value instanceof Module)) return;
      if (found.has(value)) return false;
      found.set(value, path);
    });
    return [...found].map(([module, path]) => [path, module]);
  }

  /**
   * Keeps parameters as they are: they get no gradient, and optimizers leave them alone, until `unfreeze`. With names, only
   * those whose path is one of them or begins with one: `freeze('0', '1.bias')`. Gives the module.
   *
   * @example
   * const model = nn.mlp([2, 8, 1]).freeze('0');
   * model.parameters().map((parameter) => parameter.requiresGrad); // [false, false, true, true]
   */
  freeze(...names: readonly string[]): this {
    return this.#setFrozen(true, names);
  }

  /** Lets frozen parameters learn again; with names, only those. Gives the module. */
  unfreeze(...names: readonly string[]): this {
    return this.#setFrozen(false, names);
  }

  /** The result of `forward` in evaluation mode, without recording. */
  predict(...inputs: readonly TensorLike[]): Tensor {
    const learning = this.namedModules().filter(([, module]) => module.#training);
    this.eval();
    try {
      return noGrad(() => this.forward(...inputs));
    } finally {
      for (const [, module] of learning) module.#training = true;
    }
  }

  /** @internal What the module is made of, by name. Default: its own properties. */
  parts(): readonly (readonly [name: string, part: unknown])[] {
    return Object.entries(this);
  }

  /** For subclasses: makes a tensor state of this module, moved by `assign`; a model file holds it unless it is not `persistent`. */
  protected buffer(state: Tensor, { persistent = true }: BufferOptions = {}): Tensor {
    this.#buffers.set(state, persistent ? 'persistent buffer' : 'passing buffer');
    return state;
  }

  #owned(wanted: (kind: Kind) => boolean): [name: string, tensor: Tensor][] {
    const found = new Map<Tensor, string>();
    walk(this, '', (path, value, owner) => {
      if (value instanceof Module || !(value instanceof Tensor)) return;
      const kind = owner.#kindOf(value);
      if (kind && wanted(kind) && !found.has(value)) found.set(value, path);
    });
    return [...found].map(([tensor, path]) => [path, tensor]);
  }

  #kindOf(tensor: Tensor): Kind | undefined {
    const isParameter = (tensor.requiresGrad && !tensor.origin) || this.#frozen.has(tensor);
    return isParameter ? 'parameter' : this.#buffers.get(tensor);
  }

  #setFrozen(frozen: boolean, names: readonly string[]): this {
    const chosen = this.namedParameters().filter(
      ([path]) => names.length === 0 || names.some((name) => path === name || path.startsWith(`${name}.`)),
    );
    const parameters = new Set(chosen.map(([, parameter]) => parameter));
    // Every module that holds one knows it, since a parameter may be shared and `requiresGrad` no longer tells.
    walk(this, '', (_, value, owner) => {
      if (value instanceof Tensor && parameters.has(value) && frozen) owner.#frozen.add(value);
    });
    for (const parameter of parameters) {
      (parameter as { requiresGrad: boolean }).requiresGrad = !frozen;
      parameter.grad = null;
    }
    return this;
  }
}

/** Visits a module, its tensors and its parts, each with its path and the module it belongs to; `false` goes no deeper. */
function walk(
  root: Module,
  path: string,
  visit: (path: string, value: unknown, owner: Module) => boolean | void,
): void {
  const each = (value: unknown, at: string, owner: Module): void => {
    if (value instanceof Tensor) visit(at, value, owner);
    else if (value instanceof Module) {
      if (visit(at, value, owner) === false) return;
      for (const [name, part] of value.parts()) each(part, at === '' ? name : `${at}.${name}`, value);
    } else if (Array.isArray(value)) {
      value.forEach((part, i) => each(part, at === '' ? `${i}` : `${at}.${i}`, owner));
    }
  };
  each(root, path, root);
}

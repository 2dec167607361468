// The numbers that a step moves, as they are at one time, and putting them back. `assign` replaces a tensor's numbers and
// never changes them, so that keeping them costs no copy; what lies in a machine's memory that keeps itself.

import type { Keeper, Kept } from '../engines/wasm/machine.js';
import { ShapeError, ValueError } from '../errors.js';
import type { Module } from '../nn/index.js';
import type { Optimizer } from '../optim/index.js';
import { formatShape, sameShape, type Tensor } from '../tensor/index.js';

/** Parameters and buffers of a model by name. */
export function tensorsOf(model: Module): ReadonlyMap<string, Tensor> {
  return new Map([...model.namedParameters(), ...model.namedBuffers()]);
}

/** What captures, each time it is called, the values that model and optimizer have then. */
export function capturing(model: Module, optimizer: Optimizer, keeper?: Keeper): () => Kept {
  const slots = [...optimizer.slots(model.namedParameters()).values()].map(({ target }) => target);
  const all = new Set([...tensorsOf(model).values(), ...slots]);
  keeper?.moved.forEach((tensor) => all.delete(tensor));
  return () => {
    const kept = keeper?.keep();
    const values = Array.from(all, (tensor) => [tensor, tensor.detach()] as const);
    return {
      isFinite: () =>
        (kept?.isFinite() ?? true) && values.every(([, { data }]) => data.every(Number.isFinite)),
      putBack() {
        kept?.putBack();
        for (const [tensor, value] of values) tensor.assign(value);
      },
    };
  };
}

/** A copy of the model's tensors by name. */
export function modelState(model: Module): Record<string, Tensor> {
  return Object.fromEntries(Array.from(tensorsOf(model), ([name, tensor]) => [name, tensor.detach()]));
}

/** Puts such a copy back; all or none. Throws a `ValueError` for names, a `ShapeError` for shapes of another model. */
export function loadModelState(where: string, model: Module, state: Readonly<Record<string, Tensor>>): void {
  const places = tensorsOf(model);
  const stranger = Object.keys(state).find((name) => !places.has(name));
  if (stranger !== undefined)
    throw new ValueError(`${where}: the saved state has ${stranger}, the model not`);
  for (const [name, { shape }] of places) {
    const saved = state[name];
    if (!saved) throw new ValueError(`${where}: the model has ${name}, the saved state not`);
    if (!sameShape(saved.shape, shape)) {
      throw new ShapeError(
        `${where}: ${name} was saved with shape ${formatShape(saved.shape)}, the model has ${formatShape(shape)}`,
      );
    }
  }
  for (const [name, place] of places) place.assign(state[name]!);
}

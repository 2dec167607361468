// A module's parameters by name, out of it and into it.

import { FormatError } from './format-error.js';
import type { Module } from '../nn/index.js';
import { formatShape, sameShape, type Tensor } from '../tensor/index.js';

/**
 * A copy of every parameter and every persistent buffer (running statistics) by its name. Equals `Module.state_dict` of
 * PyTorch, also in the names, where PyTorch has the layer.
 *
 * @example
 * const state = stateDict(nn.sequential(nn.linear(2, 1), nn.sigmoid()));
 * [...state.keys()]; // ['0.weight', '0.bias']
 */
export function stateDict(module: Module): Map<string, Tensor> {
  return new Map(stateOf(module).map(([name, tensor]) => [name, tensor.clone()]));
}

/**
 * Puts tensors into a module's parameters and persistent buffers of the same names; all or, if any does not fit, none. Equals
 * `Module.load_state_dict`. Throws a `FormatError` that lists the tensors that are missing, those that the module has no place for,
 * and those of another shape.
 *
 * @example
 * const trained = nn.linear(2, 1);
 * const fresh = nn.linear(2, 1);
 * loadStateDict(fresh, stateDict(trained));
 */
export function loadStateDict(module: Module, tensors: ReadonlyMap<string, Tensor>): void {
  const state = stateOf(module);
  checkState(state, tensors, `loadStateDict: the tensors are not those of ${module}`);
  for (const [name, tensor] of state) tensor.assign(tensors.get(name)!.clone());
}

/** What a model file holds of a module. */
function stateOf(module: Module): [name: string, tensor: Tensor][] {
  return [...module.namedParameters(), ...module.namedBuffers({ persistent: true })];
}

/** Throws a `FormatError` unless there is a tensor of the right shape for each name, and no other. */
function checkState(
  expected: Iterable<readonly [name: string, place: { readonly shape: readonly number[] }]>,
  tensors: ReadonlyMap<string, Tensor>,
  where: string,
): void {
  const places = new Map(expected);
  const missing = [...places.keys()].filter((name) => !tensors.has(name));
  const surplus = [...tensors.keys()].filter((name) => !places.has(name));
  const misshapen = [...places].flatMap(([name, { shape }]) => {
    const found = tensors.get(name);
    return !found || sameShape(found.shape, shape)
      ? []
      : [`${name} (expected ${formatShape(shape)}, got ${formatShape(found.shape)})`];
  });
  const problems = [
    ...(missing.length > 0 ? [`missing: ${listed(missing)}`] : []),
    ...(surplus.length > 0 ? [`not wanted: ${listed(surplus)}`] : []),
    ...(misshapen.length > 0 ? [`of another shape: ${listed(misshapen)}`] : []),
  ];
  if (problems.length > 0) throw new FormatError(`${where}; ${problems.join('; ')}`);
}

function listed(names: readonly string[]): string {
  const most = 8;
  return names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
}

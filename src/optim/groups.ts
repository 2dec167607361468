// Groups of parameters, each with options of its own.

import { ValueError } from '../errors.js';
import type { Tensor } from '../tensor/index.js';
import { optimizer, type NamedParameters, type Optimizer, type Slot } from './optimizer.js';

/** Parameters, and the optimizer that moves them. */
export interface ParameterGroup {
  readonly parameters: Iterable<Tensor>;
  readonly optimizer: Optimizer;
}

/**
 * An optimizer that leaves some parameters to others and the rest to the first. Its learning rate is the first's; setting
 * it changes those of all groups by the same factor. Goes with PyTorch's parameter groups. Throws a `ValueError` for a
 * parameter or an optimizer that is in two groups.
 *
 * @example
 * const model = nn.linear(2, 1);
 * const optimizer = optim.groups(optim.adamw(), {
 *   parameters: [model.bias],
 *   optimizer: optim.adamw({ weightDecay: 0 }),
 * });
 * optimizer.learningRate; // 0.001
 */
export function groups(rest: Optimizer, ...others: readonly ParameterGroup[]): Optimizer {
  const all = [rest, ...others.map(({ optimizer }) => optimizer)];
  if (new Set(all).size < all.length) {
    throw new ValueError('groups: an optimizer is in two groups; make one for each');
  }
  const groupOf = new Map<Tensor, Optimizer>();
  for (const { parameters, optimizer } of others) {
    for (const parameter of parameters) {
      if (groupOf.has(parameter)) {
        throw new ValueError(`groups: a parameter (${parameter.name ?? 'without a name'}) is in two groups`);
      }
      groupOf.set(parameter, optimizer);
    }
  }
  const moverOf = (parameter: Tensor): Optimizer => groupOf.get(parameter) ?? rest;

  return optimizer({
    name: rest.name,
    rate: {
      next: () => rest.learningRate,
      set(rate) {
        const factor = rate / rest.learningRate;
        for (const other of all.slice(1)) other.learningRate *= factor;
        rest.learningRate = rate;
      },
    },
    step(parameters) {
      const given = [...parameters];
      for (const mover of all) mover.step(given.filter((parameter) => moverOf(parameter) === mover));
    },
    slots(parameters: NamedParameters) {
      const given = [...parameters];
      const slots = new Map<string, Slot>();
      all.forEach((mover, i) => {
        const own = given.filter(([, parameter]) => moverOf(parameter) === mover);
        // What belongs to no parameter, such as the learning rate, is there once for each group.
        for (const [key, slot] of mover.slots(own)) slots.set(slot.of ? key : `${key}.${i}`, slot);
      });
      return slots;
    },
  });
}

// What optimizers share: a rule for one parameter, and its state from step to step.

import { ValueError } from '../errors.js';
import { noGrad, type Tensor } from '../tensor/index.js';

/** Changes parameters by their gradients. */
export interface Optimizer {
  readonly name: string;
  /** Moves every parameter that has a gradient, in place. State such as momentum is kept from step to step. */
  step(parameters: Iterable<Tensor>): void;
  /** Forgets the gradients, before the next `backward`. */
  zeroGrad(parameters: Iterable<Tensor>): void;
}

/** Tensors by name. */
type Tensors<Names extends string> = { readonly [name in Names]: Tensor };

/** How one parameter moves, written in tensor code. */
export interface UpdateRule<State extends string> {
  /** The state of a parameter that has not moved yet. */
  readonly begin: (parameter: Tensor) => Tensors<State>;
  /** From its value, its gradient and the state that the last step left, its new value and state. */
  readonly update: (
    parameter: Tensor,
    gradient: Tensor,
    state: Tensors<State>,
  ) => Tensors<State | 'parameter'>;
}

/** An optimizer that moves each parameter by a rule. */
export function optimizer<State extends string>(
  name: string,
  { begin, update }: UpdateRule<State>,
): Optimizer {
  const states = new WeakMap<Tensor, Tensors<State>>();
  return {
    name,
    step(parameters) {
      noGrad(() => {
        for (const parameter of parameters) {
          if (!parameter.grad) continue;
          const state = states.get(parameter) ?? begin(parameter);
          states.set(parameter, state);
          const moved = update(parameter, parameter.grad, state);
          for (const key of Object.keys(state) as State[]) state[key].assign(moved[key]);
          parameter.assign(moved.parameter);
        }
      });
    },
    zeroGrad(parameters) {
      for (const parameter of parameters) parameter.grad = null;
    },
  };
}

/** Throws a `ValueError` unless an option is a finite number of at least 0, or above it where it must be. */
export function checkOption(where: string, name: string, value: unknown, above = false): void {
  const fits = typeof value === 'number' && Number.isFinite(value) && (above ? value > 0 : value >= 0);
  if (!fits) {
    throw new ValueError(
      `${where}: ${name} must be a number ${above ? 'above' : 'of at least'} 0, got ${value}`,
    );
  }
}

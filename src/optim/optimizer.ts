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

/**
 * How one parameter moves, written in tensor code: from its value, its gradient and the state that the last step left
 * (undefined in the first), its new value and state.
 */
export type UpdateRule<State> = (
  parameter: Tensor,
  gradient: Tensor,
  state: State | undefined,
) => { readonly parameter: Tensor; readonly state: State };

/** An optimizer that moves each parameter by a rule. */
export function optimizer<State>(name: string, rule: UpdateRule<State>): Optimizer {
  const states = new WeakMap<Tensor, { readonly state: State }>();
  return {
    name,
    step(parameters) {
      noGrad(() => {
        for (const parameter of parameters) {
          if (!parameter.grad) continue;
          const moved = rule(parameter, parameter.grad, states.get(parameter)?.state);
          states.set(parameter, { state: moved.state });
          parameter.assign(moved.parameter);
        }
      });
    },
    zeroGrad(parameters) {
      for (const parameter of parameters) parameter.grad = null;
    },
  };
}

/** Throws a `ValueError` unless an option is a finite number of at least `least` (and above it, where it must be). */
export function checkOption(
  where: string,
  name: string,
  value: unknown,
  { least = 0, above = false }: { readonly least?: number; readonly above?: boolean } = {},
): void {
  const fits =
    typeof value === 'number' && Number.isFinite(value) && (above ? value > least : value >= least);
  if (!fits) {
    throw new ValueError(
      `${where}: ${name} must be a number ${above ? 'above' : 'of at least'} ${least}, got ${value}`,
    );
  }
}

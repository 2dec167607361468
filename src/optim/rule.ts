// Optimizers that move each parameter by itself: a rule in tensor code, and the state that it keeps for each.

import { noGrad, type Tensor } from '../tensor/index.js';
import { learningRateOf } from './learning-rate.js';
import { optimizer, type Optimizer, type Slot } from './optimizer.js';
import type { Schedule } from './schedules/schedule.js';

/** The state of one parameter; what an option leaves out is undefined. */
type Tensors = { readonly [name: string]: Tensor | undefined };

/** How one parameter moves, written in tensor code. */
export interface UpdateRule<State extends Tensors> {
  /** The state of a parameter that has not moved yet. */
  readonly begin: (parameter: Tensor) => State;
  /** From its value, its gradient, the state that the last step left and the rate of this one, its new value and state. */
  readonly update: (
    parameter: Tensor,
    gradient: Tensor,
    state: State,
    rate: Tensor,
  ) => State & { readonly parameter: Tensor };
}

/** An optimizer that moves each parameter by a rule. */
export function byRule<State extends Tensors>(
  name: string,
  learningRate: number | Schedule,
  { begin, update }: UpdateRule<State>,
): Optimizer {
  const rate = learningRateOf(name, learningRate);
  const states = new WeakMap<Tensor, State>();
  const stateOf = (parameter: Tensor): State => {
    const state = states.get(parameter) ?? begin(parameter);
    states.set(parameter, state);
    return state;
  };
  return optimizer({
    name,
    rate,
    step(parameters) {
      noGrad(() => {
        const now = rate.take();
        for (const parameter of parameters) {
          if (!parameter.grad || !parameter.requiresGrad) continue;
          const state = stateOf(parameter);
          const moved = update(parameter, parameter.grad, state, now);
          for (const [key, tensor] of tensorsIn(state)) tensor.assign(moved[key]!);
          parameter.assign(moved.parameter);
        }
      });
    },
    slots(parameters) {
      const slots = new Map<string, Slot>();
      for (const [key, target] of Object.entries(rate.tensors)) slots.set(key, { target });
      for (const [path, parameter] of parameters) {
        const initial = begin(parameter);
        for (const [key, target] of tensorsIn(stateOf(parameter))) {
          slots.set(`${path}.${key}`, { target, of: { parameter: path, initial: initial[key]! } });
        }
      }
      return slots;
    },
  });
}

function tensorsIn(state: Tensors): [key: string, tensor: Tensor][] {
  return Object.entries(state).flatMap(([key, tensor]) => (tensor ? [[key, tensor]] : []));
}

/** The gradient with the pull of weight decay, `weightDecay * parameter`, added to it. */
export function decayed(gradient: Tensor, parameter: Tensor, weightDecay: number): Tensor {
  return weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
}

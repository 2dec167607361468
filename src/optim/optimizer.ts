// What an optimizer is, and what all of them share: the learning rate that can be set, and the state by name for a file.

import { ShapeError, ValueError } from '../errors.js';
import { formatShape, sameShape, type Tensor } from '../tensor/index.js';

/** Parameters with their names, as `module.namedParameters()` gives them. */
export type NamedParameters = Iterable<readonly [name: string, parameter: Tensor]>;

/** What an optimizer remembers from step to step, by name: `learningRate`, `0.weight.velocity`. */
export type OptimizerState = Readonly<Record<string, Tensor>>;

/** Changes parameters by their gradients. */
export interface Optimizer {
  readonly name: string;
  /**
   * The rate of the next step. It can be set between two steps, compiled ones too; where a schedule decides, setting it
   * scales the schedule from here on, so that the next step has this rate. Throws a `ValueError` unless it is above 0.
   */
  learningRate: number;
  /**
   * Moves every parameter that has a gradient, in place; one without, or without `requiresGrad`, stays. State such as
   * momentum is kept from step to step.
   */
  step(parameters: Iterable<Tensor>): void;
  /** Forgets the gradients, before the next `backward`. */
  zeroGrad(parameters: Iterable<Tensor>): void;
  /** A copy of all that later steps depend on, by the names of the parameters. Goes with PyTorch's `state_dict`. */
  state(parameters: NamedParameters): OptimizerState;
  /**
   * Goes on from a saved state: the steps that follow are those that would have followed it, to the last bit. A parameter of
   * which nothing was saved begins anew. Throws a `ValueError` where the state is not that of such an optimizer for
   * parameters of these names, a `ShapeError` where a shape is another; then nothing has changed.
   */
  loadState(parameters: NamedParameters, state: OptimizerState): void;
  /** @internal The tensors of the state themselves, by name. */
  slots(parameters: NamedParameters): ReadonlyMap<string, Slot>;
}

/** A tensor of the state. */
export interface Slot {
  readonly target: Tensor;
  /** If it belongs to a parameter, that one's name and the value before its first step. */
  readonly of?: { readonly parameter: string; readonly initial: Tensor };
}

/** The learning rate as a number. */
export interface Rate {
  /** Of the next step. */
  next(): number;
  set(rate: number): void;
}

/** What is particular to an optimizer. */
interface Parts {
  readonly name: string;
  readonly rate: Rate;
  readonly step: Optimizer['step'];
  readonly slots: Optimizer['slots'];
}

/** Adds what all optimizers share. */
export function optimizer({ name, rate, step, slots }: Parts): Optimizer {
  return {
    ...{ name, step, slots },
    get learningRate() {
      return rate.next();
    },
    set learningRate(value) {
      rate.set(value);
    },
    zeroGrad(parameters) {
      for (const parameter of parameters) parameter.grad = null;
    },
    // `assign` replaces a tensor's numbers and never changes them, so what is detached stays.
    state: (parameters) =>
      Object.fromEntries(Array.from(slots(parameters), ([key, { target }]) => [key, target.detach()])),
    loadState(parameters, state) {
      const known = slots(parameters);
      checkKeys(name, known, state);
      const begins = newcomers(known, state);
      const moves = Array.from(known, ([key, { target, of }]) => {
        const values = of && begins.has(of.parameter) ? of.initial : state[key];
        if (!values) throw new ValueError(`${name}: the state lacks ${key}`);
        checkShapeOf(name, key, values, target);
        return () => target.assign(values);
      });
      for (const move of moves) move();
    },
  };
}

/** An optimizer around another, which steps otherwise. */
export function around(inner: Optimizer, changes: Pick<Parts, 'step'> & Partial<Parts>): Optimizer {
  return optimizer({
    name: inner.name,
    rate: {
      next: () => inner.learningRate,
      set(rate) {
        inner.learningRate = rate;
      },
    },
    slots: (parameters) => inner.slots(parameters),
    ...changes,
  });
}

function checkKeys(name: string, known: ReadonlyMap<string, Slot>, state: OptimizerState): void {
  const stranger = Object.keys(state).find((key) => !known.has(key));
  if (stranger === undefined) return;
  const keys = [...known.keys()];
  throw new ValueError(
    `${name}: the state holds ${stranger}, which belongs to none of these parameters; ` +
      `expected ${keys.slice(0, 6).join(', ')}${keys.length > 6 ? ', …' : ''}`,
  );
}

/** The parameters of which nothing was saved. */
function newcomers(known: ReadonlyMap<string, Slot>, state: OptimizerState): Set<string> {
  const parameters = new Set([...known.values()].flatMap(({ of }) => (of ? [of.parameter] : [])));
  for (const [key, { of }] of known) if (of && Object.hasOwn(state, key)) parameters.delete(of.parameter);
  return parameters;
}

function checkShapeOf(name: string, key: string, values: Tensor, target: Tensor): void {
  if (sameShape(values.shape, target.shape)) return;
  throw new ShapeError(
    `${name}: ${key} of the state has shape ${formatShape(values.shape)}, expected ${formatShape(target.shape)}`,
  );
}

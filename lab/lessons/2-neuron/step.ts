// One step of the neuron as numbers that can be traced: each with its formula and the numbers that it came from.

import { AffineFunction, Model, NEURON, NEURON_START } from '../../../lessons/index.js';
import { parse, variablesOf } from '../../../src/index.js';
import { lossWith, type DerivativeName } from '../../ui/derivatives.js';

/** What the reader sets. */
export interface Settings {
  readonly w1: number;
  readonly w2: number;
  readonly b: number;
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly lr: number;
}

/** The four parts of a step, in order. */
export const PASSES = ['forward', 'loss', 'backward', 'update'] as const;

/** One part of a step. */
export type Pass = (typeof PASSES)[number];

/** A number of the step. */
export interface Quantity {
  readonly name: string;
  readonly pass: Pass;
  readonly formula: string;
  readonly value: number;
}

/** Where the notes begin. */
export const START: Settings = {
  ...{ w1: NEURON_START.w[0], w2: NEURON_START.w[1], b: NEURON_START.b },
  ...{ x1: NEURON.x[0], x2: NEURON.x[1], y: NEURON.y, lr: NEURON.lr },
};

const DERIVATIVE = {
  right: '(p - y) / ((p + 1e-7) * (1 - p + 1e-7))',
  published: '(p - y) / (p + 1e-7 * (1 - p + 1e-7))',
} as const;

/** Every number of one step, in the order in which they are computed. */
export function quantitiesOf(settings: Settings, derivative: DerivativeName): readonly Quantity[] {
  const { x1, x2, y, lr } = settings;
  const model = modelAt(settings);
  const z = model.affine.forward([x1, x2]);
  const p = model.forward([x1, x2]);
  const { J, dJ_dp } = lossWith(derivative).forward(p, y);
  const dp_dz = model.sigmoid.backward(1);
  const dJ_dz = model.sigmoid.backward(dJ_dp);
  const after = model.backward(dJ_dp, lr);
  const quantity = (pass: Pass, name: string, formula: string, value: number): Quantity => {
    return { name, pass, formula, value };
  };
  return [
    quantity('forward', 'z', 'x1*w1 + x2*w2 + b', z),
    quantity('forward', 'p', '1 / (1 + exp(-z))', p),
    quantity('loss', 'J', '-(y*log(p) + (1 - y)*log(1 - p))', J),
    quantity('backward', 'dJ_dp', DERIVATIVE[derivative], dJ_dp),
    quantity('backward', 'dp_dz', 'p*(1 - p)', dp_dz),
    quantity('backward', 'dJ_dz', 'dJ_dp*dp_dz', dJ_dz),
    quantity('backward', 'dJ_dw1', 'dJ_dz*x1', dJ_dz * x1),
    quantity('backward', 'dJ_dw2', 'dJ_dz*x2', dJ_dz * x2),
    quantity('backward', 'dJ_db', 'dJ_dz', dJ_dz),
    quantity('update', 'w1', 'w1 - lr*dJ_dw1', after.w[0]),
    quantity('update', 'w2', 'w2 - lr*dJ_dw2', after.w[1]),
    quantity('update', 'b', 'b - lr*dJ_db', after.b),
  ];
}

/** The settings after a step. */
export function stepped(settings: Settings, derivative: DerivativeName): Settings {
  const quantities = quantitiesOf(settings, derivative);
  const updated = quantities.filter(({ pass }) => pass === 'update').map(({ name, value }) => [name, value]);
  return { ...settings, ...(Object.fromEntries(updated) as Pick<Settings, 'w1' | 'w2' | 'b'>) };
}

/** The loss before each of so many steps. */
export function lossesFrom(settings: Settings, derivative: DerivativeName, steps: number): readonly number[] {
  const { x1, x2, y, lr } = settings;
  const [model, loss] = [modelAt(settings), lossWith(derivative)];
  return Array.from({ length: steps }, () => {
    const { J, dJ_dp } = loss.forward(model.forward([x1, x2]), y);
    model.backward(dJ_dp, lr);
    return J;
  });
}

/** The names in a formula. */
export function namesIn(formula: string): readonly string[] {
  return variablesOf(parse(formula));
}

/** A formula with numbers in the place of its names. */
export function withNumbers(formula: string, values: ReadonlyMap<string, number>): string {
  return formula.replace(/[A-Za-z]\w*/g, (name) => {
    const value = values.get(name);
    if (value === undefined) return name;
    const text = String(Number(value.toPrecision(5)));
    return value < 0 ? `(${text})` : text;
  });
}

function modelAt({ w1, w2, b }: Settings): Model {
  const affine = new AffineFunction();
  affine.w = [w1, w2];
  affine.b = b;
  return new Model(affine);
}

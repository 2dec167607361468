// The optimizers and schedules that `train` knows by name.

import { optim } from '../../index.js';

/** What the command line says about steps. */
export interface StepOptions {
  readonly weightDecay?: number;
  readonly momentum?: number;
}

interface Entry {
  /** Its learning rate where none is given; null: that of the data set, which is meant for SGD. */
  readonly learningRate: number | null;
  readonly takesMomentum: boolean;
  readonly make: (learningRate: optim.Schedule | number, options: StepOptions) => optim.Optimizer;
}

/** Steps divided by the size of gradients: one rate for most data. */
export const ADAPTIVE = 0.01;

/** The optimizers by name. */
export const OPTIMIZERS = {
  sgd: {
    learningRate: null,
    takesMomentum: true,
    make: (learningRate, options) => optim.sgd({ learningRate, ...options }),
  },
  rmsprop: {
    learningRate: ADAPTIVE,
    takesMomentum: true,
    make: (learningRate, options) => optim.rmsprop({ learningRate, ...options }),
  },
  adagrad: {
    learningRate: ADAPTIVE * 10, // its steps only become smaller
    takesMomentum: false,
    make: (learningRate, { weightDecay = 0 }) => optim.adagrad({ learningRate, weightDecay }),
  },
  adam: {
    learningRate: ADAPTIVE,
    takesMomentum: false,
    make: (learningRate, { weightDecay = 0 }) => optim.adam({ learningRate, weightDecay }),
  },
  adamw: {
    learningRate: ADAPTIVE,
    takesMomentum: false,
    make: (learningRate, { weightDecay = 0.01 }) => optim.adamw({ learningRate, weightDecay }),
  },
} satisfies Record<string, Entry>;

/** The name of an optimizer. */
export type OptimizerName = keyof typeof OPTIMIZERS;

/** The names of the optimizers. */
export const OPTIMIZER_NAMES = Object.keys(OPTIMIZERS) as OptimizerName[];

const { cosine, exponentialDecay, linearWarmup, oneCycle, stepDecay } = optim.schedules;

/** The schedules by name, each over all steps of a run. */
export const SCHEDULES = {
  constant: (rate) => rate,
  step: (rate, steps) => stepDecay(rate, { every: Math.ceil(steps / 3) }),
  exponential: (rate, steps) => exponentialDecay(rate, { factor: 0.01, every: steps }),
  cosine: (rate, steps) => cosine(rate, { steps }),
  warmup: (rate, steps) => {
    const rising = Math.ceil(steps / 10);
    return linearWarmup(cosine(rate, { steps: Math.max(1, steps - rising) }), { steps: rising });
  },
  'one-cycle': (rate, steps) => oneCycle(rate, { steps }),
} satisfies Record<string, (rate: number, steps: number) => number | optim.Schedule>;

/** The name of a schedule. */
export type ScheduleName = keyof typeof SCHEDULES;

/** The names of the schedules. */
export const SCHEDULE_NAMES = Object.keys(SCHEDULES) as ScheduleName[];

// Chainrule: `fit` with whole epochs inside, `compile` of a step called from JavaScript, and the interpreter.

import { compile, fit, type FitOptions } from '../../src/index.js';
import type { Training } from '../contender.js';
import { lossAt, lossOf, modelOf, optimizerOf, stepOf, targetsOf, tensorBatches } from '../model.js';
import { toTensor, type Problem } from '../problem.js';

/** Ways of `fit`: its defaults, which use all threads, and one thing changed. */
const FITS: Readonly<Record<string, Partial<FitOptions>>> = {
  fit: {},
  'fit-1-thread': { threads: 1 },
  'fit-deterministic': { deterministic: true },
};

export function prepare(problem: Problem, variant: string): Training {
  const options = FITS[variant];
  return options ? fitting(problem, options) : stepping(problem, variant === 'compile');
}

/** One long `fit`, which waits at the end of an epoch until more are asked for. */
function fitting(problem: Problem, options: Partial<FitOptions>): Training {
  const { work, X } = problem;
  const model = modelOf(problem);
  const [first] = tensorBatches(problem);
  let left = 0; // epochs
  let done = (): void => {};
  let resume = (): void => {};
  const pause = (): Promise<void> => new Promise((resolve) => (resume = resolve));
  const onEpochEnd = (): void | Promise<void> => {
    if (--left > 0) return;
    const paused = pause();
    done();
    return paused;
  };
  let running: Promise<unknown> | undefined;
  const start = (): Promise<unknown> =>
    fit(model, toTensor(X), toTensor(targetsOf(problem)), {
      ...{ loss: lossOf(work), optimizer: optimizerOf(work), metrics: {}, shuffle: false },
      ...{ batchSize: work.batch, epochs: Number.MAX_SAFE_INTEGER, precision: work.precision },
      ...{ callbacks: [{ onEpochEnd }], ...options },
    });
  return {
    steps(n) {
      left = n / work.batches;
      const finished = new Promise<void>((resolve) => (done = resolve));
      if (running) resume();
      running ??= start();
      return Promise.race([finished, running.then(() => {})]); // `running` ends only by failing
    },
    loss: () => lossAt(model, work, ...first!),
    parameters: () => model.parameters().flatMap(({ data }) => [...data]),
  };
}

/** A step at a time, called from JavaScript. */
function stepping(problem: Problem, compiled: boolean): Training {
  const { work } = problem;
  const model = modelOf(problem);
  const batches = tensorBatches(problem);
  const plain = stepOf(model, work);
  const step = compiled ? compile(plain, { precision: work.precision }) : plain;
  return {
    steps(n) {
      for (let i = 0; i < n; i++) step(...batches[i % batches.length]!);
    },
    loss: () => lossAt(model, work, ...batches[0]!),
  };
}

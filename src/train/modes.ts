// Training and evaluation mode around the parts of a run, each module put back into its own afterwards.

import type { Module } from '../nn/index.js';

/** The way back to the modes that a model and its parts have now. */
export function keepModes(model: Module): () => void {
  const modes = model.namedModules().map(([, module]) => [module, module.training] as const);
  // A module's mode is its parts', too: those come after it and have the last word.
  return () => modes.forEach(([module, training]) => module.train(training));
}

/** Runs `body` while the model is in evaluation mode. */
export async function inEvaluation<T>(model: Module, body: () => T | Promise<T>): Promise<T> {
  const restore = keepModes(model);
  model.eval();
  try {
    return await body();
  } finally {
    restore();
  }
}

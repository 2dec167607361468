// What a network gives for many samples.

import { compile, concat, noGrad, TraceError, type nn, type Tensor } from '../../index.js';

/** Samples at a time: enough to be worth compiling for, few enough for Ctrl-C and other requests to get their turn. */
export const TOGETHER = 256;

/** Gives the outputs for `[samples, …]`, `[samples, …outputs]`; `pause` is called in between. */
export type Outputs = (X: Tensor, pause?: () => void) => Promise<Tensor>;

/**
 * A network's outputs in evaluation mode. Whole batches are compiled, in float64, where that can be; what is left over, and a few
 * samples alone, are interpreted: the same numbers to about 1e-12.
 */
export function outputsBy(model: nn.Module): Outputs {
  const whole = compiledOr(model);
  return async (X, pause = () => {}) => {
    const count = X.shape[0]!;
    const parts: Tensor[] = [];
    for (let first = 0; first < count; first += TOGETHER) {
      const end = Math.min(count, first + TOGETHER);
      const batch = X.slice([first, end]);
      parts.push(end - first === TOGETHER ? whole(batch) : model.predict(batch));
      await new Promise((resume) => setImmediate(resume));
      pause();
    }
    return parts.length === 1 ? parts[0]! : concat(parts);
  };
}

/** Compiled, or as it is where the network's code cannot be compiled. */
function compiledOr(model: nn.Module): (batch: Tensor) => Tensor {
  const compiled = compile((x: Tensor) => noGrad(() => model.eval().forward(x)), { precision: 'float64' });
  let canCompile = true;
  return (batch) => {
    if (!canCompile) return model.predict(batch);
    try {
      return compiled(batch);
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      canCompile = false;
      return model.predict(batch);
    }
  };
}

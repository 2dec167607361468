// A loss that ran away: which function made the first NaN or infinity, and in which step.

import type { Kept } from '../engines/wasm/machine.js';
import { AnomalyError, DivergenceError } from '../errors.js';
import { detectAnomaly } from '../tensor/index.js';
import type { Stretch } from './feed.js';
import type { BatchStep } from './runner.js';

/** A stretch, where it stands in the run, and the numbers that it began from. */
export interface Trail {
  readonly capture: Kept;
  readonly stretch: Stretch;
  /** Of its first batch. */
  readonly epoch: number;
  /** Of its first batch, from 1. */
  readonly batch: number;
  /** Of its first batch, from 1. */
  readonly step: number;
}

/** What is known of a run that diverged. */
export interface Divergence {
  readonly loss: number;
  /** The loss of the first batch of all. */
  readonly firstLoss: number;
  /** Which batch of the last stretch has that loss, from 0. */
  readonly bad: number;
  readonly last: Trail;
  readonly before: Trail | null;
  /** The interpreter's step: forward, backward, update. */
  readonly step: BatchStep;
  readonly capture: () => Kept;
  readonly precision: 'float64' | 'float32';
}

/** So many times the first loss (at least 1) is an explosion. */
export const EXPLOSION = 1e10;

/**
 * The error for such a run. The steps of the stretch are made again in the interpreter, which looks at every number; the
 * model and the optimizer are left as they were before the step in which it began.
 */
export function diverged(divergence: Divergence): DivergenceError {
  const { loss, firstLoss, bad, last } = divergence;
  const place = `in epoch ${last.epoch}, batch ${last.batch + bad}`;
  const advice =
    'a smaller learning rate (findLearningRate suggests one), clipped gradients (optim.clip) or inputs scaled to about -1 to 1 ' +
    'usually help';
  if (Number.isFinite(loss)) {
    last.capture.putBack();
    return new DivergenceError(
      `fit: the loss grew from ${firstLoss.toPrecision(3)} to ${loss.toPrecision(3)} ${place}; ${advice}`,
    );
  }
  const what = `fit: the loss became ${loss} ${place}; ${advice}`;
  const origin = originOf(divergence);
  if (!origin) {
    last.capture.putBack();
    const hint =
      divergence.precision === 'float32' ? ". In float64 it stays finite: precision: 'float64'" : '';
    return new DivergenceError(what + hint);
  }
  return new DivergenceError(
    `${what}. It began in step ${origin.step} (epoch ${origin.epoch}, batch ${origin.batch}): ${origin.error.message}. ` +
      'The model is as it was before that step',
    { cause: origin.error },
  );
}

interface Origin {
  readonly step: number;
  readonly epoch: number;
  readonly batch: number;
  readonly error: AnomalyError;
}

function originOf({ last, before, bad, step, capture }: Divergence): Origin | null {
  // An update can leave a NaN that is met only in the next stretch.
  const trails = before && !last.capture.isFinite() ? [before, last] : [last];
  trails[0]!.capture.putBack();
  for (const trail of trails) {
    const end = trail === last ? bad + 1 : trail.stretch.count;
    for (let i = 0; i < end; i++) {
      const start = capture();
      try {
        detectAnomaly(() => step(...trail.stretch.batch(i)));
      } catch (error) {
        start.putBack();
        if (!(error instanceof AnomalyError)) throw error;
        return { step: trail.step + i, epoch: trail.epoch, batch: trail.batch + i, error };
      }
    }
  }
  return null;
}

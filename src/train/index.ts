export type { BatchReport, Callback, CallbackState, EpochReport, Run, RunState } from './callback.js';
export { earlyStopping, type EarlyStoppingOptions } from './early-stopping.js';
export type { Pairs, Share, Validation } from './evaluate.js';
export type { Batch, Batches } from './feed.js';
export { findLearningRate, type LearningRateCurve, type LearningRateOptions } from './find-learning-rate.js';
export { fit, type FitOptions, type FitStreamOptions } from './fit.js';
export type { History } from './history.js';
export type { ImprovementOptions } from './improvement.js';
export { keepBest } from './keep-best.js';
export { accuracy, type Metric } from './metrics.js';
export * as metrics from './metrics/index.js';
export {
  reduceOnPlateau,
  type PlateauCallback,
  type PlateauOptions,
  type PlateauState,
} from './reduce-on-plateau.js';

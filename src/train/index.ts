export { fit, type BatchReport, type Callback, type EpochReport, type FitOptions } from './fit.js';
export type { History } from './history.js';
export { accuracy, type Metric } from './metrics.js';
export * as metrics from './metrics/index.js';
export {
  reduceOnPlateau,
  type PlateauCallback,
  type PlateauOptions,
  type PlateauState,
} from './reduce-on-plateau.js';

export { constant } from './constant.js';
export { cosine, type CosineOptions } from './cosine.js';
export { exponentialDecay, type ExponentialDecayOptions } from './exponential-decay.js';
export { linearWarmup, type LinearWarmupOptions } from './linear-warmup.js';
export { oneCycle, type OneCycleOptions } from './one-cycle.js';
export { perEpoch } from './per-epoch.js';
export type { Schedule } from './schedule.js';
export { stepDecay, type StepDecayOptions } from './step-decay.js';

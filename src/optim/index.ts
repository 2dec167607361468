export { type Optimizer } from './optimizer.js';
export { sgd, type SGDOptions } from './sgd.js';

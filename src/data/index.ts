export { makeBlobs, type BlobsOptions } from './blobs.js';
export { makeCircles, type CirclesOptions } from './circles.js';
export type { Dataset } from './dataset.js';
export { logicGate, type LogicGate } from './logic-gates.js';
export { makeMoons } from './moons.js';
export { makeSpirals, type SpiralsOptions } from './spirals.js';
export type { TwoClassOptions } from './two-classes.js';

export * from './check-random-state.js';
export { type Size } from './draw.js';
export * from './random-state.js';

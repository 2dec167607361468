export * from './activations.js';
export * as init from './init.js';
export type { Initializer } from './init.js';
export { Linear, linear, type LinearOptions } from './linear.js';
export * from './losses.js';
export { mlp, type MlpOptions } from './mlp.js';
export { Module } from './module.js';
export { Sequential, sequential } from './sequential.js';

// What a page imports that trains a network.

export { compile, fit, functions, grad, nn, optim, RandomState, tensor } from '../../src/index.js';

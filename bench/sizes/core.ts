// What it takes to train: tensors, functions, gradients, modules, optimizers, `fit` and the compiler.

export { compile, fit, functions, grad, nn, optim, RandomState, tensor } from '../../src/index.js';

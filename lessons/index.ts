// The four lessons, as a learner would write them from the class notes: plain numbers, forward and backward by hand.
// Each gives its data and prints nothing. The same four with the library stand in with-library/.

export * from './1-chain-rule.js';
export * from './2-neuron.js';
export * from './3-and-gate.js';
export * from './4-blobs.js';
export { AffineFunction, type Parameters } from './affine-function.js';
export { BCELoss, PublishedBCELoss, type LossAndDerivative } from './bce-loss.js';
export { Model } from './model.js';
export { Sigmoid } from './sigmoid.js';

// The four lessons with the library, a few lines each.

export { chainRule } from './1-chain-rule.js';
export { neuron } from './2-neuron.js';
export { andGate } from './3-and-gate.js';
export { blobs } from './4-blobs.js';

export type { Derivation, Quantity, Step, StepInput } from './derivation.js';
export { explain, type ExpressionOptions, type InputOptions } from './explain.js';
export { Explanation, type RenderOptions } from './explanation.js';
export { type ExplanationLabels } from './labels.js';

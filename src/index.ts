// Chainrule: backpropagation you can see, check and run. The public API, nothing else.

export * from './errors.js';
export {
  arange,
  detectAnomaly,
  eye,
  full,
  linspace,
  noGrad,
  ones,
  Tensor,
  tensor,
  zeros,
  type DType,
  type NestedArray,
  type Shape,
  type TensorLike,
  type TensorOptions,
} from './tensor/index.js';
export { RandomState, type RandomStateLike, type RandomStateSnapshot, type Seed } from './random/index.js';
export {
  concat,
  functions,
  take,
  type ClassLossOptions,
  type CrossEntropyOptions,
  type EluOptions,
  type FunctionName,
  type HuberOptions,
  type KLDivOptions,
  type LeakyReluOptions,
  type LossOptions,
  type Range,
  type Reduction,
  type ReductionOptions,
} from './functions/index.js';
export { grad, type GradientOptions } from './graph/index.js';
export { compile, type CompiledStep, type CompileOptions } from './engines/wasm/compile.js';
export {
  describeProgram,
  formatProgram,
  type KernelDescription,
  type ProgramDescription,
} from './engines/program/describe.js';
export * as data from './data/index.js';
export * as nn from './nn/index.js';
export * as optim from './optim/index.js';
export {
  accuracy,
  earlyStopping,
  findLearningRate,
  fit,
  keepBest,
  metrics,
  reduceOnPlateau,
  type Batch,
  type Batches,
  type BatchReport,
  type Callback,
  type CallbackState,
  type EarlyStoppingOptions,
  type EpochReport,
  type FitOptions,
  type FitStreamOptions,
  type History,
  type ImprovementOptions,
  type LearningRateCurve,
  type LearningRateOptions,
  type Metric,
  type Pairs,
  type PlateauCallback,
  type PlateauOptions,
  type PlateauState,
  type Run,
  type RunState,
  type Share,
  type Validation,
} from './train/index.js';
export {
  chain,
  Chain,
  differentiable,
  type Differentiable,
  type Subject,
  type TensorCode,
} from './protocol/index.js';
export {
  evaluate,
  ExpressionError,
  parse,
  print,
  toLatex,
  toMathML,
  variablesOf,
  type Expression,
} from './expression/index.js';
export {
  explain,
  Explanation,
  type Derivation,
  type ExplanationLabels,
  type ExpressionOptions,
  type InputOptions,
  type Quantity,
  type RenderOptions,
  type Step,
  type StepInput,
} from './explain/index.js';
export {
  assertGradient,
  check,
  expectGradient,
  foreign,
  GradientAssertionError,
  gradientMatchers,
  Report,
  type CheckOptions,
  type Finding,
  type ForeignFunction,
  type ForeignObject,
  type GradientExpectation,
  type NumericField,
  type SlotResult,
  type Verdict,
} from './check/index.js';

export { check, type CheckOptions } from './check.js';
export { foreign, type ForeignFunction, type ForeignObject } from './foreign.js';
export type { Finding, SlotResult, Verdict } from './finding.js';
export { Report } from './report.js';
export type { NumericField } from './state.js';
export {
  assertGradient,
  expectGradient,
  GradientAssertionError,
  gradientMatchers,
  type GradientExpectation,
} from './testing.js';

export { check, type CheckOptions } from './check.js';
export type { Finding, SlotResult, Verdict } from './finding.js';
export { Report } from './report.js';
export {
  assertGradient,
  expectGradient,
  GradientAssertionError,
  gradientMatchers,
  type GradientExpectation,
} from './testing.js';

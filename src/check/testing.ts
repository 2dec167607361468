// Gradient checks for test suites: an assertion for any runner, and matchers for Vitest's and Jest's `expect`.

import { check, type CheckOptions } from './check.js';
import type { Report } from './report.js';

/** A gradient that is not what the test says; the message is the report. */
export class GradientAssertionError extends Error {
  override readonly name = 'GradientAssertionError';
  readonly report: Report;

  constructor(expected: string, report: Report) {
    super(`expected the gradient to be ${expected}\n\n${report.toText()}`);
    this.report = report;
  }
}

/**
 * Throws a `GradientAssertionError`, with the report as its message, unless the subject's derivative is right. For
 * `node:test` and any other runner. Takes what `check` takes.
 *
 * @example
 * assertGradient(new MySigmoid(), { inputs: [0.3] });
 */
export function assertGradient(subject: unknown, options?: CheckOptions): void {
  expectGradient(subject, options?.inputs, options).toBeRight();
}

/** What can be said of a gradient in a test. */
export interface GradientExpectation {
  /** Fails unless the verdict is right. */
  toBeRight(): void;
  /** Fails unless the verdict is wrong, and for this cause if one is named. */
  toBeWrong(cause?: string): void;
}

/**
 * Checks a subject's derivative; the result reads like an expectation, and works in any test runner.
 *
 * @example
 * expectGradient(new MySigmoid(), [0.3]).toBeRight();
 */
export function expectGradient(
  subject: unknown,
  inputs?: CheckOptions['inputs'],
  options: CheckOptions = {},
): GradientExpectation {
  const report = check(subject, { ...options, ...(inputs && { inputs }) });
  return {
    toBeRight() {
      if (report.verdict !== 'right') throw new GradientAssertionError('right', report);
    },
    toBeWrong(cause) {
      const isNamed = cause === undefined || report.findings.some((finding) => finding.cause === cause);
      if (report.verdict !== 'wrong' || !isNamed) {
        throw new GradientAssertionError(cause === undefined ? 'wrong' : `wrong because of ${cause}`, report);
      }
    },
  };
}

/**
 * Matchers for `expect.extend` of Vitest and Jest.
 *
 * @example
 * expect.extend(gradientMatchers);
 * expect(new MySigmoid()).toHaveRightGradient({ inputs: [0.3] });
 */
export const gradientMatchers = {
  toHaveRightGradient(subject: unknown, options?: CheckOptions): { pass: boolean; message: () => string } {
    const report = check(subject, options);
    return {
      pass: report.verdict === 'right',
      message: () =>
        `expected the gradient ${report.verdict === 'right' ? 'not ' : ''}to be right\n\n${report.toText()}`,
    };
  },
};

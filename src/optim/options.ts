// What options of optimizers and schedules must be.

import { ValueError } from '../errors.js';

/** Throws a `ValueError` unless an option is a finite number of at least 0, or above it where it must be. */
export function checkOption(where: string, name: string, value: unknown, above = false): void {
  const fits = typeof value === 'number' && Number.isFinite(value) && (above ? value > 0 : value >= 0);
  if (!fits) {
    throw new ValueError(
      `${where}: ${name} must be a number ${above ? 'above' : 'of at least'} 0, got ${String(value)}`,
    );
  }
}

/** Throws a `ValueError` unless an option is a number from 0 up to but not including 1: how much of an average is kept. */
export function checkShare(where: string, name: string, value: unknown): void {
  if (!(typeof value === 'number' && value >= 0 && value < 1)) {
    throw new ValueError(`${where}: ${name} must be a number from 0 to below 1, got ${String(value)}`);
  }
}

/** Throws a `ValueError` unless an option is a whole number of at least 1. */
export function checkCount(where: string, name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1) {
    throw new ValueError(`${where}: ${name} must be a whole number of at least 1, got ${String(value)}`);
  }
}

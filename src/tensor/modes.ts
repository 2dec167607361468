// The switches that hold for a stretch of code: whether functions are recorded, whether their values are watched, and
// whether the code is only traced. This is the only state that is not in an object; each is set for the length of one call
// and restored after it.

import type { Tensor } from './tensor.js';

/** What `assign` was asked for while code was traced. */
export interface Assignment {
  readonly target: Tensor;
  readonly values: Tensor;
}

interface Modes {
  recording: boolean;
  watching: boolean;
  /** The assignments of the code that is being traced; null while none is. */
  tracing: Assignment[] | null;
}

const modes: Modes = { recording: true, watching: false, tracing: null };

/** Whether functions record the calls that made their results. */
export function isRecording(): boolean {
  return modes.recording;
}

/** Whether functions and derivatives throw when a value becomes NaN or infinite. */
export function isWatching(): boolean {
  return modes.watching;
}

/**
 * Runs `body` without recording: results have no history and cost no memory. Equals `torch.no_grad`.
 * `body` must be synchronous.
 */
export function noGrad<T>(body: () => T): T {
  return withMode('recording', false, body);
}

/**
 * Runs `body` and throws an `AnomalyError`, naming the function and the element, where a value or a derivative first
 * becomes NaN or infinite. Goes with `torch.autograd.set_detect_anomaly`. `body` must be synchronous.
 *
 * @example
 * detectAnomaly(() => tensor([1, 0]).log());
 * // AnomalyError: log(x): the result is -inf at [1], where x = 0
 */
export function detectAnomaly<T>(body: () => T): T {
  return withMode('watching', true, body);
}

/** @internal Runs `body` unwatched: its steps may pass infinity on the way to a finite result, as sigmoid(-1000) does. */
export function unwatched<T>(body: () => T): T {
  return withMode('watching', false, body);
}

/** @internal Where `assign` writes down what it was asked for instead of doing it, while code is traced; else null. */
export function tracedAssignments(): Assignment[] | null {
  return modes.tracing;
}

/**
 * @internal Runs `body` to see what it computes: every result remembers its call, and assignments are written down instead
 * of carried out.
 */
export function traced<T>(body: () => T): {
  readonly result: T;
  readonly assignments: readonly Assignment[];
} {
  const assignments: Assignment[] = [];
  return { result: withMode('tracing', assignments, body), assignments };
}

function withMode<Mode extends keyof Modes, T>(mode: Mode, value: Modes[Mode], body: () => T): T {
  const before = modes[mode];
  modes[mode] = value;
  try {
    return body();
  } finally {
    modes[mode] = before;
  }
}

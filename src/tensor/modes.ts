// The two switches that hold for a stretch of code: whether functions are recorded, and whether their values are watched.
// This is the only state that is not in an object; both are set for the length of one call and restored after it.

const modes = { recording: true, watching: false };

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

function withMode<T>(mode: keyof typeof modes, value: boolean, body: () => T): T {
  const before = modes[mode];
  modes[mode] = value;
  try {
    return body();
  } finally {
    modes[mode] = before;
  }
}

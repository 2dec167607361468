// What a finding is about, in terms of the learner's code.

/** Which derivative is looked for in the text of a function. */
export interface Wanted {
  /** The input or parameter that the derivative is by: `x`, or `affine.w`. */
  readonly slot: string | null;
  /** The input's place among the inputs; null for a parameter. */
  readonly index: number | null;
  /** What stands before the derivatives in the result: 1 where the value comes with them. */
  readonly resultsBefore: 0 | 1;
}

/** Names of derivatives by `{slot}`: `dw`, `dJ_dw`, `grad_w`, `wGrad`. Underscores are left out. Python reads this too. */
export const DERIVATIVE_NAME =
  '^(?:d|grad|grads|gradient|g|delta|d[a-z0-9]{1,6}d){slot}$|^{slot}(?:grad|gradient|delta)$';

/** Whether a variable or field is named after the derivative by something. */
export function isDerivativeBy(name: string, slot: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll('_', '');
  const escaped = plain(slot).replace(/[^\p{L}\p{N}]/gu, '\\$&');
  return new RegExp(DERIVATIVE_NAME.replaceAll('{slot}', escaped), 'u').test(plain(name));
}

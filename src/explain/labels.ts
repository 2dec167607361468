// The words of an explanation, so that it can speak another language.

/** Every word that a rendered explanation uses. */
export interface ExplanationLabels {
  readonly forward: string;
  readonly backward: string;
  readonly gradients: string;
  readonly value: string;
  readonly formula: string;
  readonly derivative: string;
  readonly local: string;
  readonly upstream: string;
  readonly product: string;
  /** Heads the sums of values that were used more than once. */
  readonly sums: string;
  /** Heads the inside of a composite function; `{name}` is its result, `{operation}` the function. */
  readonly inside: string;
  /** Where there is nothing to differentiate. */
  readonly noGradient: string;
}

/** The words in English. */
export const ENGLISH: ExplanationLabels = {
  forward: 'Forward',
  backward: 'Backward',
  gradients: 'Gradients',
  value: 'value',
  formula: 'formula',
  derivative: 'derivative',
  local: 'local derivative',
  upstream: 'upstream',
  product: 'product',
  sums: 'Used more than once: the contributions add up',
  inside: 'Inside {name} = {operation}',
  noGradient: 'Nothing here requires a gradient.',
};

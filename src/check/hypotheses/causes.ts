// The names of mistakes. They are part of the public API: tools and exercises ask for them.

/** What a diagnosis may name, the plainest first. */
export const CAUSES = [
  ...['sign-flipped', 'zero-gradient', 'bias-forgotten'],
  ...['constant-factor', 'summed-instead-of-averaged', 'averaged-instead-of-summed'],
  ...['upstream-missing', 'upstream-twice'],
  ...['local-derivative-missing', 'local-derivative-twice', 'inverted-factor'],
  ...['factor-missing', 'factor-extra', 'wrong-factor'],
  ...['misplaced-parenthesis', 'term-missing', 'term-extra', 'term-sign-flipped'],
  ...['taken-at-output', 'taken-at-input'],
  ...['gradient-of-other-input', 'transposed', 'factor-not-transposed', 'wrong-place'],
  ...['not-summed-over-batch', 'summed-over-wrong-axis', 'summed-too-far'],
  ...['overwritten-where-used-twice', 'updated-before-upstream'],
  ...['mask-missing', 'mask-inverted', 'mask-of-upstream', 'wrong-on-one-side'],
  ...['softmax-jacobian-diagonal-only', 'target-not-subtracted'],
  ...['statistics-as-constants', 'mean-path-forgotten', 'variance-path-forgotten'],
  ...['kernel-not-flipped', 'epsilon-too-large', 'clipped', 'absolute-value', 'constant-gradient'],
] as const;

/** The name of a mistake. */
export type Cause = (typeof CAUSES)[number];

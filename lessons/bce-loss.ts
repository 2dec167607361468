// Binary cross-entropy, with its derivative right and as the notes print it.

const EPSILON = 1e-7; // keeps the denominator away from 0

/** The loss of one prediction and its derivative. */
export interface LossAndDerivative {
  readonly J: number;
  readonly dJ_dp: number;
}

/** J = -(y ln p + (1 - y) ln(1 - p)) of a prediction p and its target y. */
export class BCELoss {
  forward(p: number, y: number): LossAndDerivative {
    const J = -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
    return { J, dJ_dp: this.derivative(p, y) };
  }

  /** dJ/dp = (p - y) / (p (1 - p)) */
  derivative(p: number, y: number): number {
    return (p - y) / ((p + EPSILON) * (1 - p + EPSILON));
  }
}

/**
 * The loss with the derivative that the notes print. A misplaced parenthesis leaves `p + 1e-7 · (…)` below the line, which is
 * p alone: the factor 1 - p is lost. The value J is right, so nothing but the training shows it.
 */
export class PublishedBCELoss extends BCELoss {
  override derivative(p: number, y: number): number {
    return (p - y) / (p + EPSILON * (1 - p + EPSILON));
  }
}

// Every error Chainrule throws on purpose. Its message is a sentence for people: what was expected, what came, where.

/** Base of all errors that Chainrule throws on purpose; anything else is a bug. */
export class ChainruleError extends Error {
  override readonly name: string = 'ChainruleError';
}

/** An argument has a value that makes no sense (a negative size, an unknown name, a learning rate of NaN). */
export class ValueError extends ChainruleError {
  override readonly name = 'ValueError';
}

/** Shapes do not fit each other, or an axis or index lies outside a shape. */
export class ShapeError extends ChainruleError {
  override readonly name = 'ShapeError';
}

/** A gradient was asked for where there is none to give. */
export class GradientError extends ChainruleError {
  override readonly name = 'GradientError';
}

/** Under `detectAnomaly`: a function's value or derivative became NaN or infinite. */
export class AnomalyError extends ChainruleError {
  override readonly name = 'AnomalyError';
}

/** Training ran away: the loss became NaN or infinite. */
export class DivergenceError extends ChainruleError {
  override readonly name = 'DivergenceError';
}

/** Code that was to be compiled does not do the same every time: it reads values, or draws random numbers. */
export class TraceError extends ChainruleError {
  override readonly name = 'TraceError';
}

// Layers as learners write them, some right and some wrong: see check.test.ts for which.

/** A base class, not to be checked. */
export class Layer {
  forward() {
    throw new Error('not implemented');
  }
  backward() {
    throw new Error('not implemented');
  }
}

export class Relu extends Layer {
  forward(x) {
    this.x = x;
    return x.map((v) => Math.max(v, 0));
  }
  backward(dy) {
    return dy.map((d, i) => (this.x[i] > 0 ? d : 0));
  }
}

export class Linear {
  constructor(nIn, nOut) {
    this.W = Array.from({ length: nIn }, () => Array.from({ length: nOut }, () => Math.random() - 0.5));
    this.b = Array(nOut).fill(0);
  }
  forward(x) {
    this.x = x;
    return this.b.map((b, j) => b + x.reduce((sum, v, i) => sum + v * this.W[i][j], 0));
  }
  backward(dy) {
    this.dW = this.x.map((v) => dy.map((d) => v * d));
    this.db = dy.map((d) => 2 * d); // wrong
    return this.x.map((_, i) => dy.reduce((sum, d, j) => sum + d * this.W[i][j], 0));
  }
}

export class Conv {
  constructor(options) {
    this.kernel = options.kernel;
  }
  forward(x) {
    return x;
  }
  backward(dy) {
    return dy;
  }
}

export class Dropout {
  forward(x) {
    this.mask = Math.random() < 0.5 ? 0 : 1;
    return x * this.mask;
  }
  backward(dy) {
    return dy * this.mask;
  }
}

// Pairs of functions, with a cache and without.
export function reluForward(x) {
  return [Math.max(0, x), x];
}
export function reluBackward(dout, cache) {
  return cache > 0 ? dout : 0;
}
export const square = (x) => x * x;
export const squareGrad = (x) => 3 * x; // wrong

export function mseLoss(prediction, target) {
  const loss = prediction.reduce((sum, p, i) => sum + (p - target[i]) ** 2, 0) / prediction.length;
  return { loss, dprediction: prediction.map((p, i) => 2 * (p - target[i])) }; // wrong
}

/** Two numbers, and no loss. */
export function extremes(xs) {
  return [Math.min(...xs), Math.max(...xs)];
}

export const parts = {
  double: {
    forward: (x) => 2 * x,
    backward: (dy) => 2 * dy,
  },
};

export const size = 3;

export default class Negate {
  forward = (x) => -x;
  backward = (dy) => dy; // wrong
}

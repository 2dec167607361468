// The parts that a network in NumPy is put together of: classes with forward and backward, as the notes write them.

import type { Activation, LossName, OptimizerName } from '../settings.js';

/** A layer; its first weights are drawn from a stream. */
export const LINEAR = `
class Linear:
    """z = x w^T + b"""

    def __init__(self, inputs, outputs, rng):
        bound = 1 / np.sqrt(inputs)
        self.w = rng.uniform(-bound, bound, (outputs, inputs))
        self.b = rng.uniform(-bound, bound, outputs)

    def forward(self, x):
        self.x = x
        return x @ self.w.T + self.b

    def backward(self, dJ_dz):
        self.dJ_dw = dJ_dz.T @ self.x
        self.dJ_db = dJ_dz.sum(axis=0)
        return dJ_dz @ self.w
`;

/** An activation: what it keeps of z, its output, and da_dz from what was kept. */
interface Piece {
  readonly name: string;
  readonly doc: string;
  readonly forward: readonly string[];
  readonly local: string;
}

const PIECES: Readonly<Record<Exclude<Activation, 'linear'>, Piece>> = {
  tanh: {
    ...{ name: 'Tanh', doc: 'a = tanh(z)', local: '1 - self.a**2' },
    forward: ['self.a = np.tanh(z)', 'return self.a'],
  },
  sigmoid: {
    ...{ name: 'Sigmoid', doc: 'a = 1 / (1 + e^-z)', local: 'self.a * (1 - self.a)' },
    forward: ['self.a = 1 / (1 + np.exp(-z))', 'return self.a'],
  },
  relu: {
    ...{ name: 'ReLU', doc: 'a = max(z, 0)', local: '(self.z > 0)' },
    forward: ['self.z = z', 'return np.maximum(z, 0)'],
  },
  leakyRelu: {
    ...{ name: 'LeakyReLU', doc: 'a = z if z > 0 else 0.01 z', local: 'np.where(self.z > 0, 1, 0.01)' },
    forward: ['self.z = z', 'return np.where(z > 0, z, 0.01 * z)'],
  },
  elu: {
    ...{ name: 'ELU', doc: 'a = z if z > 0 else e^z - 1' },
    forward: ['self.z = z', 'return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))'],
    local: 'np.where(self.z > 0, 1, np.exp(np.minimum(self.z, 0)))',
  },
  gelu: {
    ...{ name: 'GELU', doc: 'a = z Phi(z), with the normal distribution Phi' },
    forward: ['self.z = z', 'self.phi = (1 + np.vectorize(erf)(z / np.sqrt(2))) / 2', 'return z * self.phi'],
    local: 'self.phi + self.z * np.exp(-self.z**2 / 2) / np.sqrt(2 * np.pi)',
  },
  silu: {
    ...{ name: 'SiLU', doc: 'a = z s, with s = sigmoid(z)', local: 'self.s * (1 + self.z * (1 - self.s))' },
    forward: ['self.z = z', 'self.s = 1 / (1 + np.exp(-z))', 'return z * self.s'],
  },
  softplus: {
    ...{ name: 'Softplus', doc: 'a = log(1 + e^z)', local: '1 / (1 + np.exp(-self.z))' },
    forward: ['self.z = z', 'return np.logaddexp(0, z)'],
  },
};

/** The class of an activation. */
export function activationClass(activation: Exclude<Activation, 'linear'>): string {
  const { name, doc, forward, local } = PIECES[activation];
  return `
class ${name}:
    """${doc}"""

    def forward(self, z):
        ${forward.join('\n        ')}

    def backward(self, dJ_da):
        return dJ_da * ${/^[\w.]+\(.*\)$|^\(.*\)$/.test(local) ? local : `(${local})`}
`;
}

/** Its name. */
export function activationName(activation: Exclude<Activation, 'linear'>): string {
  return PIECES[activation].name;
}

/** What is left out in training. */
export const DROPOUT = `
class Dropout:
    """Leaves out each number with probability p in training, and scales the others."""

    def __init__(self, p, rng):
        self.p, self.rng, self.training = p, rng, True

    def forward(self, x):
        self.mask = (self.rng.rand(*x.shape) >= self.p) / (1 - self.p) if self.training else 1
        return x * self.mask

    def backward(self, dJ_dx):
        return dJ_dx * self.mask
`;

/** The network: its parts, one after the other and back. */
export const MODEL = `
class Model:
    def __init__(self, parts):
        self.parts = parts

    def forward(self, x):
        for part in self.parts:
            x = part.forward(x)
        return x

    def backward(self, dJ_dp):
        for part in reversed(self.parts):
            dJ_dp = part.backward(dJ_dp)
        return dJ_dp
`;

/** The class of a loss: the mean over the samples, and its derivative by the output. */
export const LOSS_CLASSES: Readonly<Record<LossName, { readonly name: string; readonly code: string }>> = {
  bce: {
    name: 'BCELoss',
    code: `
class BCELoss:
    """J = -(y log p + (1 - y) log(1 - p))"""

    def forward(self, p, y):
        self.p, self.y = p, y
        with np.errstate(divide="ignore"):
            log_p, log_q = np.maximum(np.log(p), -100), np.maximum(np.log1p(-p), -100)
        return -(y * log_p + (1 - y) * log_q).mean()

    def backward(self):
        p, y = self.p, self.y
        return (p - y) / np.maximum(p * (1 - p), 1e-12) / len(y)
`,
  },
  bceWithLogits: {
    name: 'BCEWithLogitsLoss',
    code: `
class BCEWithLogitsLoss:
    """J = max(z, 0) - z y + log(1 + e^-|z|), which is BCELoss after a sigmoid"""

    def forward(self, z, y):
        self.z, self.y = z, y
        return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).mean()

    def backward(self):
        return (1 / (1 + np.exp(-self.z)) - self.y) / len(self.y)
`,
  },
  mse: {
    name: 'MSELoss',
    code: `
class MSELoss:
    """J = (p - y)^2"""

    def forward(self, p, y):
        self.p, self.y = p, y
        return ((p - y) ** 2).mean()

    def backward(self):
        return 2 * (self.p - self.y) / len(self.y)
`,
  },
  hinge: {
    name: 'HingeLoss',
    code: `
class HingeLoss:
    """J = max(0, 1 - y z)"""

    def forward(self, z, y):
        self.z, self.y = z, y
        return np.maximum(0, 1 - y * z).mean()

    def backward(self):
        return np.where(self.y * self.z < 1, -self.y, 0) / len(self.y)
`,
  },
};

/** How each optimizer moves a parameter in place; it keeps what it remembers of each by its number. */
const STEPS: Readonly<
  Record<OptimizerName, { readonly name: string; readonly memory: string; readonly step: readonly string[] }>
> = {
  sgd: { name: 'SGD', memory: '', step: ['parameter -= self.lr * gradient'] },
  momentum: {
    ...{ name: 'Momentum', memory: 'velocity' },
    step: [
      'velocity = self.memory.setdefault(i, np.zeros_like(parameter))',
      'velocity[...] = 0.9 * velocity + gradient',
      'parameter -= self.lr * velocity',
    ],
  },
  rmsprop: {
    ...{ name: 'RMSprop', memory: 'square' },
    step: [
      'square = self.memory.setdefault(i, np.zeros_like(parameter))',
      'square[...] = 0.99 * square + 0.01 * gradient**2',
      'parameter -= self.lr * gradient / (np.sqrt(square) + 1e-8)',
    ],
  },
  adagrad: {
    ...{ name: 'Adagrad', memory: 'square' },
    step: [
      'square = self.memory.setdefault(i, np.zeros_like(parameter))',
      'square += gradient**2',
      'parameter -= self.lr * gradient / (np.sqrt(square) + 1e-10)',
    ],
  },
  adam: {
    ...{ name: 'Adam', memory: 'm, v' },
    step: [
      'm, v, t = self.memory.get(i, (np.zeros_like(parameter), np.zeros_like(parameter), 0))',
      'm, v, t = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2, t + 1',
      'self.memory[i] = (m, v, t)',
      'divisor = np.sqrt(v) / np.sqrt(1 - 0.999**t) + 1e-8',
      'parameter -= self.lr / (1 - 0.9**t) * m / divisor',
    ],
  },
};

/** The class of an optimizer. */
export function optimizerClass(optimizer: OptimizerName): { readonly name: string; readonly code: string } {
  const { name, memory, step } = STEPS[optimizer];
  const keeps = memory === '' ? '' : '\n        self.memory = {}';
  return {
    name,
    code: `
class ${name}:
    def __init__(self, lr):
        self.lr = lr${keeps}

    def step(self, i, parameter, gradient):
        ${step.join('\n        ')}
`,
  };
}

// Texts to start from: one that is right, two that are not, and one of the learner's own.

/** The names of the examples, in their order. */
export const EXAMPLES = ['example-sigmoid', 'example-bce', 'example-layer', 'example-own'] as const;

/** The name of an example. */
export type ExampleName = (typeof EXAMPLES)[number];

/** An example: what is in the editor, and inputs that fit. */
export interface Example {
  readonly source: string;
  /** As typed; empty where check finds some by itself. */
  readonly inputs: string;
}

/** The examples by name. */
export const examples: Readonly<Record<ExampleName, Example>> = {
  'example-sigmoid': {
    inputs: '',
    source: `/** a = 1 / (1 + exp(-z)) */
export class Sigmoid {
  private a = 0;

  forward(z: number): number {
    this.a = 1 / (1 + Math.exp(-z));
    return this.a;
  }

  backward(dJ_da: number): number {
    return dJ_da * this.a * (1 - this.a);
  }
}
`,
  },
  'example-bce': {
    inputs: '0.3, 1',
    source: `const EPSILON = 1e-7; // keeps the denominator away from 0

/** J = -(y ln p + (1 - y) ln(1 - p)), with the derivative that the notes print. */
export class BCELoss {
  forward(p: number, y: number): { J: number; dJ_dp: number } {
    const J = -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
    return { J, dJ_dp: this.derivative(p, y) };
  }

  derivative(p: number, y: number): number {
    return (p - y) / (p + EPSILON * (1 - p + EPSILON));
  }
}
`,
  },
  'example-layer': {
    inputs: '[[1, 2], [-0.5, 0.3], [0.7, -1.1]]',
    source: `/** y = x W + b on a batch: x [n, in], W [in, out], b [out]. */
export class Linear {
  W = [
    [0.4, -0.7],
    [-0.5, 0.3],
  ];
  b = [0.1, -0.2];
  dW: number[][] = [];
  db: number[][] = [];
  private x: number[][] = [];

  forward(x: number[][]): number[][] {
    this.x = x;
    return matmul(x, this.W).map((row) => row.map((y, j) => y + this.b[j]));
  }

  backward(dy: number[][]): number[][] {
    this.dW = matmul(transpose(this.x), dy);
    this.db = dy;
    return matmul(dy, transpose(this.W));
  }
}

function matmul(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));
}

function transpose(a: number[][]): number[][] {
  return a[0].map((_, j) => a.map((row) => row[j]));
}
`,
  },
  'example-own': {
    inputs: '',
    source: `// y = f(x): write both passes. Types may be left out.
let kept = 0;

export function forward(x: number): number {
  kept = x;
  return x ** 2;
}

export function backward(dy: number): number {
  return dy * 2 * kept;
}
`,
  },
};

/** Whether a name is that of an example. */
export function isExample(name: string): name is ExampleName {
  return (EXAMPLES as readonly string[]).includes(name);
}

// Models whose backward pass is given the target: what it is the derivative of, and what a step leaves behind.

import { describe, expect, test } from 'vitest';
import { check } from '../../src/check/index.js';

/** One hidden layer of relus and a sigmoid; backward goes back from the cross-entropy of the sample and updates. */
class Classifier {
  W1 = [
    [0.8, -0.6],
    [0.3, 0.9],
    [-0.7, 0.4],
  ];
  b1 = [0.1, 0.2, 0.3];
  w2 = [0.9, -0.5, 0.7];
  b2 = 0.05;
  protected z1: number[] = [];
  protected h: number[] = [];
  protected p = 0;

  forward(x: number[]): number {
    this.z1 = this.W1.map((row, j) => row.reduce((sum, w, i) => sum + w * x[i]!, this.b1[j]!));
    this.h = this.z1.map((z) => Math.max(0, z));
    const z2 = this.h.reduce((sum, v, j) => sum + v * this.w2[j]!, this.b2);
    this.p = 1 / (1 + Math.exp(-z2));
    return this.p;
  }

  backward(x: number[], y: number, lr: number): void {
    const dz2 = this.error(y);
    const dz1 = this.w2.map((w, j) => (this.z1[j]! > 0 ? w * dz2 : 0));
    this.w2 = this.w2.map((w, j) => w - lr * dz2 * this.h[j]!);
    this.b2 -= lr * dz2;
    this.W1 = this.W1.map((row, j) => row.map((w, i) => w - lr * dz1[j]! * x[i]!));
    this.b1 = this.b1.map((b, j) => b - lr * dz1[j]!);
  }

  protected error(y: number): number {
    return this.p - y;
  }
}

const inputs = [[0.7, -0.4], 1];
const derivatives = ({ slots }: ReturnType<typeof check>): Record<string, string> =>
  Object.fromEntries(slots.map(({ name, outcome }) => [name, outcome]));

describe('which loss it is', () => {
  test('one of the usual, found by the numbers', () => {
    const report = check(new Classifier(), { inputs });
    expect(report.verdict).toBe('right');
    expect(derivatives(report)).toMatchObject({ W1: 'agrees', b1: 'agrees', w2: 'agrees', b2: 'agrees' });
  });

  test('half a squared error as well', () => {
    class Regression extends Classifier {
      protected override error(y: number): number {
        return (this.p - y) * this.p * (1 - this.p);
      }
    }
    expect(check(new Regression(), { inputs }).verdict).toBe('right');
  });

  test('the method that the model has for it, whatever it is', () => {
    class Weighted extends Classifier {
      loss(x: number[], y: number): number {
        return 3 * (this.forward(x) - y) ** 2;
      }
      protected override error(y: number): number {
        return 6 * (this.p - y) * this.p * (1 - this.p);
      }
    }
    expect(check(new Weighted(), { inputs }).verdict).toBe('right');
    class Unweighted extends Weighted {
      protected override error(y: number): number {
        return super.error(y) / 3;
      }
    }
    const report = check(new Unweighted(), { inputs });
    expect(report).toMatchObject({ verdict: 'wrong' });
    expect(report.findings[0]).toMatchObject({ cause: 'constant-factor' });
  });

  test('a derivative of none of them is no verdict: it asks for the loss', () => {
    class Strange extends Classifier {
      protected override error(y: number): number {
        return Math.sin(this.p + 5 * y);
      }
    }
    expect(() => check(new Strange(), { inputs })).toThrow(/none of the usual losses.*method loss/s);
  });
});

test('a parameter updated before the others were computed with it is named', () => {
  class Hasty extends Classifier {
    override backward(x: number[], y: number, lr: number): void {
      const dz2 = this.error(y);
      this.w2 = this.w2.map((w, j) => w - lr * dz2 * this.h[j]!);
      const dz1 = this.w2.map((w, j) => (this.z1[j]! > 0 ? w * dz2 : 0));
      this.b2 -= lr * dz2;
      this.W1 = this.W1.map((row, j) => row.map((w, i) => w - lr * dz1[j]! * x[i]!));
      this.b1 = this.b1.map((b, j) => b - lr * dz1[j]!);
    }
  }
  const report = check(new Hasty(), { inputs });
  expect(derivatives(report)).toMatchObject({ W1: 'differs', b1: 'differs', w2: 'agrees', b2: 'agrees' });
  for (const { cause } of report.findings.filter(({ severity }) => severity === 'error'))
    expect(cause).toBe('updated-before-upstream');
});

describe('what an earlier backward pass leaves behind', () => {
  class Sigmoid {
    protected a: number[] = [];
    protected slopes: number[] | undefined;
    forward(z: number[]): number[] {
      this.a = z.map((x) => 1 / (1 + Math.exp(-x)));
      return this.a;
    }
    backward(da: number[]): number[] {
      this.slopes ??= this.a.map((a) => a * (1 - a));
      return da.map((d, i) => d * this.slopes![i]!);
    }
  }
  const given = [[0.3, -1.2]];

  test('slopes that are computed only once', () => {
    const { verdict, findings } = check(new Sigmoid(), { inputs: given });
    expect(verdict).toBe('wrong');
    expect(findings[0]).toMatchObject({ cause: 'stale-forward', slot: 'z' });
  });

  test('gradients that add up are no such thing', () => {
    class Scale {
      w = [0.5, 2];
      dw = [0, 0];
      private x: number[] = [];
      forward(x: number[]): number[] {
        this.x = x;
        return x.map((v, i) => v * this.w[i]!);
      }
      backward(dy: number[]): number[] {
        this.dw = this.dw.map((d, i) => d + dy[i]! * this.x[i]!);
        return dy.map((d, i) => d * this.w[i]!);
      }
    }
    expect(check(new Scale(), { inputs: given }).verdict).toBe('right');
  });
});

test('inputs that nobody gave are as wide as parameters that only some of them feel', () => {
  class PReLU {
    slope = [0.25, 0.35];
    dSlope = [0, 0];
    private x: number[][] = [];
    forward(x: number[][]): number[][] {
      this.x = x;
      return x.map((row) => row.map((v, c) => (v > 0 ? v : this.slope[c]! * v)));
    }
    backward(dy: number[][]): number[][] {
      this.dSlope = [0, 0];
      return this.x.map((row, n) =>
        row.map((v, c) => {
          const g = dy[n]![c]!;
          if (v <= 0) this.dSlope[c]! += g * v;
          return v > 0 ? g : this.wrong(this.slope[c]!) * g;
        }),
      );
    }
    protected wrong(slope: number): number {
      return slope;
    }
  }
  class Cut extends PReLU {
    protected override wrong(): number {
      return 0;
    }
  }
  expect(derivatives(check(new PReLU()))).toEqual({ x: 'agrees', slope: 'agrees' });
  expect(check(new Cut()).verdict).toBe('wrong');
});

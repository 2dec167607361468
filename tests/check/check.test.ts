import { describe, expect, test } from 'vitest';
import {
  AffineFunction,
  BCELoss,
  Function1,
  Function2,
  Function3,
  Function4,
  Model,
  PublishedBCELoss,
  Sigmoid,
} from '../../lessons/index.js';
import {
  assertGradient,
  chain,
  check,
  expectGradient,
  functions,
  GradientAssertionError,
  gradientMatchers,
  nn,
  RandomState,
  ValueError,
  type Tensor,
} from '../../src/index.js';

describe('the class notes', () => {
  test.each([
    ['Function1', new Function1()],
    ['Function2', new Function2()],
    ['Function3', new Function3()],
    ['Function4', new Function4()],
    ['the chain of the four', chain([new Function1(), new Function2(), new Function3(), new Function4()])],
    ['Sigmoid', new Sigmoid()],
    ['AffineFunction', new AffineFunction()],
    ['BCELoss', new BCELoss()],
    ['Model', new Model()],
  ])('%s is right', (_, subject) => {
    const { verdict, findings } = check(subject);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(verdict).toBe('right');
  });

  test('the published derivative is wrong, and the misplaced parenthesis is named with its correction', () => {
    const report = check(new PublishedBCELoss());
    expect(report.verdict).toBe('wrong');
    const [finding] = report.findings;
    expect(finding).toMatchObject({ cause: 'misplaced-parenthesis', slot: 'p' });
    expect(finding!.message).toContain('the right one times (1 - p)');
    expect(finding!.correction).toContain('((p + 1e-7) * (1 - p + 1e-7))');
    // What is expected and found is what the formulas give at the inputs reported.
    const { p, y } = finding!.inputs as { p: number; y: number };
    expect(finding!.expected).toBeCloseTo((p - y) / (p * (1 - p)), 7);
    expect(finding!.found).toBeCloseTo((p - y) / p, 5);
  });
});

class WrongSigmoid extends Sigmoid {
  override backward(dJ_dp: number): number {
    return -super.backward(dJ_dp);
  }
}

describe('an embedding gets whole numbers without being told', () => {
  /** Rows of a table, picked by number. */
  class Embedding {
    W = [[0.1, 0.2], [0.3, -0.4], [0.5, 0.6], [0.2, 0.9]]; // prettier-ignore
    dW: number[][] = [];
    #ids: readonly number[] = [];
    constructor(readonly adds: boolean) {}
    forward(ids: readonly number[]): number[][] {
      this.#ids = ids;
      return ids.map((id) => [...this.W[id]!]);
    }
    backward(dy: readonly number[][]): void {
      this.dW = this.W.map((row) => row.map(() => 0));
      this.#ids.forEach((id, n) => {
        this.dW[id] = this.dW[id]!.map((d, j) => (this.adds ? d : 0) + dy[n]![j]!);
      });
    }
  }
  test('right', () => expect(check(new Embedding(true)).verdict).toBe('right'));
  test('a row that is picked twice shows that its derivative is overwritten', () => {
    const [finding] = check(new Embedding(false)).findings;
    expect(finding).toMatchObject({ cause: 'overwritten-where-used-twice', slot: 'W' });
  });
});

describe('where', () => {
  test('a chain names its wrong part', () => {
    const report = check(chain([new Function1(), new WrongSigmoid(), functions.exp]), { inputs: [0.2] });
    expect(report.findings[0]).toMatchObject({ cause: 'sign-flipped', stage: 'WrongSigmoid' });
  });

  test('a model names its wrong layer, and leaves its state as it was', () => {
    class WrongModel extends Model {
      override readonly sigmoid = new WrongSigmoid();
    }
    const model = new WrongModel();
    const before = JSON.stringify(model);
    expect(check(model, { inputs: [[0.5, -1]] }).findings[0]).toMatchObject({ stage: 'sigmoid' });
    expect(JSON.stringify(model)).toBe(before);
  });

  test('a matrix names the element and what went in', () => {
    const square = {
      x: [] as number[][],
      forward(x: number[][]) {
        this.x = x;
        return x.map((row) => row.map((value) => value * value));
      },
      backward(dy: number[][]) {
        return dy.map((row, i) => row.map((d, j) => (i === 1 && j === 2 ? 3 : 2) * this.x[i]![j]! * d));
      },
    };
    const x = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const [finding] = check(square, { inputs: [x] }).findings;
    expect(finding!.index).toEqual([1, 2]);
    expect(finding!.found! / finding!.expected!).toBeCloseTo(1.5, 6);
    expect(Object.values(finding!.inputs)[0]).toEqual(x);
  });
});

describe('no false alarm', () => {
  test.each(Object.entries(nn.activations))('%s, at its kink and elsewhere', (_, make) => {
    expect(check(make(), { inputs: [[-1000, -1, 0, 1, 1000]] }).verdict).toBe('right');
  });
  test('ties of max', () => {
    expect(check((x: Tensor) => x.max(), { inputs: [[2, 2, 1]] }).verdict).toBe('right');
  });
  test('a module with parameters', () => {
    expect(check(nn.mlp([3, 4, 2], { randomState: 0 }), { inputs: [[[0.1, 0.2, 0.3]]] }).verdict).toBe(
      'right',
    );
  });
});

describe('what there is no verdict on says why', () => {
  test('a forward pass that draws random numbers', () => {
    const dropout = { forward: (x: number) => x * Math.random(), backward: (d: number) => d };
    const report = check(dropout, { inputs: [1] });
    expect(report.verdict).toBe('cannot tell');
    expect(report.findings[0]!.cause).toBe('forward-not-deterministic');
  });
  test.each([
    [
      'code for one number that is given two',
      { inputs: [[1, 2]] },
      (z: number) => 2 * z,
      (dy: number) => 2 * dy,
    ],
    ['log at 0', { inputs: [0] }, (p: number) => Math.log(p), (p: number) => 1 / p],
  ])('a result that is not finite: %s', (_, options, forward, backward) => {
    const { verdict, findings } = check([forward, backward], options);
    expect(verdict).toBe('cannot tell');
    expect(findings[0]!.cause).toBe('forward-not-finite');
  });
  test('but a mistake near to such inputs is told', () => {
    const { verdict, findings } = check([Math.log, (p: number) => 2 / p], { inputs: [0] });
    expect(verdict).toBe('wrong');
    expect(findings[0]!.cause).toBe('constant-factor');
  });
  test('something without a backward pass', () => {
    expect(() => check({ forward: (x: number) => Math.exp(x) }, { inputs: [1] })).toThrow(ValueError);
    expect(() => check(5)).toThrow(/expected an object with forward and backward/);
  });
  test('a backward pass that throws is wrong', () => {
    const broken = {
      forward: (x: number) => x,
      backward: (): number => {
        throw new TypeError('cannot unpack');
      },
    };
    const report = check(broken, { inputs: [1] });
    expect([report.verdict, report.findings[0]!.cause]).toEqual(['wrong', 'backward-throws']);
  });
});

test('a layer of 256 by 256 on a batch of 32 is checked along random directions, and says so', () => {
  const random = new RandomState(0);
  const report = check(nn.linear(256, 256, { randomState: random }), { inputs: [random.randn(32, 256)] });
  expect(report.verdict).toBe('right');
  expect(report.chanceOfMiss).toBeGreaterThan(0);
  expect(report.chanceOfMiss).toBeLessThan(0.01);
  expect(report.toText()).toMatch(/random directions/);
});

describe('for test suites', () => {
  test('expectGradient, assertGradient and the matcher pass on right code', () => {
    expectGradient(new Sigmoid(), [0.3]).toBeRight();
    assertGradient(new Sigmoid(), { inputs: [0.3] });
    expect(gradientMatchers.toHaveRightGradient(new Sigmoid()).pass).toBe(true);
  });
  test('and fail on wrong code, with the report as their message', () => {
    expectGradient(new WrongSigmoid(), [0.3]).toBeWrong('sign-flipped');
    expect(() => expectGradient(new WrongSigmoid(), [0.3]).toBeRight()).toThrow(GradientAssertionError);
    expect(() => assertGradient(new WrongSigmoid())).toThrow(/sign-flipped/);
    expect(() => expectGradient(new Sigmoid()).toBeWrong()).toThrow(/expected the gradient to be wrong/);
    expect(gradientMatchers.toHaveRightGradient(new WrongSigmoid())).toMatchObject({ pass: false });
  });
});

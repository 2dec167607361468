// Exercise: the whole neuron, which hands the derivative from part to part.

import { AffineFunction } from './affine.js';
import { defineExercise } from './kit/exercise.js';
import { Sigmoid } from './sigmoid.js';

class Model {
  affine: AffineFunction;
  sigmoid = new Sigmoid();

  constructor(w: number[], b: number) {
    this.affine = new AffineFunction(w, b);
  }

  forward(x: number[]): number {
    return this.sigmoid.forward(this.affine.forward(x));
  }

  backward(dJ_dp: number, lr: number): void {
    const dJ_dz = this.sigmoid.backward(dJ_dp);
    this.affine.backward(dJ_dz, lr);
  }
}

export const neuron = defineExercise({
  name: 'neuron',
  title: { en: 'The whole neuron', ko: '뉴런 전체' },
  text: {
    en: `
      An affine function and a sigmoid make a neuron:

          z = x·w + b
          p = sigmoid(z)

      AffineFunction and Sigmoid are the classes of the exercises affine and sigmoid: fill them in from there,
      or import them from your files. New is Model, which owns one of each. forward gets x and returns p.
      backward gets dJ_dp and the learning rate; it computes no derivative of its own, but hands what it gets
      from part to part, last to first.
    `,
    ko: `
      아핀 함수와 시그모이드를 이으면 뉴런이 됩니다.

          z = x·w + b
          p = sigmoid(z)

      AffineFunction과 Sigmoid는 연습 문제 affine과 sigmoid의 클래스입니다. 그때 쓴 것으로 채우거나, 그 파일에서 import하세요.
      새로 쓸 것은 둘을 하나씩 가진 Model입니다. forward는 x를 받아 p를 돌려줍니다. backward는 dJ_dp와 학습률을 받습니다. 스스로
      미분하지 않고, 받은 값을 마지막 부분부터 거꾸로 넘기기만 합니다.
    `,
  },
  skeleton: `
    /** z = x·w + b, from the exercise affine. */
    export class AffineFunction {
      w: number[];
      b: number;

      constructor(w: number[], b: number) {
        this.w = w;
        this.b = b;
      }

      forward(x: number[]): number {
        throw new Error('TODO: AffineFunction.forward');
      }

      backward(dJ_dz: number, lr: number): void {
        throw new Error('TODO: AffineFunction.backward');
      }
    }

    /** a = 1 / (1 + exp(-z)), from the exercise sigmoid. */
    export class Sigmoid {
      forward(z: number): number {
        throw new Error('TODO: Sigmoid.forward');
      }

      backward(dJ_da: number): number {
        throw new Error('TODO: Sigmoid.backward');
      }
    }

    /** p = sigmoid(x·w + b) */
    export class Model {
      affine: AffineFunction;
      sigmoid = new Sigmoid();

      constructor(w: number[], b: number) {
        this.affine = new AffineFunction(w, b);
      }

      forward(x: number[]): number {
        throw new Error('TODO: Model.forward');
      }

      /** The chain rule, last to first; w and b take the step. */
      backward(dJ_dp: number, lr: number): void {
        throw new Error('TODO: Model.backward');
      }
    }
  `,
  reference: { Model },
  hints: [
    {
      en: 'forward calls two forwards, backward calls two backwards. Which part comes first in each?',
      ko: 'forward는 두 부분의 forward를, backward는 두 부분의 backward를 부릅니다. 각각 어느 쪽을 먼저 불러야 할까요?',
    },
    {
      en: 'backward starts where forward ended. What one backward returns is the upstream of the next.',
      ko: 'backward는 forward가 끝난 곳에서 시작합니다. 한 backward가 돌려준 값이 다음 backward의 상류 기울기가 됩니다.',
    },
    {
      en: 'dJ_dp is the derivative by the sigmoid’s result, dJ_dz the one by the affine function’s. Only one of the two parts wants the learning rate.',
      ko: 'dJ_dp는 시그모이드의 결과로 미분한 값이고, dJ_dz는 아핀 함수의 결과로 미분한 값입니다. 학습률은 둘 가운데 한 부분에만 필요합니다.',
    },
  ],
  trials: [
    {
      name: 'Model',
      make: (code) => new code.Model([0.4, -0.6], 0.2),
      inputs: [[[0.8, -1.3]], [[1, 0]], [[-0.5, 2]]],
    },
  ],
});

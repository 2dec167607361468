// Exercise: the affine function of a neuron, which takes its step in backward.

import { defineExercise } from './kit/exercise.js';

export class AffineFunction {
  w: number[];
  b: number;
  #x: number[] = [];

  constructor(w: number[], b: number) {
    this.w = w;
    this.b = b;
  }

  forward(x: number[]): number {
    this.#x = x;
    return x.reduce((sum, x_i, i) => sum + x_i * this.w[i]!, this.b);
  }

  backward(dJ_dz: number, lr: number): void {
    this.w = this.w.map((w_i, i) => w_i - lr * this.#x[i]! * dJ_dz);
    this.b -= lr * dJ_dz;
  }
}

export const affine = defineExercise({
  name: 'affine',
  title: { en: 'The affine function of a neuron', ko: '뉴런의 아핀 함수' },
  text: {
    en: `
      What a neuron computes before its sigmoid, from inputs x, weights w and a bias b:

          z = x[0]·w[0] + x[1]·w[1] + … + b

      forward gets x and returns z. backward gets dJ_dz and the learning rate lr, and takes the step: it moves
      every weight and the bias by lr times the derivative of J by it, downhill. It returns nothing.
    `,
    ko: `
      뉴런이 시그모이드에 앞서 계산하는 함수입니다. 입력 x, 가중치 w, 편향 b를 씁니다.

          z = x[0]·w[0] + x[1]·w[1] + … + b

      forward는 x를 받아 z를 돌려줍니다. backward는 dJ_dz와 학습률 lr을 받아 매개변수를 갱신합니다. 각 가중치와 편향을, J를 그
      값으로 미분한 것에 lr을 곱한 만큼 J가 줄어드는 쪽으로 옮깁니다. 돌려주는 값은 없습니다.
    `,
  },
  skeleton: `
    /** z = x·w + b */
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

      /** Moves w and b by one step. */
      backward(dJ_dz: number, lr: number): void {
        throw new Error('TODO: AffineFunction.backward');
      }
    }
  `,
  reference: { AffineFunction },
  hints: [
    {
      en: 'If w[0] grows by a little, by how many times that does z grow? And if b does?',
      ko: 'w[0]이 조금 커지면 z는 그 몇 배만큼 커질까요? b가 커질 때는요?',
    },
    {
      en: 'dz/dw[i] is an input that forward has seen, so keep x. dz/db is a constant.',
      ko: 'dz/dw[i]는 forward가 받은 입력 가운데 하나이므로 x를 저장해 두세요. dz/db는 상수입니다.',
    },
    {
      en: 'Downhill means against the derivative: subtract. Each weight has its own derivative, made of three factors in the step: lr, dJ_dz and its own input.',
      ko: 'J가 줄어드는 쪽은 도함수의 반대쪽이므로 빼야 합니다. 가중치마다 도함수가 다르며, 옮기는 양은 lr, dJ_dz, 그 가중치의 입력 이 세 가지의 곱입니다.',
    },
  ],
  trials: [
    {
      name: 'AffineFunction',
      make: (code) => new code.AffineFunction([0.5, -0.3], 0.1),
      inputs: [[[0.7, -1.2]], [[1, 0]]],
    },
    {
      name: 'AffineFunction w[3]',
      make: (code) => new code.AffineFunction([0.2, 0.9, -1.1], -0.4),
      inputs: [[[1.5, -0.5, 2]]],
    },
  ],
});

// Exercise: a residual block, in which the input is used twice.

import { defineExercise } from './kit/exercise.js';
import { matmul, MATRIX_HELPERS, transpose } from './kit/matrix.js';

class Residual {
  W: number[][];
  dW: number[][] = [];
  #x: number[][] = [];
  #h: number[][] = [];

  constructor(W: number[][]) {
    this.W = W;
  }

  forward(x: number[][]): number[][] {
    this.#x = x;
    this.#h = matmul(x, this.W).map((row) => row.map(Math.tanh));
    return x.map((row, i) => row.map((x_j, j) => x_j + this.#h[i]![j]!));
  }

  backward(dy: number[][]): number[][] {
    const dz = dy.map((row, i) => row.map((dy_j, j) => dy_j * (1 - this.#h[i]![j]! ** 2)));
    this.dW = matmul(transpose(this.#x), dz);
    const through = matmul(dz, transpose(this.W));
    return dy.map((row, i) => row.map((dy_j, j) => dy_j + through[i]![j]!));
  }
}

export const residual = defineExercise({
  name: 'residual',
  title: { en: 'A value used twice: the residual block', ko: '두 번 쓰이는 값: 잔차 블록' },
  text: {
    en: `
      The input takes two paths, one through a layer and one around it:

          h = tanh(x W)
          y = x + h

          x, h, y [n, d]   W [d, d]

      forward returns y. backward gets dy, stores dW and returns dx. It is this short cut that lets networks of
      a hundred layers learn: look at what dx is where the layer itself passes nothing back.
    `,
    ko: `
      입력이 두 갈래로 나뉘어, 하나는 층을 지나고 하나는 층을 건너뜁니다.

          h = tanh(x W)
          y = x + h

          x, h, y [n, d]   W [d, d]

      forward는 y를 돌려줍니다. backward는 dy를 받아 dW를 저장하고 dx를 돌려줍니다. 층이 백 개나 되는 신경망이 학습할 수
      있는 것은 이 지름길 덕분입니다. 층 자체가 아무것도 되돌려 보내지 않을 때 dx가 어떻게 되는지 살펴보세요.
    `,
  },
  skeleton: `
    /** y = x + tanh(x W) */
    export class Residual {
      W: number[][]; // [d, d]
      dW: number[][] = [];

      constructor(W: number[][]) {
        this.W = W;
      }

      forward(x: number[][]): number[][] {
        throw new Error('TODO: Residual.forward');
      }

      /** Stores dW, returns dx. */
      backward(dy: number[][]): number[][] {
        throw new Error('TODO: Residual.backward');
      }
    }
  `,
  helpers: MATRIX_HELPERS,
  reference: { Residual },
  hints: [
    {
      en: 'If x grows by a little, y changes for two reasons. What does each of them contribute to dx?',
      ko: 'x가 조금 커지면 y는 두 가지 이유로 바뀝니다. 각각 dx에 무엇을 보탤까요?',
    },
    {
      en: 'The path through the layer is that of the exercise two-layers: from dy through tanh to dz, from dz to dW and to its share of dx.',
      ko: '층을 지나는 길은 연습 문제 two-layers와 같습니다. dy에서 tanh를 거쳐 dz로, dz에서 dW와 dx의 한 몫으로 이어집니다.',
    },
    {
      en: 'Along the path around the layer dy arrives unchanged. Where paths meet on the way back, what they bring is added; neither replaces the other.',
      ko: '층을 건너뛰는 길로는 dy가 그대로 도착합니다. 되돌아오는 길이 만나는 곳에서는 각 길로 온 것을 더합니다. 하나가 다른 하나를 덮어쓰면 안 됩니다.',
    },
  ],
  trials: [
    {
      name: 'Residual',
      make: (code) =>
        new code.Residual([
          [0.4, -0.7, 0.2],
          [-0.5, 0.3, 0.9],
          [0.8, 0.1, -0.6],
        ]),
      inputs: [
        [
          [
            [1, -0.4, 0.3],
            [-0.5, 0.8, -1.2],
          ],
        ],
        [[[0.2, 0.6, -0.9]]],
      ],
    },
  ],
});

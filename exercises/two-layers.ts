// Exercise: a network of two layers, by hand from end to end.

import { defineExercise } from './kit/exercise.js';
import { matmul, MATRIX_HELPERS, transpose } from './kit/matrix.js';

class TwoLayerNetwork {
  W1: number[][];
  b1: number[];
  W2: number[][];
  b2: number[];
  dW1: number[][] = [];
  db1: number[] = [];
  dW2: number[][] = [];
  db2: number[] = [];
  #x: number[][] = [];
  #h: number[][] = [];

  constructor(W1: number[][], b1: number[], W2: number[][], b2: number[]) {
    this.W1 = W1;
    this.b1 = b1;
    this.W2 = W2;
    this.b2 = b2;
  }

  forward(x: number[][]): number[][] {
    this.#x = x;
    this.#h = matmul(x, this.W1).map((row) => row.map((z_j, j) => Math.tanh(z_j + this.b1[j]!)));
    return matmul(this.#h, this.W2).map((row) => row.map((y_j, j) => y_j + this.b2[j]!));
  }

  backward(dy: number[][]): number[][] {
    this.dW2 = matmul(transpose(this.#h), dy);
    this.db2 = this.b2.map((_, j) => dy.reduce((sum, row) => sum + row[j]!, 0));
    const dh = matmul(dy, transpose(this.W2));
    const dz = dh.map((row, i) => row.map((dh_j, j) => dh_j * (1 - this.#h[i]![j]! ** 2)));
    this.dW1 = matmul(transpose(this.#x), dz);
    this.db1 = this.b1.map((_, j) => dz.reduce((sum, row) => sum + row[j]!, 0));
    return matmul(dz, transpose(this.W1));
  }
}

export const twoLayers = defineExercise({
  name: 'two-layers',
  title: { en: 'A network of two layers', ko: '두 층 신경망' },
  text: {
    en: `
      Two affine layers with a tanh between them, on a batch:

          z = x W1 + b1
          h = tanh(z)
          y = h W2 + b2

          x [n, in]   h [n, hidden]   y [n, out]

      forward returns y. backward gets dy, goes back through the three lines, last to first, stores dW2, db2,
      dW1 and db1, and returns dx. You may write it all out, or put it together from classes of your own.
    `,
    ko: `
      아핀 층 두 개 사이에 tanh를 넣고 배치에 적용합니다.

          z = x W1 + b1
          h = tanh(z)
          y = h W2 + b2

          x [n, in]   h [n, hidden]   y [n, out]

      forward는 y를 돌려줍니다. backward는 dy를 받아 세 줄을 마지막 줄부터 거꾸로 지나면서 dW2, db2, dW1, db1을 저장하고 dx를
      돌려줍니다. 전부 풀어 써도 되고, 직접 만든 클래스를 조립해도 됩니다.
    `,
  },
  skeleton: `
    /** y = tanh(x W1 + b1) W2 + b2 */
    export class TwoLayerNetwork {
      W1: number[][]; // [in, hidden]
      b1: number[]; // [hidden]
      W2: number[][]; // [hidden, out]
      b2: number[]; // [out]
      dW1: number[][] = [];
      db1: number[] = [];
      dW2: number[][] = [];
      db2: number[] = [];

      constructor(W1: number[][], b1: number[], W2: number[][], b2: number[]) {
        this.W1 = W1;
        this.b1 = b1;
        this.W2 = W2;
        this.b2 = b2;
      }

      forward(x: number[][]): number[][] {
        throw new Error('TODO: TwoLayerNetwork.forward');
      }

      /** Stores dW2, db2, dW1 and db1, returns dx. */
      backward(dy: number[][]): number[][] {
        throw new Error('TODO: TwoLayerNetwork.backward');
      }
    }
  `,
  helpers: MATRIX_HELPERS,
  reference: { TwoLayerNetwork },
  hints: [
    {
      en: 'Name a derivative for each line: dy, then dh, then dz, then dx. Each follows from the one before it, as in the exercises linear and tanh.',
      ko: '줄마다 도함수에 이름을 붙이세요. dy, dh, dz, dx의 차례로, 각각 바로 앞의 것에서 나옵니다. 연습 문제 linear와 tanh에서 한 그대로입니다.',
    },
    {
      en: 'What the second layer multiplied was h, not x: dW2 needs h. Keep both in forward.',
      ko: '둘째 층에서 W2와 곱한 것은 x가 아니라 h이므로 dW2에는 h가 필요합니다. forward에서 x와 h를 모두 저장하세요.',
    },
    {
      en: 'From dh to dz every element passes tanh by itself, with the value h in its derivative. What goes into dW1, db1 and dx is dz, not dh.',
      ko: 'dh에서 dz로 갈 때는 원소마다 tanh를 지나며, 그 도함수에는 h의 값이 들어갑니다. dW1, db1, dx를 구할 때는 dh가 아니라 dz를 씁니다.',
    },
  ],
  trials: [
    {
      name: 'TwoLayerNetwork',
      make: (code) =>
        new code.TwoLayerNetwork(
          [
            [0.4, -0.7, 0.2],
            [-0.5, 0.3, 0.9],
          ],
          [0.1, -0.2, 0.3],
          [
            [0.6, -0.8],
            [0.5, 0.2],
            [-0.3, 0.7],
          ],
          [0.05, -0.15],
        ),
      inputs: [
        [
          [
            [1, 2],
            [-0.5, 0.3],
            [0.7, -1.1],
            [0.2, 0.9],
          ],
        ],
        [[[0.6, -0.4]]],
      ],
    },
  ],
});

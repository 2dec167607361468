// Exercise: convolution of an image.

import { defineExercise } from './kit/exercise.js';

class Convolution2D {
  K: number[][];
  b: number;
  dK: number[][] = [];
  db = 0;
  #x: number[][] = [];

  constructor(K: number[][], b: number) {
    this.K = K;
    this.b = b;
  }

  forward(x: number[][]): number[][] {
    this.#x = x;
    const [height, width] = [x.length - this.K.length + 1, x[0]!.length - this.K[0]!.length + 1];
    const y = Array.from({ length: height }, () => Array.from({ length: width }, () => this.b));
    this.#visit(y, (i, j, u, v) => {
      y[i]![j]! += this.K[u]![v]! * x[i + u]![j + v]!;
    });
    return y;
  }

  backward(dy: number[][]): number[][] {
    this.db = dy.flat().reduce((sum, dy_ij) => sum + dy_ij, 0);
    this.dK = this.K.map((row) => row.map(() => 0));
    const dx = this.#x.map((row) => row.map(() => 0));
    this.#visit(dy, (i, j, u, v) => {
      this.dK[u]![v]! += dy[i]![j]! * this.#x[i + u]![j + v]!;
      dx[i + u]![j + v]! += dy[i]![j]! * this.K[u]![v]!;
    });
    return dx;
  }

  /** Every weight at every position. */
  #visit(y: number[][], use: (i: number, j: number, u: number, v: number) => void): void {
    y.forEach((row, i) =>
      row.forEach((_, j) => this.K.forEach((k, u) => k.forEach((_, v) => use(i, j, u, v)))),
    );
  }
}

export const convolution2d = defineExercise({
  name: 'convolution-2d',
  title: { en: 'Convolution of an image', ko: '2차원 합성곱' },
  text: {
    en: `
      The same in two directions. A kernel K moves over an image x, without padding, one step at a time:

          y[i][j] = the sum over u and v of K[u][v]·x[i+u][j+v], plus b

          x [h, w]   K [p, q]   y [h - p + 1, w - q + 1]

      forward returns y. backward gets dy, stores dK and db, and returns dx. Images and kernels need not be
      square.
    `,
    ko: `
      같은 일을 두 방향으로 합니다. 커널 K가 이미지 x 위를 패딩 없이 한 칸씩 움직입니다.

          y[i][j] = 모든 u와 v에 걸친 K[u][v]·x[i+u][j+v]의 합 + b

          x [h, w]   K [p, q]   y [h - p + 1, w - q + 1]

      forward는 y를 돌려줍니다. backward는 dy를 받아 dK와 db를 저장하고 dx를 돌려줍니다. 이미지와 커널이 정사각형이라는 법은
      없습니다.
    `,
  },
  skeleton: `
    /** y[i][j] = sum of K[u][v]·x[i+u][j+v], plus b */
    export class Convolution2D {
      K: number[][];
      b: number;
      dK: number[][] = [];
      db = 0;

      constructor(K: number[][], b: number) {
        this.K = K;
        this.b = b;
      }

      forward(x: number[][]): number[][] {
        throw new Error('TODO: Convolution2D.forward');
      }

      /** Stores dK and db, returns dx, in the shape of x. */
      backward(dy: number[][]): number[][] {
        throw new Error('TODO: Convolution2D.backward');
      }
    }
  `,
  reference: { Convolution2D },
  hints: [
    {
      en: 'Nothing is new but the second index. Begin with what you wrote for convolution-1d.',
      ko: '둘째 첨자 말고는 새로운 것이 없습니다. convolution-1d에서 쓴 것에서 시작하세요.',
    },
    {
      en: 'One product, K[u][v]·x[i+u][j+v], is all that forward adds up. In backward each of its two factors receives the other one, times the upstream of the place where the product went.',
      ko: 'forward에서 더하는 것은 K[u][v]·x[i+u][j+v]라는 곱 한 가지입니다. backward에서는 두 인수가 각각 상대 인수에, 그 곱이 들어간 자리의 상류 기울기를 곱한 것을 받습니다.',
    },
    {
      en: 'Four loops, i, j, u and v, the same in both passes. Within them add to dK[u][v] and to dx[i+u][j+v], both of which begin as zeros in the shape of K and of x.',
      ko: 'i, j, u, v의 네 겹 반복문이 두 방향에서 똑같습니다. 그 안에서 dK[u][v]와 dx[i+u][j+v]에 더하세요. 둘은 각각 K와 x의 형상으로 0에서 시작합니다.',
    },
  ],
  trials: [
    {
      name: 'Convolution2D',
      make: (code) =>
        new code.Convolution2D(
          [
            [0.5, -1.2, 0.8],
            [0.3, 0.9, -0.6],
          ],
          0.2,
        ),
      inputs: [
        [
          [
            [1, 2, -0.5, 0.7],
            [-1.4, 0.2, 0.6, -0.9],
            [1.3, 0.4, -0.7, 1.1],
          ],
        ],
        [
          [
            [0.3, -0.8, 0.5],
            [1.6, 0.1, -0.2],
          ],
        ],
      ],
    },
  ],
});

// Exercise: max pooling, which passes the derivative to the winner of each window.

import { defineExercise } from './kit/exercise.js';

class MaxPooling {
  #x: number[][] = [];

  forward(x: number[][]): number[][] {
    this.#x = x;
    return Array.from({ length: x.length / 2 }, (_, i) =>
      Array.from({ length: x[0]!.length / 2 }, (_, j) => {
        const [r, c] = this.#winner(i, j);
        return x[r]![c]!;
      }),
    );
  }

  backward(dy: number[][]): number[][] {
    const dx = this.#x.map((row) => row.map(() => 0));
    dy.forEach((row, i) =>
      row.forEach((dy_ij, j) => {
        const [r, c] = this.#winner(i, j);
        dx[r]![c] = dy_ij;
      }),
    );
    return dx;
  }

  /** Row and column of the largest element of a window. */
  #winner(i: number, j: number): [number, number] {
    const corners: [number, number][] = [
      [2 * i, 2 * j],
      [2 * i, 2 * j + 1],
      [2 * i + 1, 2 * j],
      [2 * i + 1, 2 * j + 1],
    ];
    return corners.reduce((best, at) => (this.#x[at[0]]![at[1]]! > this.#x[best[0]]![best[1]]! ? at : best));
  }
}

export const maxPooling = defineExercise({
  name: 'max-pooling',
  title: { en: 'Max pooling', ko: '최대 풀링' },
  text: {
    en: `
      An image shrinks to half its height and width; of each window of two by two the largest element stays:

          y[i][j] = max(x[2i][2j], x[2i][2j+1], x[2i+1][2j], x[2i+1][2j+1])

          x [2h, 2w]   y [h, w]

      forward returns y. backward gets dy and returns dx, in the shape of x. Windows do not overlap, and height
      and width of x are even.
    `,
    ko: `
      이미지의 높이와 너비를 절반으로 줄입니다. 2×2 창마다 가장 큰 원소만 남습니다.

          y[i][j] = max(x[2i][2j], x[2i][2j+1], x[2i+1][2j], x[2i+1][2j+1])

          x [2h, 2w]   y [h, w]

      forward는 y를 돌려줍니다. backward는 dy를 받아 x와 같은 형상의 dx를 돌려줍니다. 창은 서로 겹치지 않고, x의 높이와 너비는
      짝수입니다.
    `,
  },
  skeleton: `
    /** The largest element of each window of two by two. */
    export class MaxPooling {
      forward(x: number[][]): number[][] {
        throw new Error('TODO: MaxPooling.forward');
      }

      /** dx, in the shape of x. */
      backward(dy: number[][]): number[][] {
        throw new Error('TODO: MaxPooling.backward');
      }
    }
  `,
  reference: { MaxPooling },
  hints: [
    {
      en: 'If an element that is not the largest of its window grows by a little, what happens to y?',
      ko: '창에서 가장 크지 않은 원소가 조금 커지면 y는 어떻게 될까요?',
    },
    {
      en: 'Only the winner of a window moves y, and y moves exactly as much as the winner does. forward knows where the winner stood.',
      ko: 'y를 움직이는 것은 창마다 가장 큰 원소 하나뿐이고, y는 그 원소가 움직인 만큼 움직입니다. 그 자리는 forward에서 알 수 있습니다.',
    },
    {
      en: 'Begin with zeros in the shape of x, and for each window put dy[i][j] at the row and column of its winner. If two are equally large, choose one.',
      ko: 'x의 형상으로 0을 채우고, 창마다 가장 큰 원소의 행과 열에 dy[i][j]를 넣으세요. 가장 큰 원소가 둘이면 하나만 고르세요.',
    },
  ],
  trials: [
    {
      name: 'MaxPooling',
      inputs: [
        [
          [
            [1, 2.5, -0.5, 0.7],
            [-1.4, 0.2, 1.6, -0.9],
          ],
        ],
        [
          [
            [0.3, -0.8],
            [0.9, 0.1],
            [-1.2, -0.4],
            [-2.1, -0.7],
          ],
        ],
      ],
      edges: [
        [
          [
            [1, 1],
            [1, 1],
          ],
        ],
      ],
    },
  ],
});

// Exercise: mean squared error over a batch.

import { defineExercise } from './kit/exercise.js';

class MSELoss {
  #p: number[][] = [];
  #y: number[][] = [];

  forward(p: number[][], y: number[][]): number {
    [this.#p, this.#y] = [p, y];
    const squares = p.flatMap((row, i) => row.map((p_ij, j) => (p_ij - y[i]![j]!) ** 2));
    return squares.reduce((sum, square) => sum + square, 0) / squares.length;
  }

  backward(): number[][] {
    const count = this.#p.length * this.#p[0]!.length;
    return this.#p.map((row, i) => row.map((p_ij, j) => (2 * (p_ij - this.#y[i]![j]!)) / count));
  }
}

export const mse = defineExercise({
  name: 'mse',
  title: { en: 'Mean squared error over a batch', ko: '배치의 평균 제곱 오차' },
  text: {
    en: `
      The mean of the squared differences, over all samples and all outputs:

          J = ((p[0][0] - y[0][0])² + (p[0][1] - y[0][1])² + …) / (n·m)

          p, y [n, m]

      forward gets predictions p and targets y and returns J, one number. backward takes nothing and returns
      dp, in the shape of p.
    `,
    ko: `
      모든 표본과 모든 출력에 걸쳐, 차를 제곱해서 평균한 것입니다.

          J = ((p[0][0] - y[0][0])² + (p[0][1] - y[0][1])² + …) / (n·m)

          p, y [n, m]

      forward는 예측값 p와 목표값 y를 받아 수 하나 J를 돌려줍니다. backward는 인수를 받지 않고, p와 같은 형상의 dp를 돌려줍니다.
    `,
  },
  skeleton: `
    /** J = the mean of (p - y)², over all elements. */
    export class MSELoss {
      forward(p: number[][], y: number[][]): number {
        throw new Error('TODO: MSELoss.forward');
      }

      /** dJ/dp, in the shape of p. */
      backward(): number[][] {
        throw new Error('TODO: MSELoss.backward');
      }
    }
  `,
  reference: { MSELoss },
  hints: [
    {
      en: 'Only one of the squares contains p[i][j]. Differentiate that one, and forget the rest of the sum.',
      ko: 'p[i][j]가 들어 있는 제곱은 하나뿐입니다. 그 항만 미분하고 나머지 항은 잊으세요.',
    },
    {
      en: 'A square brings a factor down. And the whole sum was divided by something: so is each derivative.',
      ko: '제곱을 미분하면 지수가 앞으로 내려옵니다. 그리고 합 전체를 어떤 수로 나누었으므로, 각 도함수도 같은 수로 나누어야 합니다.',
    },
    {
      en: 'Divide by the number of elements, rows times columns; the number of rows alone will not do.',
      ko: '원소의 개수, 곧 행의 수 곱하기 열의 수로 나누세요. 행의 수만으로는 안 됩니다.',
    },
  ],
  trials: [
    {
      name: 'MSELoss',
      inputs: [
        [
          [
            [0.5, -1.2],
            [2, 0.3],
            [-0.7, 1.1],
          ],
          [
            [0.2, -0.9],
            [1.4, 0.8],
            [0.6, -0.4],
          ],
        ],
        [[[0.5, 2.5, -1.5]], [[1.2, 0.4, -0.3]]],
      ],
    },
  ],
});

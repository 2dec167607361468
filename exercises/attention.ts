// Exercise: attention with a single head.

import { defineExercise } from './kit/exercise.js';
import { matmul, MATRIX_HELPERS, transpose } from './kit/matrix.js';

class Attention {
  #q: number[][] = [];
  #k: number[][] = [];
  #v: number[][] = [];
  #p: number[][] = [];

  forward(q: number[][], k: number[][], v: number[][]): number[][] {
    [this.#q, this.#k, this.#v] = [q, k, v];
    const scale = Math.sqrt(q[0]!.length);
    this.#p = matmul(q, transpose(k)).map((row) => {
      const largest = Math.max(...row);
      const powers = row.map((score) => Math.exp((score - largest) / scale));
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power) => power / total);
    });
    return matmul(this.#p, v);
  }

  backward(dy: number[][]): { dq: number[][]; dk: number[][]; dv: number[][] } {
    const scale = Math.sqrt(this.#q[0]!.length);
    const dv = matmul(transpose(this.#p), dy);
    const dp = matmul(dy, transpose(this.#v));
    const ds = this.#p.map((row, i) => {
      const mean = row.reduce((sum, p_j, j) => sum + p_j * dp[i]![j]!, 0);
      return row.map((p_j, j) => (p_j * (dp[i]![j]! - mean)) / scale);
    });
    return { dq: matmul(ds, this.#k), dk: matmul(transpose(ds), this.#q), dv };
  }
}

export const attention = defineExercise({
  name: 'attention',
  title: { en: 'Attention, a single head', ko: '어텐션, 헤드 하나' },
  text: {
    en: `
      Each query looks at all keys, and takes a mean of the values, weighted by how well the keys fit:

          s = q kᵀ / sqrt(d)
          p = softmax of each row of s
          y = p v

          q [n, d]   k [m, d]   v [m, e]   s, p [n, m]   y [n, e]

      forward returns y. backward gets dy and returns { dq, dk, dv }, each in the shape of what it belongs to.
      All of it is made of parts that you have differentiated before. matmul and transpose are there for you.
    `,
    ko: `
      각 쿼리가 모든 키를 보고, 키가 얼마나 잘 맞는지를 가중치로 삼아 값을 평균합니다.

          s = q kᵀ / sqrt(d)
          p = s의 각 행에 대한 softmax
          y = p v

          q [n, d]   k [m, d]   v [m, e]   s, p [n, m]   y [n, e]

      forward는 y를 돌려줍니다. backward는 dy를 받아, 각각 해당하는 입력과 형상이 같은 { dq, dk, dv }를 돌려줍니다. 모두 이미
      미분해 본 것들로 이루어져 있습니다. matmul과 transpose는 아래에 있는 것을 쓰면 됩니다.
    `,
  },
  skeleton: `
    /** y = softmax(q kᵀ / sqrt(d)) v */
    export class Attention {
      forward(q: number[][], k: number[][], v: number[][]): number[][] {
        throw new Error('TODO: Attention.forward');
      }

      backward(dy: number[][]): { dq: number[][]; dk: number[][]; dv: number[][] } {
        throw new Error('TODO: Attention.backward');
      }
    }
  `,
  helpers: MATRIX_HELPERS,
  reference: { Attention },
  hints: [
    {
      en: 'Go back through the three lines, last to first: dy gives dv and dp, dp gives ds, ds gives dq and dk. The first and the last are products of matrices, as in the exercise linear; the one in the middle is softmax.',
      ko: '세 줄을 마지막 줄부터 거꾸로 가세요. dy에서 dv와 dp가, dp에서 ds가, ds에서 dq와 dk가 나옵니다. 처음과 끝은 연습 문제 linear처럼 행렬의 곱이고, 가운데는 softmax입니다.',
    },
    {
      en: 'Let the shapes decide: dv is [m, e], made of p [n, m] and dy [n, e]; dp is [n, m], made of dy [n, e] and v [m, e]. Each row of ds follows from the same row of p and of dp.',
      ko: '형상을 보고 정하세요. dv [m, e]는 p [n, m]과 dy [n, e]로, dp [n, m]은 dy [n, e]와 v [m, e]로 만듭니다. ds의 각 행은 p와 dp의 같은 행에서 나옵니다.',
    },
    {
      en: 's is not q kᵀ alone: on the way back too, divide by sqrt(d), once. dq is made of ds [n, m] and k [m, d], dk of ds and q [n, d]; for one of them ds has to be transposed.',
      ko: 's는 q kᵀ 그대로가 아닙니다. 되돌아올 때도 sqrt(d)로 한 번 나누세요. dq는 ds [n, m]과 k [m, d]로, dk는 ds와 q [n, d]로 만들고, 둘 중 하나에서는 ds를 전치해야 합니다.',
    },
  ],
  trials: [
    {
      name: 'Attention',
      inputs: [
        [
          [
            [0.5, -1.2],
            [0.8, 0.3],
          ],
          [
            [0.4, -0.7],
            [-0.5, 0.9],
            [1.1, 0.2],
          ],
          [
            [0.6, -0.8, 0.1, 0.9],
            [0.5, 0.2, -0.4, 0.7],
            [-0.3, 0.7, 1.2, -0.6],
          ],
        ],
        [
          [[0.9, -0.4, 0.6]],
          [
            [0.3, 0.8, -0.2],
            [-0.7, 0.5, 1.3],
          ],
          [[0.4], [-1.1]],
        ],
      ],
    },
  ],
});

// Exercise: layer norm, whose mean and variance depend on every element too.

import { defineExercise } from './kit/exercise.js';

const EPSILON = 1e-5;

class LayerNorm {
  gamma: number[];
  beta: number[];
  dgamma: number[] = [];
  dbeta: number[] = [];
  #n: number[][] = [];
  #deviations: number[] = [];

  constructor(gamma: number[], beta: number[]) {
    this.gamma = gamma;
    this.beta = beta;
  }

  forward(x: number[][]): number[][] {
    const centred = x.map((row) => row.map((x_j) => x_j - mean(row)));
    this.#deviations = centred.map((row) => Math.sqrt(mean(row.map((c) => c * c)) + EPSILON));
    this.#n = centred.map((row, i) => row.map((c) => c / this.#deviations[i]!));
    return this.#n.map((row) => row.map((n_j, j) => this.gamma[j]! * n_j + this.beta[j]!));
  }

  backward(dy: number[][]): number[][] {
    this.dgamma = this.gamma.map((_, j) => dy.reduce((sum, row, i) => sum + row[j]! * this.#n[i]![j]!, 0));
    this.dbeta = this.beta.map((_, j) => dy.reduce((sum, row) => sum + row[j]!, 0));
    return dy.map((row, i) => {
      const n = this.#n[i]!;
      const dn = row.map((dy_j, j) => dy_j * this.gamma[j]!);
      const meanOfProducts = mean(dn.map((dn_j, j) => dn_j * n[j]!));
      return dn.map((dn_j, j) => (dn_j - mean(dn) - n[j]! * meanOfProducts) / this.#deviations[i]!);
    });
  }
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export const layerNorm = defineExercise({
  name: 'layer-norm',
  title: { en: 'Layer norm', ko: '층 정규화' },
  text: {
    en: `
      Each row of x is brought to mean 0 and variance 1, then scaled and shifted by what the layer learns:

          m = mean of the row             v = mean of (x[j] - m)² over the row
          n[j] = (x[j] - m) / sqrt(v + 1e-5)
          y[j] = gamma[j]·n[j] + beta[j]

          x, y [rows, d]   gamma, beta [d]

      forward returns y. backward gets dy, stores dgamma and dbeta, and returns dx. m and v are made of the same
      x that they are applied to: each dx[j] comes along three paths.
    `,
    ko: `
      x의 각 행을 평균 0, 분산 1이 되게 한 다음, 층이 배우는 값으로 크기를 조절하고 옮깁니다.

          m = 행의 평균             v = 행에 걸친 (x[j] - m)²의 평균
          n[j] = (x[j] - m) / sqrt(v + 1e-5)
          y[j] = gamma[j]·n[j] + beta[j]

          x, y [rows, d]   gamma, beta [d]

      forward는 y를 돌려줍니다. backward는 dy를 받아 dgamma와 dbeta를 저장하고 dx를 돌려줍니다. m과 v도 같은 x로 만든
      것이므로, 각 dx[j]에는 세 갈래 길로 기울기가 들어옵니다.
    `,
  },
  skeleton: `
    const EPSILON = 1e-5;

    /** Each row with mean 0 and variance 1, times gamma, plus beta. */
    export class LayerNorm {
      gamma: number[];
      beta: number[];
      dgamma: number[] = [];
      dbeta: number[] = [];

      constructor(gamma: number[], beta: number[]) {
        this.gamma = gamma;
        this.beta = beta;
      }

      forward(x: number[][]): number[][] {
        throw new Error('TODO: LayerNorm.forward');
      }

      /** Stores dgamma and dbeta, returns dx. */
      backward(dy: number[][]): number[][] {
        throw new Error('TODO: LayerNorm.backward');
      }
    }
  `,
  reference: { LayerNorm },
  hints: [
    {
      en: 'dgamma and dbeta first: like the weights and the bias of a layer they are used in every row, so they collect from every row. And dn[j] = dy[j]·gamma[j].',
      ko: 'dgamma와 dbeta부터 구하세요. 층의 가중치와 편향처럼 모든 행에서 쓰이므로 모든 행에서 모입니다. 그리고 dn[j] = dy[j]·gamma[j]입니다.',
    },
    {
      en: 'With s = sqrt(v + 1e-5): through the numerator x[j] - m, each dn[j] reaches x[j] as dn[j] / s; through m, all x of the row receive the same, and it makes the sum of dx zero.',
      ko: 's = sqrt(v + 1e-5)라고 합시다. 분자 x[j] - m을 지나 dn[j]는 dn[j] / s로 x[j]에 닿습니다. m을 지나서는 행의 모든 x가 같은 값을 받으며, 그래서 dx의 합이 0이 됩니다.',
    },
    {
      en: 'Through v each x[j] receives a share in proportion to n[j]; it makes the sum of dx[j]·n[j] (nearly) zero as well. So dx is dn without its mean, and without the part that runs along n, over s.',
      ko: 'v를 지나서는 각 x[j]가 n[j]에 비례하는 몫을 받으며, 그래서 dx[j]·n[j]의 합도 (거의) 0이 됩니다. 결국 dx는 dn에서 평균을 빼고, n 방향의 성분도 빼고, s로 나눈 것입니다.',
    },
  ],
  trials: [
    {
      name: 'LayerNorm',
      make: (code) => new code.LayerNorm([1.2, 0.7, -0.5, 0.9], [0.1, -0.2, 0.3, 0.4]),
      inputs: [
        [
          [
            [1, 2, -0.5, 0.7],
            [-1.4, 0.2, 0.6, -0.9],
            [0.3, 1.8, -0.7, 1.1],
          ],
        ],
        [[[0.8, -1.5, 0.4, 2.2]]],
      ],
    },
  ],
});

// Exercise: softmax, in which every result depends on every input.

import { defineExercise } from './kit/exercise.js';

class Softmax {
  #p: number[] = [];

  forward(z: number[]): number[] {
    const largest = Math.max(...z);
    const powers = z.map((z_i) => Math.exp(z_i - largest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    this.#p = powers.map((power) => power / total);
    return this.#p;
  }

  backward(dp: number[]): number[] {
    const mean = dp.reduce((sum, dp_i, i) => sum + dp_i * this.#p[i]!, 0);
    return this.#p.map((p_i, i) => p_i * (dp[i]! - mean));
  }
}

export const softmax = defineExercise({
  name: 'softmax',
  title: { en: 'Softmax', ko: '소프트맥스' },
  text: {
    en: `
      Scores become probabilities: positive, and 1 in sum.

          p[i] = exp(z[i]) / (exp(z[0]) + exp(z[1]) + …)

      forward gets the scores z of one sample and returns p. exp of a large score is infinite; subtract the
      largest score from all of them first, which leaves p as it is. backward gets dp and returns dz. Here every
      p[i] depends on every z[j], so each dz[j] has a contribution from every dp[i].
    `,
    ko: `
      점수를 확률로 바꿉니다. 모두 양수이고 합은 1입니다.

          p[i] = exp(z[i]) / (exp(z[0]) + exp(z[1]) + …)

      forward는 표본 하나의 점수 z를 받아 p를 돌려줍니다. 큰 점수의 exp는 무한대가 되므로, 먼저 모든 점수에서 가장 큰 점수를
      빼세요. 그래도 p는 바뀌지 않습니다. backward는 dp를 받아 dz를 돌려줍니다. p[i] 하나하나가 모든 z[j]에 따라
      달라지므로, 각 dz[j]에는 모든 dp[i]가 기여합니다.
    `,
  },
  skeleton: `
    /** p[i] = exp(z[i]) / the sum of all exp(z[j]) */
    export class Softmax {
      forward(z: number[]): number[] {
        throw new Error('TODO: Softmax.forward');
      }

      backward(dp: number[]): number[] {
        throw new Error('TODO: Softmax.backward');
      }
    }
  `,
  reference: { Softmax },
  hints: [
    {
      en: 'Work out dp[i]/dz[j] on paper, once for i = j and once for i ≠ j. Both can be written with p alone.',
      ko: 'dp[i]/dz[j]를 종이에 구해 보세요. i = j일 때와 i ≠ j일 때가 다르고, 둘 다 p만으로 쓸 수 있습니다.',
    },
    {
      en: 'For i = j the derivative looks like that of sigmoid; for i ≠ j it is a product of two p, with a minus. Now dz[j] is the sum over i of dp[i] times that: all terms share one factor, so take it out of the sum.',
      ko: 'i = j일 때는 시그모이드의 도함수처럼 생겼고, i ≠ j일 때는 두 p의 곱에 빼기 부호가 붙습니다. dz[j]는 여기에 dp[i]를 곱해 모든 i에 대해 더한 것입니다. 모든 항에 같은 인수가 들어 있으니 합 밖으로 묶어 내세요.',
    },
    {
      en: 'Within the brackets stands dp[j] less one number, the same for every j: the mean of dp in which p[i] is the weight of dp[i]. Compute it once.',
      ko: '괄호 안에는 dp[j]에서 어떤 수를 뺀 것이 남습니다. 이 수는 모든 j에 대해 같으며, p[i]를 가중치로 한 dp의 평균입니다. 한 번만 계산하면 됩니다.',
    },
  ],
  trials: [
    {
      name: 'Softmax',
      inputs: [[[0.5, -1, 2]], [[0.3, 0.3, 0.3, -0.6]], [[1.2, -0.4]]],
      edges: [[[1000, 1000, 999]], [[-1000, 0]]],
    },
  ],
});

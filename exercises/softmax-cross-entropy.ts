// Exercise: softmax and cross-entropy fused, over a batch.

import { defineExercise } from './kit/exercise.js';

class SoftmaxCrossEntropy {
  #p: number[][] = [];
  #labels: number[] = [];

  forward(z: number[][], labels: number[]): number {
    this.#labels = labels;
    const losses = z.map((row, i) => {
      const largest = Math.max(...row);
      const total = row.reduce((sum, z_j) => sum + Math.exp(z_j - largest), 0);
      this.#p[i] = row.map((z_j) => Math.exp(z_j - largest) / total);
      return largest + Math.log(total) - row[labels[i]!]!;
    });
    this.#p.length = z.length;
    return losses.reduce((sum, loss) => sum + loss, 0) / z.length;
  }

  backward(): number[][] {
    const n = this.#p.length;
    return this.#p.map((row, i) => row.map((p_j, j) => (p_j - (j === this.#labels[i] ? 1 : 0)) / n));
  }
}

export const softmaxCrossEntropy = defineExercise({
  name: 'softmax-cross-entropy',
  title: { en: 'Softmax with cross-entropy', ko: '소프트맥스와 교차 엔트로피' },
  text: {
    en: `
      The loss of classification. Each row of z holds the scores of one sample, labels[i] the number of its
      right class, and the loss of a sample is minus the logarithm of the probability of that class:

          p[i] = softmax(z[i])
          J    = mean over the samples of -ln p[i][labels[i]]

          z [n, classes]   labels [n]

      forward returns J and has to be right for scores of 1000, where a probability can be exactly 0: do not
      take the logarithm of p, but of the sum of the exp, and simplify. backward takes nothing and returns dz,
      in the shape of z. What sigmoid and binary cross-entropy did when fused, these two do as well.
    `,
    ko: `
      분류 문제의 손실입니다. z의 각 행은 표본 하나의 점수이고, labels[i]는 올바른 클래스의 번호입니다. 표본의 손실은 그 클래스의
      확률에 로그를 취해 부호를 바꾼 것입니다.

          p[i] = softmax(z[i])
          J    = 모든 표본에 걸친 -ln p[i][labels[i]]의 평균

          z [n, classes]   labels [n]

      forward는 J를 돌려주며, 점수가 1000이어서 확률이 정확히 0이 될 수 있을 때도 맞아야 합니다. p에 로그를 취하지 말고, exp의
      합에 로그를 취하는 꼴로 식을 정리하세요. backward는 인수를 받지 않고, z와 같은 형상의 dz를 돌려줍니다. 시그모이드와 이진
      교차 엔트로피를 합쳤을 때와 같은 일이 여기서도 일어납니다.
    `,
  },
  skeleton: `
    /** J = the mean of -ln softmax(z[i])[labels[i]] over the batch. */
    export class SoftmaxCrossEntropy {
      forward(z: number[][], labels: number[]): number {
        throw new Error('TODO: SoftmaxCrossEntropy.forward');
      }

      /** dJ/dz, in the shape of z. */
      backward(): number[][] {
        throw new Error('TODO: SoftmaxCrossEntropy.backward');
      }
    }
  `,
  reference: { SoftmaxCrossEntropy },
  hints: [
    {
      en: 'For forward: -ln(exp(z[k]) / total) = ln(total) - z[k]. With the largest score m subtracted within the total, ln(total) becomes m + ln(the smaller total).',
      ko: 'forward: -ln(exp(z[k]) / total) = ln(total) - z[k]입니다. total 안에서 가장 큰 점수 m을 빼면 ln(total)은 m + ln(작아진 total)이 됩니다.',
    },
    {
      en: 'For backward: differentiate ln(total) - z[k] by z[j]. The first term gives a probability; the second one gives something only where j = k.',
      ko: 'backward: ln(total) - z[k]를 z[j]로 미분하세요. 첫 항에서는 확률이 나오고, 둘째 항은 j = k일 때만 값이 있습니다.',
    },
    {
      en: 'It is the distance from prediction to target again, the target being 1 at the label and 0 elsewhere. J is a mean over the rows, so do not forget what each row is divided by.',
      ko: '이번에도 예측값과 목표값의 차이입니다. 목표값은 올바른 클래스에서 1, 나머지에서 0입니다. J는 행에 걸친 평균이므로, 행마다 무엇으로 나누는지 잊지 마세요.',
    },
  ],
  trials: [
    {
      name: 'SoftmaxCrossEntropy',
      inputs: [
        [
          [
            [0.5, -1, 2],
            [1.2, 0.3, -0.7],
            [-0.4, 0.8, 0.1],
            [0.9, 0.2, 0.4],
          ],
          [2, 1, 0, 0],
        ],
        [[[0.3, -0.6, 1.1, 0.2]], [1]],
      ],
      edges: [
        [
          [
            [1000, -1000, 0],
            [-1000, 1000, 1000],
          ],
          [1, 2],
        ],
      ],
    },
  ],
});

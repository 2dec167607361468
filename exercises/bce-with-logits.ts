// Exercise: sigmoid and binary cross-entropy fused, whose derivative is the simplest of all.

import { defineExercise } from './kit/exercise.js';

class BCEWithLogitsLoss {
  #z = NaN;
  #y = NaN;

  forward(z: number, y: number): number {
    [this.#z, this.#y] = [z, y];
    return Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));
  }

  backward(): number {
    const p = 1 / (1 + Math.exp(-this.#z));
    return p - this.#y;
  }
}

export const bceWithLogits = defineExercise({
  name: 'bce-with-logits',
  title: { en: 'Sigmoid and binary cross-entropy, fused', ko: '시그모이드와 이진 교차 엔트로피를 하나로' },
  text: {
    en: `
      The loss taken from the score z before the sigmoid, p = sigmoid(z):

          J = -(y ln p + (1 - y) ln(1 - p))
            = max(z, 0) - z·y + ln(1 + exp(-|z|))

      Both lines are the same function, but the first one breaks in the computer where z is large: p becomes
      exactly 1, and ln(1 - p) infinite. Use the second one in forward; it has to be right at z = 1000 too.
      backward takes nothing, as nothing comes after a loss, and returns dJ_dz. It is far simpler than either
      of the two derivatives that it is made of.
    `,
    ko: `
      시그모이드를 거치기 전의 점수 z에서 바로 구하는 손실입니다. p = sigmoid(z)라고 하면

          J = -(y ln p + (1 - y) ln(1 - p))
            = max(z, 0) - z·y + ln(1 + exp(-|z|))

      두 식은 같은 함수이지만, z가 크면 첫째 식은 컴퓨터에서 깨집니다. p가 정확히 1이 되어 ln(1 - p)가 무한대가 되기
      때문입니다. forward에는 둘째 식을 쓰세요. z = 1000에서도 맞아야 합니다. 손실 뒤에는 이어지는 것이 없으므로 backward는
      인수를 받지 않고 dJ_dz를 돌려줍니다. 이 도함수는 그것을 이루는 두 도함수 어느 쪽보다도 훨씬 간단합니다.
    `,
  },
  skeleton: `
    /** J = max(z, 0) - z·y + ln(1 + exp(-|z|)) of a score z and its target y. */
    export class BCEWithLogitsLoss {
      forward(z: number, y: number): number {
        throw new Error('TODO: BCEWithLogitsLoss.forward');
      }

      /** dJ/dz */
      backward(): number {
        throw new Error('TODO: BCEWithLogitsLoss.backward');
      }
    }
  `,
  reference: { BCEWithLogitsLoss },
  hints: [
    {
      en: 'You have both derivatives already: dJ/dp from the exercise bce, dp/dz from the exercise sigmoid. Multiply them on paper, before writing any code.',
      ko: '필요한 두 도함수는 이미 구했습니다. dJ/dp는 연습 문제 bce에서, dp/dz는 연습 문제 sigmoid에서 구했습니다. 코드를 쓰기 전에 종이에 두 식을 곱해 보세요.',
    },
    {
      en: 'The denominator of dJ/dp and the whole of dp/dz are the same expression: they cancel.',
      ko: 'dJ/dp의 분모와 dp/dz 전체가 같은 식이므로 약분됩니다.',
    },
    {
      en: 'What is left is how far the prediction is from the target. Keep z (or p) and y in forward. No epsilon is needed, as nothing is divided.',
      ko: '남는 것은 예측값이 목표값에서 얼마나 떨어져 있는가입니다. forward에서 z(또는 p)와 y를 저장해 두세요. 나누지 않으므로 엡실론은 필요 없습니다.',
    },
  ],
  trials: [
    {
      name: 'BCEWithLogitsLoss',
      inputs: [
        [0.4, 1],
        [0.4, 0],
        [-1.5, 1],
        [2.5, 0],
      ],
      edges: [
        [1000, 1],
        [1000, 0],
        [-1000, 1],
      ],
    },
  ],
});

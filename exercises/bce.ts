// Exercise: binary cross-entropy of a prediction.

import { defineExercise } from './kit/exercise.js';

class BCELoss {
  forward(p: number, y: number): { J: number; dJ_dp: number } {
    return { J: this.loss(p, y), dJ_dp: this.derivative(p, y) };
  }

  loss(p: number, y: number): number {
    return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
  }

  derivative(p: number, y: number): number {
    return (p - y) / (p * (1 - p));
  }
}

export const bce = defineExercise({
  name: 'bce',
  title: { en: 'Binary cross-entropy', ko: '이진 교차 엔트로피' },
  text: {
    en: `
      How bad a prediction p is, between 0 and 1, when the target y is 0 or 1:

          J = -(y ln p + (1 - y) ln(1 - p))

      A loss comes last: nothing comes after it, and there is no upstream. So it is called once and gives
      both, the loss J and its derivative dJ_dp. Mind the parentheses: the class notes that these exercises
      grew from got theirs wrong, and nobody noticed, because a network still trains with it.
    `,
    ko: `
      목표값 y가 0 또는 1일 때, 0과 1 사이의 예측값 p가 얼마나 나쁜지를 나타냅니다.

          J = -(y ln p + (1 - y) ln(1 - p))

      손실은 맨 끝에 있어 뒤에 이어지는 것이 없으므로 상류 기울기도 없습니다. 그래서 한 번 호출하면 손실 J와 도함수 dJ_dp를 함께
      돌려줍니다. 괄호에 주의하세요. 이 연습 문제의 바탕이 된 강의 자료는 괄호 위치가 틀렸는데, 그래도 학습이 되므로 아무도
      알아채지 못했습니다.
    `,
  },
  skeleton: `
    /** J = -(y ln p + (1 - y) ln(1 - p)) of a prediction p and its target y. */
    export class BCELoss {
      forward(p: number, y: number): { J: number; dJ_dp: number } {
        return { J: this.loss(p, y), dJ_dp: this.derivative(p, y) };
      }

      /** J */
      loss(p: number, y: number): number {
        throw new Error('TODO: BCELoss.loss');
      }

      /** dJ/dp */
      derivative(p: number, y: number): number {
        throw new Error('TODO: BCELoss.derivative');
      }
    }
  `,
  reference: { BCELoss },
  hints: [
    {
      en: 'Math.log is the natural logarithm, and the derivative of ln p is 1 / p. What is the derivative of ln(1 - p)? The inner function 1 - p has one of its own.',
      ko: 'Math.log가 자연로그이고, ln p의 도함수는 1 / p입니다. ln(1 - p)의 도함수는 무엇일까요? 안쪽 함수 1 - p의 도함수도 곱해야 합니다.',
    },
    {
      en: 'Two fractions come out: one with y over p, one with 1 - y over 1 - p. Their signs differ. They may stay as they are, or be brought to one denominator.',
      ko: '분수가 두 개 나옵니다. 하나는 분모가 p, 하나는 분모가 1 - p이고, 부호가 서로 다릅니다. 그대로 두어도 되고 통분해도 됩니다.',
    },
    {
      en: 'Over one denominator the numerator shrinks to a difference of two letters. The denominator is a product: in code the whole product needs parentheses.',
      ko: '통분하면 분자는 문자 두 개의 차로 줄어듭니다. 분모는 곱이므로, 코드에서는 곱 전체를 괄호로 묶어야 합니다.',
    },
  ],
  trials: [
    {
      name: 'BCELoss',
      inputs: [
        [0.3, 1],
        [0.3, 0],
        [0.9, 1],
        [0.75, 0],
      ],
    },
  ],
});

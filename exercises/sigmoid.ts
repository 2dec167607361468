// Exercise: sigmoid in one class.

import { defineExercise } from './kit/exercise.js';

export class Sigmoid {
  #a = NaN;

  forward(z: number): number {
    this.#a = 1 / (1 + Math.exp(-z));
    return this.#a;
  }

  backward(dJ_da: number): number {
    return this.#a * (1 - this.#a) * dJ_da;
  }
}

export const sigmoid = defineExercise({
  name: 'sigmoid',
  title: { en: 'Sigmoid in one class', ko: '한 클래스로 쓰는 시그모이드' },
  text: {
    en: `
      The four functions of the first exercise as one:

          a = 1 / (1 + exp(-z))

      forward returns a. backward gets dJ_da, the derivative of some loss J by a, and returns dJ_dz. Find the
      form of the derivative that needs nothing but a: then a is all that forward has to keep.
    `,
    ko: `
      첫 연습 문제의 함수 네 개를 하나로 합칩니다.

          a = 1 / (1 + exp(-z))

      forward는 a를 돌려줍니다. backward는 어떤 손실 J를 a로 미분한 dJ_da를 받아 dJ_dz를 돌려줍니다. 도함수를 a만으로
      나타내 보세요. 그러면 forward가 저장할 것은 a뿐입니다.
    `,
  },
  skeleton: `
    /** a = 1 / (1 + exp(-z)) */
    export class Sigmoid {
      forward(z: number): number {
        throw new Error('TODO: Sigmoid.forward');
      }

      /** From dJ/da to dJ/dz. */
      backward(dJ_da: number): number {
        throw new Error('TODO: Sigmoid.backward');
      }
    }
  `,
  reference: { Sigmoid },
  hints: [
    {
      en: 'Multiply the four derivatives of the exercise chain-rule, and simplify.',
      ko: '연습 문제 chain-rule에서 구한 도함수 네 개를 곱해서 간단히 해 보세요.',
    },
    {
      en: 'The product is a fraction over (1 + exp(-z))². Split it into two fractions, each over 1 + exp(-z), so that one of them is a. What is the other?',
      ko: '곱하면 분모가 (1 + exp(-z))²인 분수가 됩니다. 분모가 1 + exp(-z)인 두 분수의 곱으로 나누되, 하나가 a가 되게 하세요. 나머지 하나는 무엇일까요?',
    },
    {
      en: 'Add a to the other fraction: the sum is a plain number. So that fraction can be written with a alone. And do not forget the upstream.',
      ko: '나머지 분수에 a를 더해 보세요. 아주 간단한 수가 되므로, 그 분수도 a만으로 쓸 수 있습니다. 상류 기울기를 곱하는 것도 잊지 마세요.',
    },
  ],
  trials: [{ name: 'Sigmoid', inputs: [[0], [0.3], [-2.5]] }],
});

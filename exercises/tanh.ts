// Exercise: the hyperbolic tangent.

import { defineExercise } from './kit/exercise.js';

class Tanh {
  #y = NaN;

  forward(x: number): number {
    this.#y = Math.tanh(x);
    return this.#y;
  }

  backward(dJ_dy: number): number {
    return (1 - this.#y ** 2) * dJ_dy;
  }
}

export const tanh = defineExercise({
  name: 'tanh',
  title: { en: 'The hyperbolic tangent', ko: '쌍곡탄젠트' },
  text: {
    en: `
      Sigmoid's relative, between -1 and 1:

          y = tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))

      forward returns y; Math.tanh computes it. backward gets dJ_dy and returns dJ_dx. As with sigmoid, the
      derivative can be written with y alone.
    `,
    ko: `
      시그모이드와 닮았지만 값이 -1과 1 사이에 있는 함수입니다.

          y = tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))

      forward는 y를 돌려줍니다. Math.tanh를 써도 됩니다. backward는 dJ_dy를 받아 dJ_dx를 돌려줍니다. 시그모이드처럼 도함수를
      y만으로 나타낼 수 있습니다.
    `,
  },
  skeleton: `
    /** y = tanh(x) */
    export class Tanh {
      forward(x: number): number {
        throw new Error('TODO: Tanh.forward');
      }

      /** From dJ/dy to dJ/dx. */
      backward(dJ_dy: number): number {
        throw new Error('TODO: Tanh.backward');
      }
    }
  `,
  reference: { Tanh },
  hints: [
    {
      en: 'Use the quotient rule. The numerator and the denominator of tanh are each other’s derivatives.',
      ko: '몫의 미분법을 쓰세요. tanh의 분자와 분모는 서로의 도함수입니다.',
    },
    {
      en: 'The quotient rule leaves a difference of two squares over a third one. Divide term by term: one becomes a plain number, the other can be written with y.',
      ko: '몫의 미분법을 쓰면 분자에 두 제곱의 차가, 분모에 제곱이 하나 남습니다. 항마다 나누어 보세요. 하나는 아주 간단한 수가 되고, 하나는 y로 쓸 수 있습니다.',
    },
    {
      en: 'It must be 1 where y = 0, where tanh is steepest, and 0 where y = 1 and where y = -1, where tanh is flat. y occurs in it once, squared.',
      ko: 'tanh가 가장 가파른 y = 0에서는 1, 평평한 y = 1과 y = -1에서는 0이 되어야 합니다. y는 제곱 꼴로 한 번 나옵니다.',
    },
  ],
  trials: [{ name: 'Tanh', inputs: [[0], [0.4], [-1.7]] }],
});

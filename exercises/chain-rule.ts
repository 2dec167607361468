// Exercise: sigmoid taken apart into four functions, each with a forward and a backward of its own.

import { chain } from '../src/index.js';
import { defineExercise } from './kit/exercise.js';

class Function1 {
  forward(z: number): number {
    return -z;
  }

  backward(da_dz1: number): number {
    return da_dz1 * -1;
  }
}

class Function2 {
  #z2 = NaN;

  forward(z1: number): number {
    this.#z2 = Math.exp(z1);
    return this.#z2;
  }

  backward(da_dz2: number): number {
    return da_dz2 * this.#z2;
  }
}

class Function3 {
  forward(z2: number): number {
    return 1 + z2;
  }

  backward(da_dz3: number): number {
    return da_dz3 * 1;
  }
}

class Function4 {
  #z3 = NaN;

  forward(z3: number): number {
    this.#z3 = z3;
    return 1 / z3;
  }

  backward(dJ_da: number): number {
    return (dJ_da * -1) / this.#z3 ** 2;
  }
}

export const chainRule = defineExercise({
  name: 'chain-rule',
  title: { en: 'The chain rule: four functions in a row', ko: '연쇄 법칙: 이어 놓은 함수 네 개' },
  text: {
    en: `
      Sigmoid, taken apart into four functions, each of which takes the result of the one before it:

          z1 = -z
          z2 = exp(z1)
          z3 = 1 + z2
          a  = 1 / z3

      Write forward and backward of each. forward returns the value and keeps what backward will need. backward
      gets the derivative of a by the function's result, which is called the upstream, and returns the
      derivative of a by the function's input: the upstream times the function's own derivative.
    `,
    ko: `
      시그모이드를 함수 네 개로 나누었습니다. 각 함수는 바로 앞 함수의 결과를 입력으로 받습니다.

          z1 = -z
          z2 = exp(z1)
          z3 = 1 + z2
          a  = 1 / z3

      함수마다 forward와 backward를 작성하세요. forward는 값을 돌려주고, backward에서 쓸 값을 저장해 둡니다.
      backward는 a를 그 함수의 결과로 미분한 값, 곧 상류 기울기를 받습니다. 그리고 a를 그 함수의 입력으로 미분한 값을
      돌려줍니다. 상류 기울기에 그 함수 자신의 도함수(국소 미분)를 곱하면 됩니다.
    `,
  },
  skeleton: `
    /** z1 = -z */
    export class Function1 {
      forward(z: number): number {
        throw new Error('TODO: Function1.forward');
      }

      backward(da_dz1: number): number {
        throw new Error('TODO: Function1.backward');
      }
    }

    /** z2 = exp(z1) */
    export class Function2 {
      forward(z1: number): number {
        throw new Error('TODO: Function2.forward');
      }

      backward(da_dz2: number): number {
        throw new Error('TODO: Function2.backward');
      }
    }

    /** z3 = 1 + z2 */
    export class Function3 {
      forward(z2: number): number {
        throw new Error('TODO: Function3.forward');
      }

      backward(da_dz3: number): number {
        throw new Error('TODO: Function3.backward');
      }
    }

    /** a = 1 / z3 */
    export class Function4 {
      forward(z3: number): number {
        throw new Error('TODO: Function4.forward');
      }

      backward(dJ_da: number): number {
        throw new Error('TODO: Function4.backward');
      }
    }
  `,
  reference: { Function1, Function2, Function3, Function4 },
  hints: [
    {
      en: 'Look at one function at a time. Each only needs its own derivative; the other three do not matter to it.',
      ko: '한 번에 함수 하나만 보세요. 각 함수에는 자기 도함수만 있으면 됩니다. 나머지 셋은 신경 쓰지 않아도 됩니다.',
    },
    {
      en: 'Two of the four derivatives are constants, so those functions need to keep nothing. The other two depend on a value that forward has seen: store it in a field, such as this.z3 = z3.',
      ko: '도함수 넷 가운데 둘은 상수이므로 저장할 것이 없습니다. 나머지 둘은 forward에서 만난 값에 따라 달라집니다. this.z3 = z3 처럼 필드에 저장해 두세요.',
    },
    {
      en: 'exp is its own derivative, and forward has computed it already. For 1 / z3, write z3 to the power of -1 and use the power rule: mind the sign, and what the power has become.',
      ko: 'exp는 미분해도 자기 자신이고, 그 값은 forward에서 이미 구했습니다. 1 / z3은 z3의 -1제곱으로 보고 거듭제곱의 미분법을 쓰세요. 부호와, 지수가 무엇으로 바뀌는지에 주의하세요.',
    },
  ],
  trials: [
    { name: 'Function1', inputs: [[0], [1.5], [-2]] },
    { name: 'Function2', inputs: [[0], [0.7], [-1.5]] },
    { name: 'Function3', inputs: [[1], [0.25], [-3]] },
    { name: 'Function4', inputs: [[2], [1.3], [5]] },
    {
      name: 'Function1 … Function4',
      make: (code) =>
        chain([new code.Function1(), new code.Function2(), new code.Function3(), new code.Function4()]),
      inputs: [[0], [1], [-2]],
    },
  ],
});

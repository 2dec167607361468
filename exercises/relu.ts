// Exercise: relu and leaky relu, element by element on a vector.

import { defineExercise } from './kit/exercise.js';

class ReLU {
  #x: number[] = [];

  forward(x: number[]): number[] {
    this.#x = x;
    return x.map((x_i) => Math.max(0, x_i));
  }

  backward(dy: number[]): number[] {
    return dy.map((dy_i, i) => (this.#x[i]! > 0 ? dy_i : 0));
  }
}

class LeakyReLU {
  slope: number;
  #x: number[] = [];

  constructor(slope: number) {
    this.slope = slope;
  }

  forward(x: number[]): number[] {
    this.#x = x;
    return x.map((x_i) => (x_i > 0 ? x_i : this.slope * x_i));
  }

  backward(dy: number[]): number[] {
    return dy.map((dy_i, i) => (this.#x[i]! > 0 ? dy_i : this.slope * dy_i));
  }
}

export const relu = defineExercise({
  name: 'relu',
  title: { en: 'ReLU and leaky ReLU', ko: 'ReLU와 leaky ReLU' },
  text: {
    en: `
      From here on functions take vectors, and work on each element by itself:

          ReLU:       y[i] = x[i]  if x[i] > 0,  else 0
          leaky ReLU: y[i] = x[i]  if x[i] > 0,  else slope·x[i]

      dy is the derivative of some J by y, one number for each element; backward returns dx, just as long. At 0
      itself there is no derivative: any number between the slopes on both sides will do.
    `,
    ko: `
      이제부터 함수는 벡터를 받아 원소마다 따로 계산합니다.

          ReLU:       x[i] > 0 이면 y[i] = x[i],  아니면 y[i] = 0
          leaky ReLU: x[i] > 0 이면 y[i] = x[i],  아니면 y[i] = slope·x[i]

      dy는 어떤 J를 y로 미분한 것으로, 원소마다 수 하나씩입니다. backward는 같은 길이의 dx를 돌려줍니다. 0에서는 미분할 수
      없으므로, 양쪽 기울기 사이의 어떤 값이어도 됩니다.
    `,
  },
  skeleton: `
    /** y = max(0, x), element by element. */
    export class ReLU {
      forward(x: number[]): number[] {
        throw new Error('TODO: ReLU.forward');
      }

      backward(dy: number[]): number[] {
        throw new Error('TODO: ReLU.backward');
      }
    }

    /** y = x above 0, slope·x below, element by element. */
    export class LeakyReLU {
      slope: number;

      constructor(slope: number) {
        this.slope = slope;
      }

      forward(x: number[]): number[] {
        throw new Error('TODO: LeakyReLU.forward');
      }

      backward(dy: number[]): number[] {
        throw new Error('TODO: LeakyReLU.backward');
      }
    }
  `,
  reference: { ReLU, LeakyReLU },
  hints: [
    {
      en: 'Draw the function. How steep is it left of 0, and how steep right of 0?',
      ko: '함수의 그래프를 그려 보세요. 0의 왼쪽과 오른쪽에서 기울기는 각각 얼마일까요?',
    },
    {
      en: 'Which side an element was on is decided by x, not by dy: keep x.',
      ko: '원소가 어느 쪽에 있었는지는 dy가 아니라 x가 정합니다. x를 저장해 두세요.',
    },
    {
      en: 'Go through dy with map. Where x[i] was positive, dy[i] passes unchanged; elsewhere it is multiplied by the slope there, and for ReLU that slope is nothing at all.',
      ko: 'map으로 dy를 훑으세요. x[i]가 양수였던 곳에서는 dy[i]가 그대로 지나가고, 나머지에서는 그쪽 기울기를 곱합니다. ReLU에서는 그 기울기가 없는 것과 같습니다.',
    },
  ],
  trials: [
    {
      name: 'ReLU',
      inputs: [[[0.5, -1.2, 2]], [[-0.3, -0.8]], [[1.5]]],
      edges: [[[0, -0.1, 0.1]]],
    },
    {
      name: 'LeakyReLU',
      make: (code) => new code.LeakyReLU(0.1),
      inputs: [[[0.5, -1.2, 2]], [[-0.3, -0.8]]],
      edges: [[[0, -0.1, 0.1]]],
    },
  ],
});

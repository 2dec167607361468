// Exercise: convolution along a line, in which each weight is used at every position.

import { defineExercise } from './kit/exercise.js';

class Convolution1D {
  w: number[];
  b: number;
  dw: number[] = [];
  db = 0;
  #x: number[] = [];

  constructor(w: number[], b: number) {
    this.w = w;
    this.b = b;
  }

  forward(x: number[]): number[] {
    this.#x = x;
    const length = x.length - this.w.length + 1;
    return Array.from({ length }, (_, i) => this.w.reduce((sum, w_k, k) => sum + w_k * x[i + k]!, this.b));
  }

  backward(dy: number[]): number[] {
    this.dw = this.w.map((_, k) => dy.reduce((sum, dy_i, i) => sum + dy_i * this.#x[i + k]!, 0));
    this.db = dy.reduce((sum, dy_i) => sum + dy_i, 0);
    const dx = this.#x.map(() => 0);
    dy.forEach((dy_i, i) => this.w.forEach((w_k, k) => (dx[i + k]! += dy_i * w_k)));
    return dx;
  }
}

export const convolution1d = defineExercise({
  name: 'convolution-1d',
  title: { en: 'Convolution along a line', ko: '1차원 합성곱' },
  text: {
    en: `
      A small window of weights moves along a line of numbers, and gives one result at each position:

          y[i] = w[0]·x[i] + w[1]·x[i+1] + … + b

          x [n]   w [k]   y [n - k + 1]

      forward returns y. backward gets dy, stores dw and db, and returns dx. Every weight is used at every
      position, and every input in up to k of them.
    `,
    ko: `
      가중치로 된 작은 창이 수의 줄을 따라 움직이면서 위치마다 결과를 하나씩 냅니다.

          y[i] = w[0]·x[i] + w[1]·x[i+1] + … + b

          x [n]   w [k]   y [n - k + 1]

      forward는 y를 돌려줍니다. backward는 dy를 받아 dw와 db를 저장하고 dx를 돌려줍니다. 각 가중치는 모든 위치에서 쓰이고, 각 입력은
      많게는 k개 위치에서 쓰입니다.
    `,
  },
  skeleton: `
    /** y[i] = w[0]·x[i] + w[1]·x[i+1] + … + b */
    export class Convolution1D {
      w: number[];
      b: number;
      dw: number[] = [];
      db = 0;

      constructor(w: number[], b: number) {
        this.w = w;
        this.b = b;
      }

      forward(x: number[]): number[] {
        throw new Error('TODO: Convolution1D.forward');
      }

      /** Stores dw and db, returns dx, as long as x. */
      backward(dy: number[]): number[] {
        throw new Error('TODO: Convolution1D.backward');
      }
    }
  `,
  reference: { Convolution1D },
  hints: [
    {
      en: 'Write out y[0], y[1] and y[2] for a window of two weights. Mark every place where w[0] stands, then every place where x[1] stands.',
      ko: '가중치가 두 개일 때 y[0], y[1], y[2]를 풀어 써 보세요. 그리고 w[0]이 나오는 곳과 x[1]이 나오는 곳을 모두 표시해 보세요.',
    },
    {
      en: 'w[k] meets x[i + k] in y[i]. So dw[k] collects something from every dy[i]; and db collects every dy[i] as it is.',
      ko: 'y[i]에서 w[k]는 x[i + k]와 곱해집니다. 따라서 dw[k]에는 모든 dy[i]에서 온 것이 모이고, db에는 모든 dy[i]가 그대로 모입니다.',
    },
    {
      en: 'For dx begin with zeros, go through all i and k as forward does, and add to dx[i + k] what y[i] passes back to it. The order of the weights stays as it is, as long as you add in this way.',
      ko: 'dx는 0으로 시작해서, forward처럼 모든 i와 k를 돌며 y[i]가 되돌려 보내는 것을 dx[i + k]에 더하세요. 이렇게 더하면 가중치의 순서를 뒤집을 일이 없습니다.',
    },
  ],
  trials: [
    {
      name: 'Convolution1D',
      make: (code) => new code.Convolution1D([0.5, -1.2, 0.8], 0.3),
      inputs: [[[1, 2, -0.5, 0.7, -1.4, 0.2]], [[0.6, -0.9, 1.3]]],
    },
    {
      name: 'Convolution1D w[2]',
      make: (code) => new code.Convolution1D([-0.4, 0.9], -0.1),
      inputs: [[[0.4, -0.7, 1.1, 0.3]]],
    },
  ],
});

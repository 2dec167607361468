// Exercise: an affine layer on a batch, whose weights gather the derivatives of all samples.

import { defineExercise } from './kit/exercise.js';
import { matmul, MATRIX_HELPERS, transpose } from './kit/matrix.js';

class Linear {
  W: number[][];
  b: number[];
  dW: number[][] = [];
  db: number[] = [];
  #x: number[][] = [];

  constructor(W: number[][], b: number[]) {
    this.W = W;
    this.b = b;
  }

  forward(x: number[][]): number[][] {
    this.#x = x;
    return matmul(x, this.W).map((row) => row.map((y_j, j) => y_j + this.b[j]!));
  }

  backward(dy: number[][]): number[][] {
    this.dW = matmul(transpose(this.#x), dy);
    this.db = this.b.map((_, j) => dy.reduce((sum, row) => sum + row[j]!, 0));
    return matmul(dy, transpose(this.W));
  }
}

export const linear = defineExercise({
  name: 'linear',
  title: { en: 'An affine layer on a batch', ko: '배치에 쓰는 아핀 층' },
  text: {
    en: `
      Many neurons at once, on many samples at once: each row of x is a sample, each column of W a neuron.

          y = x W + b

          x [n, in]   W [in, out]   b [out]   y [n, out]

      backward gets dy, in the shape of y. It stores the derivatives by the parameters in this.dW and this.db,
      each in the shape of its parameter, and returns dx, in the shape of x. From now on backward takes no step
      itself: whoever trains the layer does, with dW and db. matmul and transpose are there for you.
    `,
    ko: `
      여러 뉴런을 여러 표본에 한꺼번에 적용합니다. x의 한 행이 표본 하나, W의 한 열이 뉴런 하나입니다.

          y = x W + b

          x [n, in]   W [in, out]   b [out]   y [n, out]

      backward는 y와 같은 형상의 dy를 받습니다. 매개변수로 미분한 값을 각 매개변수와 같은 형상으로 this.dW와 this.db에 저장하고,
      x와 같은 형상의 dx를 돌려줍니다. 이제부터 backward는 매개변수를 직접 갱신하지 않습니다. 갱신은 층을 학습시키는 쪽이 dW와
      db로 합니다. matmul과 transpose는 아래에 있는 것을 쓰면 됩니다.
    `,
  },
  skeleton: `
    /** y = x W + b */
    export class Linear {
      W: number[][]; // [in, out]
      b: number[]; // [out]
      dW: number[][] = [];
      db: number[] = [];

      constructor(W: number[][], b: number[]) {
        this.W = W;
        this.b = b;
      }

      forward(x: number[][]): number[][] {
        throw new Error('TODO: Linear.forward');
      }

      /** Stores dW and db, returns dx. */
      backward(dy: number[][]): number[][] {
        throw new Error('TODO: Linear.backward');
      }
    }
  `,
  helpers: MATRIX_HELPERS,
  reference: { Linear },
  hints: [
    {
      en: 'Write the shapes below each other. dW has the shape of W, [in, out], and it is made of x [n, in] and dy [n, out]. There is one way to multiply them that fits.',
      ko: '형상을 나란히 적어 보세요. dW의 형상은 W와 같은 [in, out]이고, x [n, in]과 dy [n, out]으로 만듭니다. 두 행렬을 곱해 이 형상이 나오는 방법은 하나뿐입니다.',
    },
    {
      en: 'The same holds for dx: made of dy [n, out] and W [in, out], it must come out as [n, in]. One of them has to be transposed, and the order matters.',
      ko: 'dx도 마찬가지입니다. dy [n, out]과 W [in, out]으로 [n, in]이 나와야 합니다. 둘 중 하나를 전치해야 하고, 곱하는 순서도 중요합니다.',
    },
    {
      en: 'b is used once for every sample, and what is used several times collects the derivatives of all its uses: go down each column of dy. It is a sum, not a mean.',
      ko: 'b는 표본마다 한 번씩 쓰입니다. 여러 번 쓰인 값에는 쓰인 곳마다의 도함수가 모두 모이므로, dy를 열마다 아래로 훑으며 모으세요. 평균이 아니라 합입니다.',
    },
  ],
  trials: [
    {
      name: 'Linear',
      make: (code) =>
        new code.Linear(
          [
            [0.4, -0.7, 0.2],
            [-0.5, 0.3, 0.9],
          ],
          [0.1, -0.2, 0.3],
        ),
      inputs: [
        [
          [
            [1, 2],
            [-0.5, 0.3],
            [0.7, -1.1],
            [0.2, 0.9],
          ],
        ],
        [[[1.5, -0.4]]],
      ],
    },
  ],
});

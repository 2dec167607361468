// The rows of a tensor in another order.

import { sizeOf } from './shape.js';
import { Tensor } from './tensor.js';

/** @internal The given rows (entries along axis 0) of a tensor of at least one axis, copied, in the order given. */
export function takeRows(t: Tensor, rows: ArrayLike<number>): Tensor {
  const width = sizeOf(t.shape.slice(1));
  const data = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * width;
    data.set(t.data.subarray(start, start + width), i * width);
  }
  return new Tensor(data, [rows.length, ...t.shape.slice(1)], { dtype: t.dtype });
}

// Finding where a NaN or an infinity was born, for `detectAnomaly`.

import { AnomalyError } from '../errors.js';
import {
  formatNumber,
  formatShape,
  indicesAt,
  sameShape,
  type Operation,
  type Tensor,
} from '../tensor/index.js';

/** Throws an `AnomalyError` that names the function, the element and its inputs, if a result is not finite. */
export function checkFinite(
  result: Tensor,
  operation: Operation,
  inputs: readonly Tensor[],
  what = 'the result',
): void {
  const position = result.data.findIndex((value) => !Number.isFinite(value));
  if (position < 0) return;
  const where = result.ndim > 0 ? ` at ${formatShape(indicesAt(position, result.shape))}` : '';
  const elementwise = Object.values(operation.derivatives).some((by) => by && 'local' in by);
  const causes = inputs.map((input, i) => {
    const name = input.name ?? operation.inputs[i];
    const partner =
      input.size === 1 ? 0 : elementwise && sameShape(input.shape, result.shape) ? position : null;
    return partner === null
      ? `${name} has shape ${formatShape(input.shape)}`
      : `${name} = ${formatNumber(input.data[partner]!)}`;
  });
  throw new AnomalyError(
    `${operation.name}(${operation.inputs.join(', ')}): ${what} is ${formatNumber(result.data[position]!)}${where}, ` +
      `where ${causes.join(', ')}`,
  );
}

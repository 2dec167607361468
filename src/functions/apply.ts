// Calling a function: compute its value, and remember the call if somebody will want the derivative.

import { GradientError, ValueError } from '../errors.js';
import {
  isRecording,
  isWatching,
  Tensor,
  toTensor,
  tracedAssignments,
  type Attributes,
  type Derivative,
  type Operation,
  type Scope,
  type TensorLike,
} from '../tensor/index.js';
import { checkFinite } from './anomaly.js';
import { nameInputs } from './define.js';

/** Runs an operation on inputs and options; the result remembers the call if any input requires a gradient. */
export function apply(operation: Operation, inputs: readonly TensorLike[], attributes: Attributes): Tensor {
  const tensors = operation.inputs.map((name, i) => {
    const input = inputs[i];
    if (input === undefined) throw new ValueError(`${operation.name}: ${name} is missing`);
    return toTensor(input);
  });
  const shape = operation.shape(
    tensors.map((input) => input.shape),
    attributes,
  );
  const dtype = operation.dtype(tensors.map((input) => input.dtype));
  const isTraced = tracedAssignments() !== null;
  const data = isTraced ? null : operation.value(tensors, shape, attributes);
  const requiresGrad =
    isRecording() &&
    dtype === 'float64' &&
    tensors.some((input, i) => input.requiresGrad && derivativeBy(operation, i) !== undefined);
  const origin =
    requiresGrad || isTraced
      ? { operation, inputs: tensors, attributes, versions: tensors.map((input) => input.version) }
      : null;
  const result = new Tensor(data, shape, { dtype, requiresGrad, origin });
  if (isWatching() && !isTraced) checkFinite(result, operation, tensors);
  return result;
}

/** The derivative by an operation's input number `index`, if it has one. */
export function derivativeBy(operation: Operation, index: number): Derivative | undefined {
  return operation.derivatives[inputName(operation, index)];
}

/** What an operation's formulas call its input number `index`. */
export function inputName(operation: Operation, index: number): string {
  return operation.inputs[index] ?? `input ${index}`;
}

/**
 * The names that the derivatives of a tensor's origin see: its inputs and the result `y`.
 * Throws a `GradientError` if an input was changed in place since: the derivative would be that of other numbers.
 */
export function derivativeScope(y: Tensor): Scope {
  const { operation, inputs, versions } = y.origin!;
  inputs.forEach((input, i) => {
    if (input.version !== versions[i]) {
      throw new GradientError(
        `${operation.name}: its input ${input.name ?? inputName(operation, i)} was changed in place (assign) after the ` +
          'forward pass, so the derivative would be taken at other numbers; run backward before the update',
      );
    }
  });
  return { ...nameInputs(operation.inputs, inputs), y };
}

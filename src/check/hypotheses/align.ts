// Laying a quantity beside a slot: which of its numbers goes with which element, in all the ways that make sense.

import { indicesAt, sameShape, type Shape, type Tensor } from '../../tensor/index.js';

/**
 * The ways to lay `quantity` beside a slot, by name. With `at`, the place of the one output that counts, a quantity of the
 * output's batch is read at the same sample, one of its features at the same feature.
 */
export function alignments(
  quantity: Tensor,
  slot: Shape,
  output: Shape,
  at: readonly number[] | null,
): Map<string, Tensor> {
  const aligned = new Map<string, Tensor>();
  for (const [where, part] of parts(quantity, output, at)) {
    for (const [how, laid] of lay(part, slot)) aligned.set(where + how, laid);
  }
  return aligned;
}

/** The whole quantity, and the parts of it that belong to the one output. */
function* parts(
  quantity: Tensor,
  output: Shape,
  at: readonly number[] | null,
): Generator<[where: string, part: Tensor]> {
  yield ['', quantity];
  if (!at || quantity.ndim === 0 || output.length === 0) return;
  if (sameShape(quantity.shape, output)) {
    yield ['same output, ', quantity.slice(...at)];
  }
  const [first, last] = [at[0]!, at.at(-1)!];
  if (quantity.shape[0] === output[0]) yield ['same sample, ', quantity.slice(first)];
  if (output.length > 1 && quantity.shape[0] === output.at(-1)) yield ['same row, ', quantity.slice(last)];
  if (quantity.ndim > 1 && quantity.shape.at(-1) === output.at(-1)) {
    yield ['same column, ', quantity.slice(...quantity.shape.slice(1).map(() => null), last)];
  }
}

/** A part repeated over the slot: along its last axes as NumPy does, along its first ones, or turned round. */
function* lay(part: Tensor, slot: Shape): Generator<[how: string, laid: Tensor]> {
  if (broadcasts(part.shape, slot)) yield ['along the last axes', part.broadcastTo(slot)];
  const standing = [...part.shape, ...slot.slice(part.ndim).map(() => 1)];
  if (part.ndim > 0 && part.ndim < slot.length && broadcasts(standing, slot)) {
    yield ['along the first axes', part.reshape(standing).broadcastTo(slot)];
  }
  if (part.ndim > 1) {
    const turned = part.transpose();
    if (broadcasts(turned.shape, slot)) yield ['transposed', turned.broadcastTo(slot)];
  }
}

/** Whether a shape can be repeated to a larger one. */
export function broadcasts(shape: Shape, target: Shape): boolean {
  const missing = target.length - shape.length;
  return missing >= 0 && shape.every((length, axis) => length === 1 || length === target[axis + missing]);
}

/** The place of the one output that an upstream of zeros and a single 1 singles out, or null. */
export function placeOf(upstream: Tensor): readonly number[] | null {
  const ones = [...upstream.data.keys()].filter((i) => upstream.data[i] !== 0);
  return ones.length === 1 && upstream.data[ones[0]!] === 1 ? indicesAt(ones[0]!, upstream.shape) : null;
}

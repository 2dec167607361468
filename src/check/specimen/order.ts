// Results without a name: which input or parameter each is the derivative by.

import { ones, sameShape, type Tensor } from '../../tensor/index.js';
import { agreementOf } from './agreement.js';
import { isPrediction, isTarget, mayBeTarget } from './signature.js';
import { differentiate, evaluate, type Slot, type Specimen } from './specimen.js';

const MOST = 12; // orders that are tried

/**
 * The slots to which a specimen's results without a name belong, in order; null where there is nothing to choose. There may be
 * fewer results than inputs: a loss gives none by its labels. Names decide, and where they do not, the order that agrees with the
 * numbers. `tryOut` sets an order for the specimen.
 */
export function orderOf(
  specimen: Specimen,
  values: readonly Tensor[],
  tryOut: (order: readonly string[]) => void,
): readonly string[] | null {
  let results: readonly Tensor[];
  try {
    results = differentiate(specimen, values, ones(evaluate(specimen, values).shape)).unnamed;
  } catch {
    return null;
  }
  const slots: Slot[] = specimen.inputNames.map((name, index) => ({ kind: 'input', name, index }));
  if (results.length > 1 && results.length > slots.length)
    slots.push(...specimen.parameters.map(({ path }): Slot => ({ kind: 'parameter', name: path })));
  if (results.length === 0 || results.length >= slots.length) return null;
  const shapeOf = (slot: Slot): readonly number[] =>
    slot.kind === 'input'
      ? values[slot.index]!.shape
      : specimen.parameters.find(({ path }) => path === slot.name)!.read().shape;
  const orders = choicesOf(slots, results.length).filter((choice) =>
    choice.every((slot, i) => sameShape(shapeOf(slot), results[i]!.shape)),
  );
  const named = byName(orders);
  if (named.length === 0) return null;
  if (named.length === 1) return namesOf(named[0]!);
  return namesOf(byNumbers(named.slice(0, MOST), specimen, values, tryOut));
}

function namesOf(slots: readonly Slot[]): string[] {
  return slots.map(({ name }) => name);
}

/** The ways to leave out some slots and keep the order of the others, those that leave out the last ones first. */
function choicesOf(slots: readonly Slot[], count: number): Slot[][] {
  if (count === 0) return [[]];
  return slots
    .slice(0, slots.length - count + 1)
    .flatMap((slot, i) => choicesOf(slots.slice(i + 1), count - 1).map((rest) => [slot, ...rest]));
}

/** Those without a target, if there are any, and of these the ones by a prediction. */
function byName(orders: readonly Slot[][]): readonly Slot[][] {
  const without = (isOut: (name: string) => boolean): Slot[][] =>
    orders.filter((order) => !order.some(({ kind, name }) => kind === 'input' && isOut(name)));
  const left = [without(mayBeTarget), without(isTarget), orders].find(({ length }) => length > 0) ?? [];
  const predicted = left.filter((order) => order.some(({ name }) => isPrediction(name)));
  return predicted.length === 1 ? predicted : left;
}

/**
 * The order in which the results agree with the numbers; if they do in none, the first. A derivative with the wrong sign is often
 * the right one by the other input of a difference: that is no reason to take it as such.
 */
function byNumbers(
  orders: readonly Slot[][],
  specimen: Specimen,
  values: readonly Tensor[],
  tryOut: (order: readonly string[]) => void,
): readonly Slot[] {
  for (const order of orders) {
    tryOut(namesOf(order));
    const agreement = agreementOf(specimen, values);
    if (agreement === 'agrees') return order;
    if (order === orders[0] && agreement === 'opposite') return order;
  }
  return orders[0]!;
}

// Matrix products: one factor in the place of another, or one of several products that should be added up missing.

import { isClose, attempt } from './match.js';
import { sameShape, type Tensor } from '../../tensor/index.js';
import type { Evidence, Hypothesis, Observation } from '../evidence.js';
import { isOverwritten } from './overwritten.js';
import { quantitiesOf } from './quantities.js';

/** A product of two quantities, by name; its values for each observation. */
interface Product {
  readonly text: string;
  readonly values: readonly Tensor[];
}

const FEW = 3; // observations are enough to tell products apart

/** The derivative is one product of matrices, and another one was found; or one of its products is missing. */
export const matrixProducts: Hypothesis = (evidence) => {
  const { slot } = evidence;
  const observations = evidence.observations.slice(0, FEW);
  if (observations.some(({ found, value }) => value.ndim === 0 || !sameShape(found.shape, value.shape)))
    return null;
  const products = productsIn(evidence, observations);
  const find = (wanted: (observation: Observation, i: number) => Tensor): Product | undefined =>
    products.find(({ values }) => observations.every((each, i) => isClose(values[i]!, wanted(each, i))));

  const found = find((each) => each.found);
  const right = find((each) => each.expected);
  if (found && right && found.text !== right.text) {
    const bare = ({ text }: Product): string => text.replaceAll('ᵀ', '');
    return {
      cause: bare(found) === bare(right) ? 'factor-not-transposed' : 'wrong-factor',
      message: `Your derivative by ${slot.name} is ${found.text}; it must be ${right.text}.`,
      correction: `d${slot.name} = ${right.text}`,
    };
  }
  const missing = find(({ expected, found }) => expected.sub(found));
  if (missing) return lacks(evidence, missing.text);
  // One of two products, alone or doubled.
  for (const times of [1, 2]) {
    const one = find((each) => each.found.div(times));
    const other = one && find(({ expected }, i) => expected.sub(one.values[i]!));
    if (other) return lacks(evidence, other.text);
  }
  return null;
};

function lacks(evidence: Evidence, product: string): ReturnType<Hypothesis> {
  return {
    cause: isOverwritten(evidence) ? 'overwritten-where-used-twice' : 'term-missing',
    message: `${evidence.slot.name} is used twice, and its derivative is the sum of two contributions. Yours lacks ${product}.`,
    correction: `Add ${product}.`,
  };
}

/** Every product of two quantities, as they are or transposed, that has the shape of the slot; times the upstream if that is a number. */
function productsIn(evidence: Evidence, observations: readonly Observation[]): Product[] {
  const lists = observations.map((observation) => {
    const quantities = quantitiesOf(evidence, observation).filter(
      ({ value }) => value.ndim > 0 && value.ndim <= 2,
    );
    const sides = quantities.flatMap(({ name, value }) =>
      value.ndim === 2
        ? [
            { text: name, value },
            { text: `${name}ᵀ`, value: value.transpose() },
          ]
        : [{ text: name, value }],
    );
    const { shape } = observation.value;
    const factor = observation.upstream.size === 1 ? observation.upstream.data[0]! : 1;
    return new Map(
      sides.flatMap((left) =>
        sides.flatMap((right) => {
          const product = attempt(() => productOf(left.value, right.value, shape));
          return product ? [[`${left.text} @ ${right.text}`, product.mul(factor)] as const] : [];
        }),
      ),
    );
  });
  return [...(lists[0]?.keys() ?? [])].flatMap((text) => {
    const values = lists.map((list) => list.get(text));
    return values.every((value) => value !== undefined) ? [{ text, values }] : [];
  });
}

function productOf(left: Tensor, right: Tensor, shape: readonly number[]): Tensor | null {
  const fits = left.shape.at(-1) === right.shape[0] && left.ndim + right.ndim - 2 === shape.length;
  if (!fits) return null;
  const product = left.matmul(right);
  return sameShape(product.shape, shape) ? product : null;
}

// A chain: parts one after the other, and the chain rule from last to first.

import { ValueError } from '../errors.js';
import { differentiable, nameOf, type Differentiable, type Subject } from './differentiable.js';

/** One part of a chain. */
export interface Link {
  readonly name: string;
  readonly passes: Differentiable;
}

/** Parts one after the other: the result of each goes into the next, and derivatives come back the other way. */
export class Chain implements Differentiable {
  readonly links: readonly Link[];

  constructor(links: readonly Link[]) {
    this.links = links;
  }

  forward(...inputs: unknown[]): unknown {
    return this.links.reduce<readonly unknown[]>(
      (values, { passes }) => [passes.forward(...(values as never[]))],
      inputs,
    )[0];
  }

  backward(upstream: unknown = 1): unknown {
    return this.links.reduceRight<unknown>((dy, { passes }) => passes.backward(dy as never), upstream);
  }
}

/**
 * Parts one after the other, as one thing with `forward` and `backward`. A part may be anything that `explain` takes: a
 * class of your own, a library function, a module. Parts of the same class are told apart by number.
 * Throws a `ValueError` for an empty list.
 *
 * @example
 * const sigmoid = chain([new Negate(), new Exp(), new PlusOne(), new Reciprocal()]);
 * sigmoid.forward(0); // 0.5
 * sigmoid.backward(1); // 0.25
 */
export function chain(parts: readonly Subject[]): Chain {
  if (parts.length === 0) throw new ValueError('chain: expected at least one part, got an empty list');
  const names = parts.map(nameOf);
  return new Chain(
    parts.map((part, i) => {
      const name = names[i]!;
      const repeated = names.filter((other) => other === name).length > 1;
      const number = names.slice(0, i + 1).filter((other) => other === name).length;
      return { name: repeated ? `${name} ${number}` : name, passes: differentiable(part) };
    }),
  );
}

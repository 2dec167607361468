// The parts of an object that have both passes themselves: the layers of a hand-written model.

import { Chain, isDifferentiable } from '../../protocol/index.js';
import { foreignObject } from '../foreign.js';

/** The links of a chain, or fields, and entries of lists in fields, that have forward and backward. */
export function partsOf(owner: object): readonly { readonly name: string; readonly part: object }[] {
  const elsewhere = foreignObject(owner);
  if (elsewhere) return elsewhere.parts();
  if (owner instanceof Chain) return owner.links.map(({ name, passes }) => ({ name, part: passes }));
  return Object.entries(owner).flatMap(([name, value]) => {
    if (isDifferentiable(value)) return [{ name, part: value }];
    if (!Array.isArray(value)) return [];
    return value.flatMap((item: unknown, i) =>
      isDifferentiable(item) ? [{ name: `${name}[${i}]`, part: item }] : [],
    );
  });
}

/** The object to look for parameters in: a chain's links go by their names. */
export function fieldsRoot(owner: object): object {
  return owner instanceof Chain
    ? Object.fromEntries(partsOf(owner).map(({ name, part }) => [name, part]))
    : owner;
}

// The element-by-element functions as instructions, on one number or on a vector of them.

import { ValueError } from '../../errors.js';
import type { Format } from './math/formats.js';
import { math, mathFunction, type MathName } from './math/index.js';
import type { Lanes } from './math/lanes.js';

type Element = <F extends Format>(...x: readonly Lanes<F>[]) => Lanes<F>;

const MATH = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'tanh',
  'sin',
  'cos',
  'erf',
  'pow',
] as const satisfies MathName[];

/**
 * A function that has code of its own. It is written where it is needed, which is a third faster than a call; but only so
 * many times in a module, which would else grow with every loop.
 */
function mathematical(name: MathName): Element {
  return (...x) => {
    const { page } = x[0]!;
    const { module } = page.body;
    const uses = module.once(`uses of ${name}`, () => ({ count: 0 }));
    if (uses.count++ < MOST_INLINED) return math[name](x[0]!, x[1]!);
    const run = mathFunction(module, name, page.format);
    return page.numbers(run(...x.map(({ code }) => code)));
  };
}

const MOST_INLINED = 8;

const ELEMENTS: Readonly<Record<string, Element>> = {
  add: (a, b) => a!.add(b!),
  sub: (a, b) => a!.sub(b!),
  mul: (a, b) => a!.mul(b!),
  div: (a, b) => a!.div(b!),
  neg: (x) => x!.neg(),
  abs: (x) => x!.abs(),
  sqrt: (x) => x!.sqrt(),
  maximum: (a, b) => a!.max(b!),
  minimum: (a, b) => a!.min(b!),
  reciprocal: (x) => x!.page.constant(1).div(x!),
  sign: (x) => x!.gt(0).select(1, x!.lt(0).select(-1, x!)),
  where: (condition, a, b) => condition!.ne(0).select(a!, b!),
  equal: (a, b) => a!.eq(b!).select(1, 0),
  notEqual: (a, b) => a!.ne(b!).select(1, 0),
  less: (a, b) => a!.lt(b!).select(1, 0),
  lessEqual: (a, b) => a!.lt(b!).or(a!.eq(b!)).select(1, 0),
  greater: (a, b) => a!.gt(b!).select(1, 0),
  greaterEqual: (a, b) => a!.gt(b!).or(a!.eq(b!)).select(1, 0),
  ...Object.fromEntries(MATH.map((name) => [name, mathematical(name)])),
};

/** The value of a function of the table of functions where its inputs are these. */
export function elementOf<F extends Format>(name: string, inputs: readonly Lanes<F>[]): Lanes<F> {
  const element = Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined;
  if (!element) throw new ValueError(`compile: there are no instructions for ${name}`);
  return element(...inputs);
}

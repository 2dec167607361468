// The element-by-element functions as instructions, on one number or on a vector of them.

import { ValueError } from '../../errors.js';
import { f32, f32x4, f64, f64x2, type Code, type ValueType } from './assembler.js';
import type { Float as FloatOf, Format } from './math/formats.js';
import { mathFunction, type MathName } from './math/index.js';
import type { Lanes } from './math/lanes.js';

type Element = <F extends Format>(...x: readonly Lanes<F>[]) => Lanes<F>;

type Instruction = (...x: readonly Code<ValueType>[]) => Code<ValueType>;

const INSTRUCTIONS = { f32, f64, f32x4, f64x2 } as unknown as Readonly<
  Record<Format, Readonly<Record<'neg' | 'sqrt' | 'min' | 'max', Instruction>>>
>;

/** A function that is one instruction of every format. */
function instruction(name: 'neg' | 'sqrt' | 'min' | 'max'): Element {
  return (...x) => {
    const { page } = x[0]!;
    const result = INSTRUCTIONS[page.format][name](...x.map(({ code }) => code));
    return page.numbers(result as Code<FloatOf<typeof page.format>>);
  };
}

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

/** A function that has code of its own. */
function mathematical(name: MathName): Element {
  return (...x) => {
    const { page } = x[0]!;
    const run = mathFunction(page.body.module, name, page.format);
    return page.numbers(run(...x.map(({ code }) => code)));
  };
}

const ELEMENTS: Readonly<Record<string, Element>> = {
  add: (a, b) => a!.add(b!),
  sub: (a, b) => a!.sub(b!),
  mul: (a, b) => a!.mul(b!),
  div: (a, b) => a!.div(b!),
  neg: instruction('neg'),
  abs: (x) => x!.abs(),
  sqrt: instruction('sqrt'),
  maximum: instruction('max'),
  minimum: instruction('min'),
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

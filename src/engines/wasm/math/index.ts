// The mathematical functions that WebAssembly has no instruction for, by name.
//
// Each is a formula on `Lanes`, for one float32, one float64, four float32 or two float64 at once, written into the function
// that needs it (`inlineMath`) or into one of its own (`mathFunction`). A format's scalars and vectors give the same bits,
// and so does every engine: there is no fused or relaxed instruction in them.

import { call, type Body, type Code, type ModuleBuilder } from '../assembler.js';
import { erf } from './erf.js';
import { exp } from './exp.js';
import { expm1 } from './expm1.js';
import { instructionsOf, type Float, type Format } from './formats.js';
import { Page, type Lanes } from './lanes.js';
import { log, log1p } from './log.js';
import { pow } from './pow.js';
import { cos, sin } from './sine.js';
import { tanh } from './tanh.js';

/** The functions as formulas: `math.exp(x)` adds its instructions to the body that x is in. */
export const math = { exp, expm1, log, log1p, tanh, sin, cos, erf, pow };

/** The name of a function. */
export type MathName = keyof typeof math;

/** Writes a function's instructions at the end of a body, and gives its result: a quarter faster in a loop than a call. */
export function inlineMath<F extends Format>(
  body: Body,
  name: MathName,
  format: F,
  ...inputs: readonly Code<Float<F>>[]
): Code<Float<F>> {
  const page = new Page(body, format);
  const [x, y] = inputs.map((code) => page.numbers(code)) as [Lanes<F>, Lanes<F>];
  return math[name](x, y).code;
}

/**
 * A function of the module for numbers of a format, added when it is first asked for:
 * `const exp = mathFunction(module, 'exp', 'f32x4')`, and then `exp(v128.load(address))`.
 */
export function mathFunction<F extends Format>(
  module: ModuleBuilder,
  name: MathName,
  format: F,
): (...inputs: readonly Code<Float<F>>[]) => Code<Float<F>> {
  const { type } = instructionsOf(format);
  const params = name === 'pow' ? [type, type] : [type];
  const func = module.once(`${name}.${format}`, () =>
    module.define({ name: `${name}.${format}`, params, result: type }, (body, ...inputs) =>
      inlineMath(body, name, format, ...inputs),
    ),
  );
  return (...inputs) => call(func, ...inputs);
}

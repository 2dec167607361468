// explain: the derivation of anything that can be differentiated.

import { ValueError } from '../errors.js';
import { evaluate, parse, variablesOf } from '../expression/index.js';
import {
  chain,
  Chain,
  isDifferentiable,
  nameOf,
  tensorCodeOf,
  type Differentiable,
  type Subject,
} from '../protocol/index.js';
import { ones, Tensor, tensor, toTensor, type TensorLike } from '../tensor/index.js';
import { Explanation } from './explanation.js';
import { derivationOfChain } from './from-chain.js';
import { derivationOf } from './from-graph.js';

/** Options of `explain` for an expression. */
export interface ExpressionOptions {
  /** A value for each variable. */
  readonly at?: Readonly<Record<string, TensorLike>>;
  /** The variables to differentiate by. Default: all. */
  readonly wrt?: readonly string[];
}

/** Options of `explain` for something with inputs. */
export interface InputOptions {
  /** What goes in. */
  readonly inputs: readonly TensorLike[];
  /** Derivative of what comes after the output, in its shape. Default: ones. */
  readonly upstream?: TensorLike;
}

/**
 * Every step from the inputs to the output and every derivative on the way back, with formula and number.
 *
 * The subject is a tensor that was computed (its graph is read), the text of an expression with the values of its
 * variables, or anything with inputs: a function on tensors, a module, a chain, or an object of your own with `forward`
 * and `backward`. An output of many elements is explained as their sum, unless `upstream` says otherwise.
 *
 * Throws an `ExpressionError` for a text that does not parse or a variable without a value, a `ValueError` for anything
 * that cannot be differentiated.
 *
 * @example
 * explain('1/(1+exp(-z))', { at: { z: 0 } }).gradients; // { z: 0.25 }
 * explain(new MySigmoid(), { inputs: [0.3] }).toText();
 */
export function explain(subject: Tensor): Explanation;
export function explain(subject: string, options?: ExpressionOptions): Explanation;
export function explain(subject: Subject, options: InputOptions): Explanation;
export function explain(
  subject: Tensor | string | Subject,
  options: ExpressionOptions & Partial<InputOptions> = {},
): Explanation {
  if (subject instanceof Tensor) return new Explanation(derivationOf(subject));
  if (typeof subject === 'string') return explainExpression(subject, options);
  if (!options.inputs)
    throw new ValueError(`explain: ${nameOf(subject)} needs inputs, as in { inputs: [0.3] }`);
  return isDifferentiable(subject)
    ? explainPasses(subject, options.inputs, options.upstream)
    : explainTensorCode(subject, options.inputs, options.upstream);
}

function explainExpression(source: string, { at = {}, wrt }: ExpressionOptions): Explanation {
  const expression = parse(source);
  const variables = variablesOf(expression);
  const unknown = wrt?.find((name) => !variables.includes(name));
  if (unknown !== undefined) {
    throw new ValueError(`explain: there is no variable ${unknown} in ${source} to differentiate by`);
  }
  const scope = Object.fromEntries(
    Object.entries(at).map(([name, value]) => [
      name,
      tensor(value, { name, dtype: 'float64', requiresGrad: true }),
    ]),
  );
  const output = evaluate(expression, scope, source);
  return new Explanation(
    derivationOf(
      output,
      ones(output.shape),
      wrt?.map((name) => scope[name]!),
    ),
  );
}

function explainPasses(
  subject: Differentiable,
  inputs: readonly TensorLike[],
  upstream: TensorLike | undefined,
): Explanation {
  return new Explanation(
    derivationOfChain(subject instanceof Chain ? subject : chain([subject]), inputs, upstream),
  );
}

/** A function or a module: its code runs once on the inputs, and its graph is read. */
function explainTensorCode(
  subject: Exclude<Subject, Differentiable>,
  inputs: readonly TensorLike[],
  upstream: TensorLike | undefined,
): Explanation {
  const leaves = inputs.map((input) => {
    const value = toTensor(input);
    return tensor(value, { requiresGrad: value.dtype === 'float64' });
  });
  const output = tensorCodeOf(subject)(...leaves);
  return new Explanation(derivationOf(output, upstream === undefined ? undefined : toTensor(upstream)));
}

// The derivation of a tensor, read off its graph.

import { parse, print, substitute, type Expression } from '../expression/index.js';
import { nameInputs } from '../functions/index.js';
import { adjointsOf, contributionsOf, tapeOf, type Contribution } from '../graph/index.js';
import {
  noGrad,
  ones,
  zeros,
  type Attributes,
  type Formula,
  type Scope,
  type Tensor,
} from '../tensor/index.js';
import type { Derivation, Quantity, Step, StepInput } from './derivation.js';
import { derivativeName, isConstant, nameAll, type Names } from './names.js';

/**
 * The derivation of `output`. `upstream` has its shape (default: ones). Only the leaves in `wrt`, by default all that
 * require a gradient, are reported as gradients.
 */
export function derivationOf(
  output: Tensor,
  upstream: Tensor = ones(output.shape),
  wrt?: readonly Tensor[],
): Derivation {
  const tape = tapeOf(output);
  const results = tape.filter((value) => value.origin);
  const leaves = results.length > 0 ? leavesOf(results, tape) : [output];
  const names = nameAll(leaves, results);
  const adjoints = output.requiresGrad ? adjointsOf(output, { upstream }) : new Map<Tensor, Tensor>();
  const reported = wrt ?? leaves.filter((leaf) => leaf.requiresGrad);
  return {
    output: names.output,
    value: output.toArray(),
    upstream: upstream.toArray(),
    ...describe(leaves, results, adjoints, names, (leaf) => reported.includes(leaf)),
    gradients: Object.fromEntries(
      reported.map((leaf) => [names.of(leaf), (adjoints.get(leaf) ?? zeros(leaf.shape)).toArray()]),
    ),
  };
}

function describe(
  leaves: readonly Tensor[],
  results: readonly Tensor[],
  adjoints: ReadonlyMap<Tensor, Tensor>,
  names: Names,
  isReported: (leaf: Tensor) => boolean,
): Pick<Derivation, 'leaves' | 'steps'> {
  const isShown = (value: Tensor): boolean => value.origin !== null || isReported(value);
  const contributions = noGrad(() =>
    results.flatMap((result) => contributionsOf(result, adjoints.get(result)!)),
  ).filter(({ input }) => isShown(input));
  const quantityOf = (value: Tensor): Quantity => ({
    name: names.of(value),
    value: value.toArray(),
    gradient: isShown(value) ? (adjoints.get(value)?.toArray() ?? null) : null,
    contributions: contributions
      .filter(({ input }) => input === value)
      .map(({ result, product }) => ({ step: names.of(result), product: product.toArray() })),
  });
  const stepOf = (result: Tensor): Step => ({
    ...quantityOf(result),
    operation: result.origin!.operation.name,
    formula: print(inNames(result.origin!.operation.formula, result, names)),
    inputs: inputsOf(result, contributions, names),
    stages: stagesOf(result, adjoints.get(result)!, names),
  });
  return { leaves: leaves.map(quantityOf), steps: results.map(stepOf) };
}

/** What a graph was computed from: first what carries a gradient, then data and constants with a name or a shape. */
function leavesOf(results: readonly Tensor[], tape: readonly Tensor[]): Tensor[] {
  const data = results
    .flatMap((result) => result.origin!.inputs)
    .filter((input) => !input.requiresGrad && !isConstant(input));
  return [...new Set([...tape.filter((value) => !value.origin), ...data])];
}

function inputsOf(result: Tensor, contributions: readonly Contribution[], names: Names): StepInput[] {
  return result.origin!.inputs.map((input, index) => {
    const contribution = contributions.find((each) => each.result === result && each.index === index);
    return {
      name: names.of(input),
      value: input.toArray(),
      derivative: contribution ? derivativeOf(contribution, names) : null,
    };
  });
}

function derivativeOf(
  { result, derivative, local, product }: Contribution,
  names: Names,
): StepInput['derivative'] {
  const formula = print(inNames(derivative.formula, result, names));
  const scalars = result.ndim === 0 && result.origin!.inputs.every((input) => input.ndim === 0);
  const numbers = scalars && local ? print(inNumbers(derivative.formula, result)) : null;
  return {
    formula,
    numbers: numbers === formula ? null : numbers,
    value: local && local.toArray(),
    product: product.toArray(),
  };
}

/** A formula of a function in the names of the derivation; `dy` is the derivative of the output by the result. */
function inNames(formula: Formula, result: Tensor, names: Names): Expression {
  const dy = derivativeName(names.output, names.of(result));
  return replaceNames(formula, result, names.inFormula, { kind: 'name', name: dy, start: 0 });
}

/** A formula of a function with the numbers put in. */
function inNumbers(formula: Formula, result: Tensor): Expression {
  return replaceNames(formula, result, (value) => ({ kind: 'number', value: value.data[0]!, start: 0 }));
}

function replaceNames(
  formula: Formula,
  result: Tensor,
  replacement: (value: Tensor) => Expression,
  dy?: Expression,
): Expression {
  const { operation, inputs, attributes } = result.origin!;
  const scope: Scope = { ...nameInputs(operation.inputs, inputs), y: result };
  return substitute(parse(textOf(formula, attributes)), (name) => {
    if (name === 'dy') return dy;
    return Object.hasOwn(scope, name) ? replacement(scope[name]!) : undefined;
  });
}

function textOf(formula: Formula, attributes: Attributes): string {
  return typeof formula === 'string' ? formula : formula(attributes);
}

/** A composite taken apart: its stages are run anew on the same inputs, and the same upstream goes back through them. */
function stagesOf(result: Tensor, upstream: Tensor, outer: Names): readonly Step[] {
  const { operation, inputs, attributes } = result.origin!;
  if (!operation.stages) return [];
  const copies = inputs.map((input) => {
    const copy = input.detach({ requiresGrad: input.requiresGrad });
    return isConstant(input) ? copy : copy.named(outer.of(input));
  });
  const output = operation.stages(nameInputs(operation.inputs, copies), attributes);
  const tape = tapeOf(output);
  const results = tape.filter((value) => value.origin);
  const names = nameAll(leavesOf(results, tape), results, {
    first: 'c',
    between: 's',
    last: outer.of(result),
    output: outer.output,
  });
  return describe([], results, adjointsOf(output, { upstream }), names, () => true).steps;
}

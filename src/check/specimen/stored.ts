// Gradients that a backward pass stored in fields: which of them belongs to which parameter.

import type { Tensor } from '../../tensor/index.js';
import { numericFields, type NumericField } from '../state.js';
import { fieldsRoot } from './parts.js';
import { isDerivativeBy, isGradientWord, isSameName } from './signature.js';

/** A rule by which people name what they store: whether a field holds the gradient of a parameter. */
type Rule = (field: Place, parameter: Place, isOnly: boolean) => boolean;

/** A path in parts: `layers.0.w` is at `layers`, `0` and called `w`. */
interface Place {
  readonly at: readonly string[];
  readonly name: string;
}

/** The rules, the plainest first. */
const RULES: readonly Rule[] = [
  // dw beside w
  (field, parameter) => isAt(field.at, parameter.at) && isDerivativeBy(field.name, parameter.name),
  // grads.w or grads.dw beside w, or beside params.w; dWeights.0 beside weights.0
  (field, parameter) =>
    isAmongGradients(field, parameter) &&
    (isSameName(field.name, parameter.name) || isDerivativeBy(field.name, parameter.name)),
  // weight.grad beside weight.value
  (field, parameter) =>
    isAt(field.at, parameter.at) &&
    isGradientWord(field.name) &&
    /^(?:value|values|val|data|param|array)$/i.test(parameter.name),
  // db beside bias, nabla_w beside weights
  (field, parameter) =>
    (isAt(field.at, parameter.at) || isAmongGradients(field, parameter)) &&
    SHORT.some(
      ([short, long]) =>
        long.test(parameter.name) && (isDerivativeBy(field.name, short) || isSameName(field.name, short)),
    ),
  // grad beside the one parameter that there is
  (field, parameter, isOnly) =>
    isOnly && isAt(field.at, parameter.at) && /^grad(?:ient)?s?$/i.test(field.name),
];

/** What long names are short for. */
const SHORT = [
  ['w', /^weights?$/i],
  ['b', /^bias(?:es)?$/i],
  ['bias', /^biases$/i],
  ['weight', /^weights$/i],
  ['g', /^gamma$/i],
] as const;

/** The gradients in the fields of an object, or given by its methods, by the path of the parameter that each is by. */
export function storedGradients(owner: object, parameters: readonly NumericField[]): Map<string, Tensor> {
  const fields = numericFields(fieldsRoot(owner));
  const isParameter = ({ path }: NumericField): boolean => parameters.some((other) => other.path === path);
  const others = fields.filter((field) => !isParameter(field));
  const named = byName(others, parameters);
  if (named.size > 0) return named;
  const listed = byOrder(others, parameters);
  if (listed.size > 0) return listed;
  const told = numericFields(toldByMethods(owner));
  return byName(told, parameters);
}

function byName(fields: readonly NumericField[], parameters: readonly NumericField[]): Map<string, Tensor> {
  const found = new Map<string, Tensor>();
  for (const parameter of parameters) {
    const place = placeOf(parameter.path);
    const isOnly = parameters.filter(({ path }) => isAt(placeOf(path).at, place.at)).length === 1;
    const rule = (matches: Rule): NumericField | undefined =>
      fields.find(({ path }) => matches(placeOf(path), place, isOnly));
    const gradient = parameter.gradient?.() ?? RULES.map(rule).find(Boolean)?.read();
    if (gradient) found.set(parameter.path, gradient);
  }
  return found;
}

/** A list of gradients without names, in the order of the parameters. */
function byOrder(fields: readonly NumericField[], parameters: readonly NumericField[]): Map<string, Tensor> {
  const lists = new Set(
    fields
      .map(({ path }) => placeOf(path))
      .filter(({ at }) => isGradientWord(at.at(-1) ?? ''))
      .map(({ at }) => at.join('.')),
  );
  for (const list of lists) {
    const entries = parameters.map((_, i) => fields.find(({ path }) => path === `${list}.${i}`));
    const isWhole = !fields.some(({ path }) => path === `${list}.${parameters.length}`);
    if (entries.every((entry) => entry !== undefined) && isWhole && parameters.length > 0)
      return new Map(entries.map((entry, i) => [parameters[i]!.path, entry.read()]));
  }
  return new Map();
}

/** What an object's methods such as `gradients()` give. */
function toldByMethods(owner: object): object {
  const names = [
    'grad',
    'grads',
    'gradient',
    'gradients',
    'getGradients',
    'get_gradients',
    'getGrads',
    'get_grads',
  ];
  const told = names.flatMap((name) => {
    const method = (owner as Record<string, unknown>)[name];
    if (typeof method !== 'function' || method.length > 0) return [];
    try {
      return [['gradients', method.call(owner) as unknown] as const];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(told);
}

function placeOf(path: string): Place {
  const parts = path.split('.');
  return { at: parts.slice(0, -1), name: parts.at(-1)! };
}

function isAt(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

/** Whether a field lies in a container of gradients that goes with the place of a parameter. */
function isAmongGradients({ at }: Place, parameter: Place): boolean {
  return at.some((part, i) => {
    const rest = at.toSpliced(i, 1);
    const counterpart = parameter.at[i];
    const isInItsPlace = counterpart !== undefined && isAt(rest, parameter.at.toSpliced(i, 1));
    if (isGradientWord(part)) return isAt(rest, parameter.at) || isInItsPlace;
    return isInItsPlace && (isDerivativeBy(part, counterpart) || isShortFor(part, counterpart));
  });
}

/** Whether a container is called after a short name, as `nabla_w` for the gradients of `weights`. */
function isShortFor(container: string, parameters: string): boolean {
  return SHORT.some(([short, long]) => long.test(parameters) && isDerivativeBy(container, short));
}

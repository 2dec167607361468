// Inputs for code that came without any: forms and shapes are tried until one runs and the result depends on it.

import { ValueError } from '../errors.js';
import { Module } from '../nn/index.js';
import { hasMethod, nameOf } from '../protocol/index.js';
import type { RandomState } from '../random/index.js';
import { full, Tensor, type NestedArray } from '../tensor/index.js';
import { recognise } from './specimen/recognise.js';
import { parameterNames } from './specimen/signature.js';
import { differentiate, evaluate, withParameter } from './specimen/specimen.js';
import { numericFields } from './state.js';
import { isWhole, readValue, type Value } from './value.js';

/** Inputs that the subject takes. Throws a `ValueError` that asks for some if none of those tried will do. */
export function drawInputs(subject: unknown, random: RandomState): Value[] {
  let failure: unknown = null;
  let best: { readonly inputs: Value[]; readonly fitness: number } | null = null;
  for (const inputs of candidates(subject, random)) {
    try {
      if (!isFitting(subject, inputs)) continue;
      const fitness = fitnessOf(subject, inputs);
      if (fitness === BEST) return inputs;
      if (!best || fitness > best.fitness) best = { inputs, fitness };
    } catch (error) {
      failure ??= error;
    }
  }
  if (best) return best.inputs;
  const why =
    failure instanceof Error ? ` With plain numbers it ended in ${failure.name}: ${failure.message}` : '';
  throw new ValueError(
    `check: no inputs were given to ${nameOf(subject as object)}, and the numbers, vectors and matrices that were tried ` +
      `do not fit. Pass some that do, as in { inputs: [[0.5, -1], 1] }.${why}`,
  );
}

/** Vectors in place of inputs that are single numbers, where they suit the subject as well; else null. */
export function asVectors(subject: unknown, inputs: readonly Value[], random: RandomState): Value[] | null {
  if (!inputs.every((input) => typeof input === 'number')) return null;
  const vectors = inputs.map((input) =>
    (Number.isInteger(input) ? random.randint(0, 2, [3]) : random.uniform(0.1, 0.9, [3])).toArray(),
  );
  try {
    return isFitting(subject, vectors) && fitnessOf(subject, vectors) === BEST ? vectors : null;
  } catch {
    return null;
  }
}

/** Whether the subject runs on inputs, with a finite result that depends on the first of them. */
function isFitting(subject: unknown, inputs: readonly Value[]): boolean {
  const values = inputs.map((input) => readValue(input)!);
  const specimen = recognise(subject, inputs);
  const output = evaluate(specimen, values);
  const [first, ...rest] = values as [Tensor, ...Tensor[]];
  const other = isWhole(first) ? exchangedEnds(first) : first.mul(1.1);
  const moved = evaluate(specimen, [other, ...rest]);
  return output.data.every(Number.isFinite) && output.data.some((x, i) => x !== moved.data[i]);
}

/** Whole numbers that pick rows, the largest of them and 0 in each other's places. */
function exchangedEnds(ids: Tensor): Tensor {
  const largest = Math.max(...ids.data);
  return new Tensor(
    Float64Array.from(ids.data, (id) => (id === largest ? 0 : id === 0 ? largest : id)),
    ids.shape,
  );
}

/**
 * How well inputs suit code that runs on them: 0 where backward throws, 1 where a derivative has another size than what it is by, 2
 * where the result does not depend on every number. A layer for batches may take a single vector forward but not back; a loop over
 * an input that is too short leaves rows of a weight matrix out.
 */
function fitnessOf(subject: unknown, inputs: readonly Value[]): number {
  const values = inputs.map((input) => readValue(input)!);
  const specimen = recognise(subject, inputs);
  const usual = evaluate(specimen, values);
  let bySlot: ReadonlyMap<string, Tensor>;
  try {
    bySlot = differentiate(specimen, values, full(usual.shape, 1)).bySlot;
  } catch {
    return 0;
  }
  const slots = [
    ...specimen.inputNames.map((name, i) => [name, values[i]!] as const),
    ...specimen.parameters.map((parameter) => [parameter.path, parameter.read()] as const),
  ];
  if (slots.some(([name, { size }]) => (bySlot.get(name)?.size ?? size) !== size)) return 1;
  const [first, ...rest] = values as [Tensor, ...Tensor[]];
  const matters = (start: Tensor, run: (moved: Tensor) => Tensor): boolean =>
    start.size > MOST_TRIED ||
    isWhole(start) ||
    start.data.every((element, i) => {
      const moved = start.clone();
      moved.data[i] = element * 1.1 + 0.01;
      return run(moved).data.some((x, k) => x !== usual.data[k]);
    });
  const needsAll =
    matters(first, (moved) => evaluate(specimen, [moved, ...rest])) &&
    specimen.parameters.every((parameter) =>
      matters(parameter.read(), (moved) => withParameter(parameter, moved, () => evaluate(specimen, values))),
    );
  return needsAll ? BEST : 2;
}

const BEST = 3;
const MOST_TRIED = 64; // elements that are moved one by one

/** What is tried, the plainest first. Values lie within (0, 1), where every usual function is defined. */
function* candidates(subject: unknown, random: RandomState): Generator<Value[]> {
  const code = ['forward', 'call', '__call__', 'f', 'fn', 'value'].find((name) => hasMethod(subject, name));
  const forward =
    typeof subject === 'function' ? subject : code && (subject as Record<string, unknown>)[code];
  const listed: unknown = Array.isArray(subject) ? subject[0] : forward;
  const operation = (listed as { operation?: { inputs: readonly string[] } } | undefined)?.operation;
  const names =
    operation?.inputs ?? (typeof listed === 'function' ? parameterNames(listed as () => unknown) : []);
  const count = Math.max(1, names.length);

  const draw = (shape: readonly number[]): NestedArray => random.uniform(0.1, 0.9, [...shape]).toArray();
  const labels = (shape: readonly number[]): NestedArray => random.randint(0, 2, [...shape]).toArray();
  const alike = (shape: readonly number[]): Value[] => Array.from({ length: count }, () => draw(shape));
  const isLoss = count === 2 && /^(y|t|target|label|labels|y_?true|truth)$/i.test(names[1] ?? '');

  const widths = widthsOf(subject);
  if (PICKS.test(names[0] ?? '')) yield* ids(widths, alike([]).slice(1), random);
  for (const width of widths) {
    yield [draw([width]), ...alike([]).slice(1)];
    yield [draw([4, width]), ...alike([]).slice(1)];
  }
  for (const shape of [[], [3], [4, 3], [2, 4, 3]]) {
    if (isLoss) yield [draw(shape), labels(shape)];
    yield alike(shape);
  }
  if (count === 2) {
    yield [draw([4, 3]), labels([4])]; // scores and labels
    yield [draw([4, 3]), draw([3, 2])]; // a product of matrices
    yield [draw([4, 3]), draw([3])];
  }
  if (count === 3) {
    yield [draw([3]), draw([3]), draw([])]; // a neuron: x, w, b
    yield [draw([4, 3]), draw([3, 2]), draw([2])]; // a layer
    yield [draw([4, 3]), draw([3]), draw([3])]; // scale and shift
    yield [draw([4, 3]), draw([2, 3]), draw([2])];
  }
  yield* ids(widths, alike([]).slice(1), random);
}

/** Names of inputs that pick rows of a table. */
const PICKS =
  /^(?:(?:token|word|char|input|item|user)_?)?(?:ids?|idx|index|indices|tokens?|words?|chars?|symbols?)$/i;

/** Row numbers of a table, one of them twice: in a vector, a matrix, and a single one. */
function* ids(widths: readonly number[], others: readonly Value[], random: RandomState): Generator<Value[]> {
  for (const rows of [...widths].sort((a, b) => b - a)) {
    const row = [...(random.permutation(rows).toArray() as number[]), 0];
    yield [row, ...others];
    yield [[row, [...row].reverse()], ...others];
    yield [rows - 1, ...others];
  }
}

/** The lengths of the axes of a subject's own arrays: one of them is the number of its inputs. */
function widthsOf(subject: unknown): number[] {
  if (typeof subject !== 'object' || subject === null) return [];
  const shapes =
    subject instanceof Module
      ? subject.parameters().map((parameter) => parameter.shape)
      : numericFields(subject).map((field) => field.read().shape);
  return [...new Set(shapes.flatMap((shape) => [...shape].reverse()))].filter((length) => length > 1);
}

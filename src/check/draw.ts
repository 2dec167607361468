// Inputs for code that came without any: forms and shapes are tried until one runs and the result depends on it.

import { ValueError } from '../errors.js';
import { Module } from '../nn/index.js';
import { hasMethod, nameOf } from '../protocol/index.js';
import type { RandomState } from '../random/index.js';
import { arange, full, Tensor, type NestedArray } from '../tensor/index.js';
import { recognise } from './specimen/recognise.js';
import { isWeight, mayBeTarget, parameterNames, textOf } from './specimen/signature.js';
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
  const other = isWhole(first) ? exchangedEnds(first) : movedUnevenly(first);
  const moved = evaluate(specimen, [other, ...rest]);
  return output.data.every(Number.isFinite) && output.data.some((x, i) => x !== moved.data[i]);
}

/** Each number moved by a share of its own: many results stay as they are where all numbers grow alike. */
function movedUnevenly(values: Tensor): Tensor {
  return new Tensor(
    values.data.map((x, i) => x * (1.1 + 0.07 * (i % 5))),
    values.shape,
  );
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
 * How well inputs suit code that runs on them: 0 where backward throws, 1 where a derivative is NaN or has another size than what it
 * is by, 2 where the result does not depend on every number. A layer for batches may take a single vector forward but not back; a loop over
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
  const isForBatches = passesOf(subject).some((pass) => BATCHES.test(textOf(pass)));
  const fits = ([name, { size }]: (typeof slots)[number], i: number): boolean => {
    const given = bySlot.get(name)?.size ?? size;
    // One for each row of a batch where their sum belongs: that is a mistake, and no sign of inputs that do not fit.
    const isUnsummed = isForBatches && i > 0 && isWeight(name) && given === size * (values[0]!.shape[0] ?? 1);
    return given === size || isUnsummed;
  };
  if (!slots.every(fits) || [...bySlot.values()].some(({ data }) => data.some(Number.isNaN))) return 1;
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
  const passes = passesOf(subject);
  const operation = (passes[0] as { operation?: { inputs: readonly string[] } } | undefined)?.operation;
  const names = operation?.inputs ?? (passes[0] ? parameterNames(passes[0]) : []);
  const count = Math.max(1, names.length);
  const isForBatches = passes.some((pass) => BATCHES.test(textOf(pass)));
  const isLoss = count === 2 && mayBeTarget(names[1]!);

  const draw = (shape: readonly number[]): NestedArray => random.uniform(0.1, 0.9, [...shape]).toArray();
  /** The first input in one shape, all others in another. */
  const firstAnd = (first: readonly number[], other: readonly number[]): Value[] => [
    draw(first),
    ...Array.from({ length: count - 1 }, () => draw(other)),
  ];
  const alike = (shape: readonly number[]): Value[] => firstAnd(shape, shape);

  const widths = widthsOf(subject);
  if (PICKS.test(names[0] ?? '')) yield* ids(widths, alike([]).slice(1), random);
  const shapes = [[], [3], [4, 3], [2, 4, 3]];
  if (isForBatches) shapes.sort((a, b) => Math.abs(a.length - 2) - Math.abs(b.length - 2));
  if (isLoss)
    for (const shape of shapes) for (const target of targets(shape, random)) yield [draw(shape), target];
  // Code that slides over its input takes a longer one than its parameters are; a layer does not.
  const lengths = widths.length > 0 ? [FREE, ...widths] : [];
  for (const rows of isForBatches ? [[4], []] : [[], [4]]) {
    for (const length of lengths) yield firstAnd([...rows, length], []);
    if (count === 1) continue;
    for (const length of lengths)
      for (const other of widths) yield firstAnd([...rows, length], [...rows, other]);
  }
  for (const shape of shapes) {
    if (isForBatches && shape.length > 1) yield* layers(count, draw);
    yield alike(shape);
  }
  if (count === 2) yield [draw([4, 3]), random.randint(0, 2, [4]).toArray()]; // scores and labels
  yield* layers(count, draw);
  for (const width of widths) yield firstAnd([2, width, FREE - 1, FREE], []); // images with channels
  for (const width of widths) yield firstAnd([width, FREE - 1, FREE], []);
  yield* ids(widths, alike([]).slice(1), random);
}

const FREE = 7; // a length that is no parameter's

/** What the text of code for batches holds. */
const BATCHES = /batch|keepdims|axis *= *(?:-1|1)\b|\.T\b|shape\[0\]/i;

/** The functions of a subject, the forward pass first. */
function passesOf(subject: unknown): readonly ((...args: never[]) => unknown)[] {
  const own = FORWARD.find((name) => hasMethod(subject, name));
  const owned =
    own === undefined ? [] : [own, 'backward'].map((name) => (subject as Record<string, unknown>)[name]);
  const listed: readonly unknown[] = Array.isArray(subject) ? subject : [subject, ...owned];
  return listed.filter((each): each is (...args: never[]) => unknown => typeof each === 'function');
}

const FORWARD = ['forward', 'call', '__call__', 'f', 'fn', 'value'];

/** What a loss may be held to: one of several classes, shares of all of them, or yes and no for each. */
function targets(shape: readonly number[], random: RandomState): NestedArray[] {
  const length = shape.at(-1) ?? 1;
  if (length === 1) return [random.randint(0, 2, [...shape]).toArray()];
  const rows = shape.slice(0, -1);
  const classes = random.randint(0, length, [...rows, 1]);
  const oneHot = arange(length).equal(classes).mul(1);
  const shares = random.uniform(0.1, 0.9, [...shape]);
  return [
    (rows.length === 0 ? oneHot.reshape([length]) : oneHot).toArray(),
    shares.div(shares.sum(-1, { keepDims: true })).toArray(),
    random.randint(0, 2, [...shape]).toArray(),
  ];
}

/** Matrices and what goes with their columns: products, layers with and without a bias, scale and shift, a neuron. */
function* layers(count: number, draw: (shape: readonly number[]) => NestedArray): Generator<Value[]> {
  const shapes = {
    2: [[[4, 3], [3]], [[4, 3], [3, 2]]],
    3: [[[3], [3], []], [[4, 3], [3, 2], [2]], [[4, 3], [3], [3]], [[4, 3], [2, 3], [2]]],
  }[count]; // prettier-ignore
  for (const each of shapes ?? []) yield each.map(draw);
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

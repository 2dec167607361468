// Inputs to try on code that came without any.

import { Module } from '../nn/index.js';
import { hasMethod } from '../protocol/index.js';
import type { RandomState } from '../random/index.js';
import { arange, type NestedArray } from '../tensor/index.js';
import type { Code } from './specimen/passes.js';
import { isWeight, mayBeTarget, parameterNames, textOf } from './specimen/signature.js';
import { lossesOf } from './specimen/training.js';
import { numericFields } from './state.js';
import type { Value } from './value.js';

/** What is tried, the plainest first. Values lie within (0, 1), where every usual function is defined. */
export function* candidates(subject: unknown, random: RandomState): Generator<Value[]> {
  const passes = passesOf(subject);
  const names = inputNamesOf(passes);
  const count = Math.max(1, names.length);
  const forBatches = isForBatches(subject);

  const draw = (shape: readonly number[]): NestedArray => random.uniform(0.1, 0.9, [...shape]).toArray();
  /** The first input in one shape, all others in another. */
  const firstAnd = (first: readonly number[], other: readonly number[]): Value[] => [
    draw(first),
    ...Array.from({ length: count - 1 }, () => draw(other)),
  ];
  const told = shapesIn(passes.map(textOf).join('\n'), names);
  if (told) yield told.map(draw);

  const shapesOfParameters = parameterShapes(subject);
  const widths = [...new Set(shapesOfParameters.flatMap((shape) => [...shape].reverse()))].filter(
    (n) => n > 1,
  );
  const others = firstAnd([], []).slice(1);
  if (PICKS.test(names[0] ?? '')) yield* ids(widths, others, random);
  const shapes = [[], [3], [4, 3], [2, 4, 3]];
  if (forBatches) shapes.sort((a, b) => Math.abs(a.length - 2) - Math.abs(b.length - 2));
  if (count === 2 && mayBeTarget(names[1]!))
    for (const shape of shapes) for (const target of targets(shape, random)) yield [draw(shape), target];
  // A bias that is a column goes with inputs that are.
  if (shapesOfParameters.some((shape) => shape.length === 2 && shape[0]! > 1 && shape[1] === 1))
    for (const columns of forBatches ? [4, 1] : [1, 4])
      for (const length of widths)
        for (const other of count > 1 ? widths : [1]) yield firstAnd([length, columns], [other, columns]);
  // Code that slides over its input takes a longer one than its parameters are; a layer does not.
  const lengths = widths.length > 0 ? [FREE, ...widths] : [];
  for (const rows of forBatches ? [[4], []] : [[], [4]]) {
    for (const length of lengths) yield firstAnd([...rows, length], []);
    if (count === 1) continue;
    for (const length of lengths)
      for (const other of widths) yield firstAnd([...rows, length], [...rows, other]);
  }
  for (const shape of shapes) {
    if (forBatches && shape.length > 1 && names.slice(1).every(isWeight)) yield* layers(count, draw);
    yield firstAnd(shape, shape);
  }
  if (count === 2) yield [draw([4, 3]), random.randint(0, 2, [4]).toArray()]; // scores and labels
  yield* layers(count, draw);
  for (const shape of WINDOWED) yield firstAnd(shape, []);
  for (const width of widths) yield firstAnd([2, width, FREE - 1, FREE], []); // images with channels
  for (const width of widths) yield firstAnd([width, FREE - 1, FREE], []);
  yield* ids(widths, others, random);
}

/** Whether the text of code is for batches. */
export function isForBatches(subject: unknown): boolean {
  return passesOf(subject).some((pass) => BATCHES.test(textOf(pass)));
}

/** Inputs that windows of 2 and of 3 cover, several times. */
const WINDOWED = [[6], [6, 6], [2, 6, 6]];

const FREE = 7; // a length that is no parameter's

/** What the text of code for batches holds. */
const BATCHES = /batch|keepdims|axis *= *(?:-1|1)\b|\.T\b|shape\[0\]/i;

/** The functions of a subject, the forward pass first. */
function passesOf(subject: unknown): readonly ((...args: never[]) => unknown)[] {
  const own = FORWARD.find((name) => hasMethod(subject, name));
  const owned =
    own === undefined ? [] : [own, 'backward'].map((name) => (subject as Record<string, unknown>)[name]);
  const [forward, backward] = owned;
  if (typeof forward === 'function' && typeof backward === 'function') {
    const passes = { owner: subject as object, forward: forward as Code, backward: backward as Code };
    const [loss] = lossesOf(passes);
    if (loss) owned[0] = loss;
  }
  const listed: readonly unknown[] = Array.isArray(subject) ? subject : [subject, ...owned];
  return listed.filter((each): each is (...args: never[]) => unknown => typeof each === 'function');
}

const FORWARD = ['forward', 'call', '__call__', 'f', 'fn', 'value'];

/** The names of the inputs; those that may be left out are. */
function inputNamesOf([forward]: readonly ((...args: never[]) => unknown)[]): readonly string[] {
  if (!forward) return [];
  const { operation } = forward as { operation?: { inputs: readonly string[] } };
  if (operation) return operation.inputs;
  const names = parameterNames(forward);
  return names.slice(0, forward.length || names.length);
}

/**
 * The shapes that a text tells of its inputs, as in `x: (N, D), w: weights of shape (D, 4H)`: a letter stands for the same length
 * everywhere. Null where it tells none; inputs of which it tells nothing are single numbers.
 */
function shapesIn(text: string, names: readonly string[]): number[][] | null {
  const lengths = new Map<string, number>();
  const lengthOf = (factor: string | undefined, letter: string): number => {
    if (/^\d+$/.test(letter)) return Number(letter);
    if (!lengths.has(letter)) lengths.set(letter, LENGTHS[letter] ?? SPARE[lengths.size % SPARE.length]!);
    return Number(factor ?? 1) * lengths.get(letter)!;
  };
  const told = names.map((name) => {
    const list = new RegExp(`\\b${name}\\b(?:\\s*,\\s*\\w+)*\\s*:[^\\n()]*\\(([\\w\\s*,]+)\\)`).exec(
      text,
    )?.[1];
    const axes = list?.split(',').map((axis) => /^(?:(\d+)\s*\*?\s*)?([A-Za-z]\w*|\d+)$/.exec(axis.trim()));
    const isWhole = axes?.slice(0, -1).every(Boolean) && (axes.at(-1) ?? list!.trim().endsWith(','));
    return isWhole ? axes!.flatMap((axis) => (axis ? [lengthOf(axis[1], axis[2]!)] : [])) : null;
  });
  return told.some(Boolean) ? told.map((shape) => shape ?? []) : null;
}

/** Lengths of axes by the letters that are usual for them: kernels (HH, WW) fit into images (H, W). */
const LENGTHS: Readonly<Record<string, number>> = { N: 2, H: 5, W: 6, HH: 3, WW: 2 };
const SPARE = [3, 2, 4];

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
    2: [[[4, 3], [3]], [[4, 3], [3, 2]], [[3, 3], [3]], [[3], [3, 2]], [[], [4]], [[4], []]],
    3: [
      [[FREE], [3], []], [[3], [3], []], [[4, 3], [3, 2], [2]], [[4, 3], [3], [3]], [[4, 3], [2, 3], [2]],
      [[3], [3, 2], [2]], [[3], [2, 3], [2]], // vectors on both sides of a matrix
      [[4, 3], [2, 3], []], // rows against rows
      [[3], [4, 3], [4, 2]], [[4, 3], [5, 3], [5, 2]], // a query, or several, keys and values
      [[], [], [4]], [[4], [], []],
    ],
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

/** The shapes of a subject's own arrays. */
function parameterShapes(subject: unknown): readonly (readonly number[])[] {
  if (typeof subject !== 'object' || subject === null) return [];
  return subject instanceof Module
    ? subject.parameters().map((parameter) => parameter.shape)
    : numericFields(subject).map((field) => field.read().shape);
}

// Inputs for code that came without any: forms and shapes are tried until one runs and the result depends on it.

import { ValueError } from '../errors.js';
import { nameOf } from '../protocol/index.js';
import type { RandomState } from '../random/index.js';
import { full, Tensor } from '../tensor/index.js';
import { candidates, isForBatches } from './candidates.js';
import { attempt } from './hypotheses/match.js';
import { recognise } from './specimen/recognise.js';
import { isWeight } from './specimen/signature.js';
import { differentiate, evaluate, withParameter } from './specimen/specimen.js';
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
 * is by, 2 where the result does not depend on every number, 3 where it is NaN for numbers of the other sign. A layer for batches may
 * take a single vector forward but not back; a loop over an input that is too short leaves rows of a weight matrix out; a parameter that is
 * too short for its input may be read below 0 alone.
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
  const forBatches = isForBatches(subject);
  const fits = ([name, { size }]: (typeof slots)[number], i: number): boolean => {
    const given = bySlot.get(name)?.size ?? size;
    // One for each row of a batch where their sum belongs: that is a mistake, and no sign of inputs that do not fit.
    const isUnsummed = forBatches && i > 0 && isWeight(name) && given === size * (values[0]!.shape[0] ?? 1);
    return given === size || isUnsummed;
  };
  if (!slots.every(fits) || [...bySlot.values()].some(({ data }) => data.some(Number.isNaN))) return 1;
  const mirrored = values.map((value) => (isWhole(value) ? value : value.neg()));
  const there = attempt(() => evaluate(specimen, mirrored));
  const places = there ? [values, mirrored] : [values];
  const [first] = values as [Tensor, ...Tensor[]];
  const matters = (start: Tensor, run: (moved: Tensor, at: readonly Tensor[]) => Tensor): boolean =>
    start.size > MOST_TRIED ||
    isWhole(start) ||
    start.data.every((element, i) => {
      const moved = start.clone();
      moved.data[i] = element * 1.1 + 0.01;
      return places.some((at) => {
        const before = at === values ? usual : there!;
        return attempt(() => run(moved, at))?.data.some((x, k) => !Object.is(x, before.data[k])) ?? false;
      });
    });
  const needsAll =
    matters(first, (moved, [own, ...rest]) =>
      evaluate(specimen, [own === first ? moved : moved.neg(), ...rest]),
    ) &&
    specimen.parameters.every((parameter) =>
      matters(parameter.read(), (moved, at) => withParameter(parameter, moved, () => evaluate(specimen, at))),
    );
  if (!needsAll) return 2;
  return there?.data.some(Number.isNaN) ? 3 : BEST;
}

const BEST = 4;
const MOST_TRIED = 64; // elements that are moved one by one

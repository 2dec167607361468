// A factor that is missing, or there once too often: an input, a weight, 1 - p, the derivative of an activation.

import type { Diagnosis } from '../evidence.js';
import {
  alikeInAll,
  commonIn,
  PLAIN,
  pointsOf,
  type Factor,
  type FactorHypothesis,
  type Points,
  type View,
} from './factors.js';
import { distinct } from './match.js';
import { textOf } from '../specimen/signature.js';
import type { Slot, Specimen } from '../specimen/specimen.js';

/** What was found is the right one without one of its factors, or with one too many. */
export const factorMissingOrExtra: FactorHypothesis = (view) => factorIn(view, (cost) => cost <= PLAIN);

/** The same for the less plain forms. */
export const unusualFactor: FactorHypothesis = (view) => factorIn(view, (cost) => cost > PLAIN);

function factorIn(view: View, isTried: (cost: number) => boolean): Diagnosis | null {
  const points = pointsOf(view);
  if (!points) return null;
  const { expected, found } = points;
  for (const factor of view.factors().filter(({ form }) => isTried(form.cost) && !form.isSign)) {
    if (
      alikeInAll(
        points,
        (row) => found[row]! * factor.at(row),
        (row) => expected[row]!,
      )
    ) {
      return missing(view, points, factor);
    }
    // A mask too much is a side that is left out: that is told better elsewhere.
    if (factor.form.isMask) continue;
    if (
      alikeInAll(
        points,
        (row) => found[row]!,
        (row) => expected[row]! * factor.at(row),
      )
    ) {
      return extra(view, points, factor);
    }
  }
  return null;
}

function missing({ slot }: View, points: Points, factor: Factor): Diagnosis {
  const { text, column, form } = factor;
  if (column.role === 'upstream') return upstreamMissing(slot);
  if (column.role === 'total' || isDivisor(points, factor)) {
    return {
      cause: 'factor-extra',
      message: `Your derivative by ${slot.name} is divided by ${text} once too often.`,
      correction: `Multiply by ${text}.`,
    };
  }
  if (isMask(points, factor)) {
    return {
      cause: 'mask-missing',
      message: `In your derivative by ${slot.name}, the mask ${text} is missing: where it is 0, nothing may flow back.`,
      correction: `Multiply by ${text}.`,
    };
  }
  if (form.isLocal && (column.role === 'output' || column.role === 'kept')) {
    return {
      cause: 'local-derivative-missing',
      message: `In your derivative by ${slot.name}, the factor ${text} is missing: the derivative of the function that gives ${column.name}.`,
      correction: `Multiply by ${text}.`,
    };
  }
  return {
    cause: 'factor-missing',
    message: `Your derivative by ${slot.name} lacks the factor ${text}: times ${text}, every number is right.`,
    correction: `Multiply by ${text}.`,
  };
}

function extra({ slot, specimen }: View, points: Points, factor: Factor): Diagnosis {
  const { text, column, form } = factor;
  if (column.role === 'total' || isDivisor(points, factor) || isDividedBy(text, specimen)) {
    return {
      cause: 'factor-missing',
      message: `Your derivative by ${slot.name} lacks a division by ${text}: it is the right one times ${text}.`,
      correction: `Divide by ${text}.`,
    };
  }
  if (form.isLocal && (column.role === 'output' || column.role === 'kept')) {
    return {
      cause: 'local-derivative-twice',
      message: `Your derivative by ${slot.name} is the right one times ${text}, the derivative of the function that gives ${column.name}: that is in it already.`,
      correction: `Leave out one factor ${text}.`,
    };
  }
  return {
    cause: 'factor-extra',
    message: `Your derivative by ${slot.name} has a factor ${text} too much: it is the right one times ${text}.`,
    correction: `Leave out the factor ${text}.`,
  };
}

/** Whether a factor is a condition, called a mask, or kept by the code as one: 0 or one other number, and both somewhere. Labels are no mask. */
function isMask({ rows }: Points, factor: Factor): boolean {
  const { role, name } = factor.column;
  if (role !== 'input' && /mask/i.test(name)) return true;
  if (role !== 'kept' && !/mask|keep|[<>]/i.test(factor.text)) return false;
  const values = rows.map((row) => factor.at(row));
  return values.includes(0) && values.some((x) => x !== 0) && distinct(values.filter((x) => x !== 0)) === 1;
}

/** Whether the right derivative is nothing but a constant over a power of the factor: then it is a division that was left out. */
function isDivisor(points: Points, factor: Factor): boolean {
  const { expected, upstream, rows } = points;
  // Of 1 and -1, a division is a multiplication.
  if (distinct(rows.map((row) => Math.abs(factor.at(row)))) < 2) return false;
  return [1, 2].some(
    (power) =>
      commonIn(points, (row) => (expected[row]! * factor.at(row) ** power) / upstream[row]!) !== null,
  );
}

/** Whether the forward pass divides by something of that name. */
function isDividedBy(name: string, { source }: Specimen): boolean {
  if (!source) return false;
  const plain = (text: string): string => text.replaceAll(/\b(?:this|self)\.|\s/g, '');
  const text = plain(textOf(source.forward));
  return text
    .split(`/${plain(name)}`)
    .slice(1)
    .some((rest) => !/^[\w$]/.test(rest));
}

function upstreamMissing({ name }: Slot): Diagnosis {
  return {
    cause: 'upstream-missing',
    message: `Your derivative by ${name} lacks the upstream.`,
    correction: 'Multiply by the upstream: that is the chain rule.',
  };
}

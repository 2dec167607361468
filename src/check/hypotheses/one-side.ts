// A function in two parts (leaky relu, elu, Huber's loss) whose derivative is right in one of them only.

import {
  alikeInAll,
  pointsOf,
  type Column,
  type FactorHypothesis,
  type Points,
  type View,
} from './factors.js';
import { isNear } from './match.js';
import { localsOf, textOf } from './wrong-local.js';

/** A way to part the numbers in two. */
interface Side {
  readonly text: string;
  readonly isThere: (row: number) => boolean;
}

/** Right on one side of a bound; on the other, all numbers are wrong in one plain way. */
export const wrongOnOneSide: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points || points.rows.length < 5) return null;
  const { expected, found, rows, scale, closeness } = points;
  const isRight = new Set(rows.filter((row) => isNear(found[row]!, expected[row]!, scale, closeness)));
  const wrong = rows.filter((row) => !isRight.has(row));
  if (isRight.size < 2 || wrong.length < 2 || dependsOnPlace(view, isRight, wrong)) return null;
  const columns = view.factors().flatMap(({ column, form }) => (form.cost === 1 ? [column] : []));
  for (const column of columns) {
    for (const side of sidesOf(column, isRight, wrong)) {
      if (!rows.every((row) => side.isThere(row) !== isRight.has(row))) continue;
      const how = whatIsThere(view, points, wrong);
      if (how === null) continue;
      return {
        cause: 'wrong-on-one-side',
        message: `Your derivative by ${view.slot.name} is right except where ${side.text}: there, ${how}.`,
        correction: `Where ${side.text}, the function has a form of its own: take the derivative of that.`,
      };
    }
  }
  return null;
};

/** Whether the same elements are wrong every time: then no condition decides, and a bound between them would be chance. */
function dependsOnPlace(
  { observations }: View,
  isRight: ReadonlySet<number>,
  wrong: readonly number[],
): boolean {
  const { size } = observations[0]!.value;
  if (size === 1) return false;
  const places = new Set(wrong.map((row) => row % size));
  return ![...isRight].some((row) => places.has(row % size));
}

/** Below or above 0, or some other bound; and near to or far from 0. */
function* sidesOf(
  { name, role, values, isBinary }: Column,
  isRight: ReadonlySet<number>,
  wrong: readonly number[],
): Generator<Side> {
  const value = (row: number): number => values[row]!;
  const size = (row: number): number => Math.abs(values[row]!);
  const [below, above] = isBinary ? ['is 0', 'is 1'] : ['< 0', '> 0'];
  yield { text: `${name} ${below}`, isThere: (row) => value(row) <= 0 };
  yield { text: `${name} ${above}`, isThere: (row) => value(row) > 0 };
  if (role !== 'input' && role !== 'difference') return; // of anything else, a bound would be chance
  const between = (low: Iterable<number>, high: Iterable<number>, of: (row: number) => number): number =>
    (Math.max(...Array.from(low, of)) + Math.min(...Array.from(high, of))) / 2;
  const bounds = {
    above: between(isRight, wrong, value),
    below: between(wrong, isRight, value),
    far: between(isRight, wrong, size),
    near: between(wrong, isRight, size),
  };
  const about = (bound: number): string => `about ${Number(bound.toPrecision(1))}`;
  yield { text: `|${name}| is above ${about(bounds.far)}`, isThere: (row) => size(row) > bounds.far };
  yield { text: `|${name}| is below ${about(bounds.near)}`, isThere: (row) => size(row) < bounds.near };
  yield { text: `${name} is above ${about(bounds.above)}`, isThere: (row) => value(row) > bounds.above };
  yield { text: `${name} is below ${about(bounds.below)}`, isThere: (row) => value(row) < bounds.below };
}

/** What stands in rows instead of the right derivative, in words; null if it is nothing plain. */
function whatIsThere(view: View, points: Points, rows: readonly number[]): string | null {
  const { expected, found, upstream, scale } = points;
  const isNothing = (x: number): boolean => Math.abs(x) <= 1e-9 * scale;
  if (rows.every((row) => isNothing(found[row]!))) return 'it is 0';
  if (rows.every((row) => isNothing(expected[row]!))) return 'it should be 0';
  const ratio = found[rows[0]!]! / expected[rows[0]!]!;
  const isMultiple = rows.every((row) => isNear(found[row]!, ratio * expected[row]!, scale));
  if (isMultiple && isNear(ratio, -1, 0)) return 'the sign is flipped';
  if (isMultiple) return `it is the right one times ${Number(ratio.toPrecision(4))}`;
  if (rows.every((row) => isNear(found[row]!, upstream[row]!, scale))) return 'it is the upstream alone';
  const side = { ...points, rows };
  for (const factor of view.factors()) {
    const times = (values: Float64Array) => (row: number) => values[row]! * factor.at(row);
    if (alikeInAll(side, times(expected), (row) => found[row]!)) {
      return `it is the right one times ${factor.text}`;
    }
    if (alikeInAll(side, times(found), (row) => expected[row]!))
      return `the factor ${factor.text} is missing`;
  }
  const [local] = localsOf(view, side, found);
  if (!local) return null;
  const constant = isNear(local.constant, 1, 0) ? '' : `${Number(local.constant.toPrecision(4))} * `;
  return `it is the upstream times ${constant}${textOf(local)}`;
}

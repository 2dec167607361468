// Parentheses left out: `dy * a * 1 - a` for `dy * a * (1 - a)`, `dy * 1 - a²` for `dy * (1 - a²)`.

import { alikeInAll, pointsOf, type FactorHypothesis } from './factors.js';

/** A derivative with a difference in it, and what becomes of it without the parentheses. */
interface Bare {
  readonly right: (dy: number, u: number) => number;
  readonly text: (u: string) => string;
  readonly without: readonly (readonly [
    text: (u: string) => string,
    value: (dy: number, u: number) => number,
  ])[];
}

const DIFFERENCES: readonly Bare[] = [
  {
    right: (dy, u) => dy * u * (1 - u),
    text: (u) => `dy * ${u} * (1 - ${u})`,
    without: [
      [(u) => `dy * ${u} * 1 - ${u}`, (dy, u) => dy * u - u],
      [(u) => `${u} * 1 - ${u} * dy`, (dy, u) => u - u * dy],
      [(u) => `dy * ${u} - ${u}²`, (dy, u) => dy * u - u * u],
    ],
  },
  {
    right: (dy, u) => dy * (1 - u * u),
    text: (u) => `dy * (1 - ${u}²)`,
    without: [
      [(u) => `dy * 1 - ${u}²`, (dy, u) => dy - u * u],
      [(u) => `1 - ${u}² * dy`, (dy, u) => 1 - u * u * dy],
      [(u) => `dy * (1 - ${u})²`, (dy, u) => dy * (1 - u) ** 2],
    ],
  },
  {
    right: (dy, u) => dy * (1 - u),
    text: (u) => `dy * (1 - ${u})`,
    without: [
      [(u) => `dy * 1 - ${u}`, (dy, u) => dy - u],
      [(u) => `1 - ${u} * dy`, (dy, u) => 1 - u * dy],
    ],
  },
];

/** The difference in the right derivative lacks its parentheses. */
export const parenthesesForgotten: FactorHypothesis = (view) => {
  const points = pointsOf(view);
  if (!points) return null;
  const { expected, found, upstream } = points;
  const columns = view.factors().flatMap(({ column, form }) => (form.cost === 1 ? [column] : []));
  for (const { name, values } of columns) {
    const at = (formula: (dy: number, u: number) => number) => (row: number) =>
      formula(upstream[row]!, values[row]!);
    for (const { right, text, without } of DIFFERENCES) {
      if (!alikeInAll(points, at(right), (row) => expected[row]!)) continue;
      for (const [wrong, value] of without) {
        if (!alikeInAll(points, at(value), (row) => found[row]!)) continue;
        return {
          cause: 'misplaced-parenthesis',
          message: `Your derivative by ${view.slot.name} is ${wrong(name)}: the parentheses of the difference are missing or misplaced.`,
          correction: `d${view.slot.name} = ${text(name)}`,
        };
      }
    }
  }
  return null;
};

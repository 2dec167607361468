// What steps report (a loss, metrics) and do not need themselves: made of few numbers of each step, it can be made for many
// steps at once.

import { sizeOf } from '../../tensor/index.js';
import { inputsOf, type Node } from './ir.js';
import type { Program } from './lower.js';
import { isMoved, neededFor } from './plan.js';

const MOST = 4; // numbers to note of a step

/** A program that leaves its last functions to others. */
export interface Reporting {
  /** Its outputs are the numbers that reports are made of. */
  readonly program: Program;
  /** The outputs that were asked for, each a single number: functions, element by element, of the program's. */
  readonly reports: readonly Node[];
}

/** Parts a program from the functions of single numbers that lead to its outputs and to no update. */
export function reporting(program: Program): Reporting {
  const { outputs, updates } = program;
  const needed = neededFor(updates.map(({ value }) => value));
  const isLater = (node: Node): boolean =>
    (node.kind === 'map' || node.kind === 'view') &&
    !needed.has(node) &&
    inputsOf(node).every((input) => sizeOf(input.shape) === 1 && !isMoved(input, updates));

  const noted = new Set<Node>();
  const seen = new Set(outputs);
  for (const node of seen) {
    if (isLater(node))
      inputsOf(node).forEach((input) => seen.add(input)); // which comes later in this very loop
    else if (node.kind !== 'constant') noted.add(node);
  }
  const few = noted.size > MOST ? new Set(outputs) : noted;
  return { program: { ...program, outputs: [...few] }, reports: outputs };
}

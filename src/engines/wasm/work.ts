// How much there is to do in a kernel, roughly, and whether threads that share it gain more than the meeting costs.

import { sizeOf } from '../../tensor/index.js';
import { productIn } from '../program/fusing.js';
import type { Node } from '../program/ir.js';
import type { Kernel, Plan } from '../program/plan.js';

/** In nanoseconds of one core with vectors. A meeting of threads costs a few microseconds, an uneven end some more. */
const WORTH_SHARING = 60_000;

const PRODUCT = 0.05; // a multiplication and addition of a matrix product, in nanoseconds
const SIMPLE = 0.2; // an element read, added, multiplied or written
const MATHEMATICAL = 2; // an element's exp, tanh, sin …

const SIMPLE_NAMES = new Set([
  ...['add', 'sub', 'mul', 'div', 'neg', 'abs', 'sqrt', 'maximum', 'minimum', 'reciprocal', 'sign', 'where'],
  ...['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'],
]);

/** Whether threads should share a kernel. Only those are shared whose slices cannot meet, and that cannot trap. */
export function isWorthSharing({ node }: Kernel, plan: Plan): boolean {
  return timeOf(node, plan) >= WORTH_SHARING;
}

function timeOf(node: Node, plan: Plan): number {
  switch (node.kind) {
    case 'matmul':
      return sizeOf(node.shape) * node.a.shape.at(-1)! * PRODUCT;
    case 'map': {
      const product = productIn(node, plan.inlined);
      const before = product ? timeOf(product, plan) : 0;
      return before + sizeOf(node.shape) * timeOfElement(node, plan, true);
    }
    case 'reduce': {
      const isOneSum = sizeOf(node.shape) < LEAST_SUMS;
      return isOneSum ? 0 : sizeOf(node.of.shape) * (SIMPLE + timeOfElement(node.of, plan, false));
    }
    default:
      return 0;
  }
}

const LEAST_SUMS = 64; // results of a reduction that are worth cutting

/** One element of a node, with all that is computed inside the same loop. */
function timeOfElement(node: Node, plan: Plan, isComputedHere: boolean): number {
  const counted = new Set<Node>();
  const visit = (part: Node): number => {
    if (counted.has(part)) return 0;
    counted.add(part);
    const isInside = part.kind === 'map' && ((part === node && isComputedHere) || plan.inlined.has(part));
    if (!isInside) return SIMPLE;
    const own = SIMPLE_NAMES.has(part.name) ? SIMPLE : MATHEMATICAL;
    return part.inputs.reduce((sum, input) => sum + visit(input), own);
  };
  return visit(node);
}

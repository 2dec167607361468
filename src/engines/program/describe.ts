// What became of a step, for people: which loops run one after the other, what each computes, and where it lies in memory.

import { print, type BinarySign, type Expression } from '../../expression/index.js';
import { formatShape, sizeOf, type Shape, type Tensor } from '../../tensor/index.js';
import { inputsOf, type Node } from './ir.js';
import { lower, seen, type Program } from './lower.js';
import { plan, type Buffer, type Plan } from './plan.js';
import { trace, type Step } from './trace.js';
import { isWhole, transposeView } from './views.js';

/** One loop nest or matrix product of a compiled step. */
export interface KernelDescription {
  /** What holds the result: `v3`, or the name of a parameter that moves. */
  readonly name: string;
  readonly kind: Node['kind'] | 'copy';
  readonly shape: Shape;
  /** What is computed, with everything that is computed on the way and never stored: `tanh(v1 + bias)`. */
  readonly formula: string;
  /** Additions, multiplications and calls of functions; of a matrix product `2 m n k`. */
  readonly operations: number;
  /** Where the result lies: the number of its first element in memory, and how many there are. */
  readonly buffer: Buffer;
}

/** A compiled step. */
export interface ProgramDescription {
  /** Inputs, parameters and other tensors that the step reads. */
  readonly leaves: readonly { readonly name: string; readonly shape: Shape; readonly buffer: Buffer }[];
  readonly kernels: readonly KernelDescription[];
  /** The names of what the step gives. */
  readonly outputs: readonly string[];
  /** Elements in memory, all buffers together. */
  readonly size: number;
}

/**
 * What `compile` makes of a step for inputs of these shapes, without computing anything: its loops and matrix products in
 * their order, each with its formula, its operations and its place in memory. Throws what `compile` throws.
 *
 * @example
 * const { kernels } = describeProgram((x) => x.mul(x).sum(), [tensor([1, 2, 3]).named('x')]);
 * kernels.map(({ formula }) => formula); // ['sum(x * x, axis=0)']
 */
export function describeProgram(step: Step, inputs: readonly Tensor[]): ProgramDescription {
  const program = lower(trace(step, inputs));
  return describe(program, plan(program));
}

/** Describes a program that has been laid out. */
export function describe(program: Program, layout: Plan): ProgramDescription {
  const leafNames = namesOf(program, layout);
  const names = new Map<Node, string>();
  const nameAt = (buffer: Buffer | undefined): string =>
    leafNames[layout.leaves.findIndex((leaf) => leaf === buffer)] ?? '?';

  const kernels: KernelDescription[] = layout.kernels.map(({ node, target }, i) => {
    const home = layout.leaves.indexOf(target);
    const formula = print(expressionOf(node, (part) => nameOf(part, node)));
    names.set(node, home < 0 ? `v${i + 1}` : leafNames[home]!);
    return {
      name: names.get(node)!,
      kind: node.kind,
      shape: node.shape,
      formula,
      operations: operationsOf(node, (part) => part !== node && names.has(part)),
      buffer: target,
    };
  });
  /** The name of a node that is in memory by now; null for one that is computed inside its kernel. */
  function nameOf(part: Node, kernel: Node): string | null {
    if (part.kind === 'leaf') return leafNames[part.leaf]!;
    return part === kernel ? null : (names.get(part) ?? null);
  }
  const byBuffer = (buffer: Buffer): string =>
    kernels.findLast((kernel) => kernel.buffer === buffer)?.name ?? nameAt(buffer);
  const copies = layout.copies.map(({ from, to }): KernelDescription => ({
    ...{ name: nameAt(to), kind: 'copy', shape: [from.size], formula: byBuffer(from) },
    ...{ operations: 0, buffer: to },
  }));
  return {
    leaves: program.leaves.map(({ shape }, i) => ({
      name: leafNames[i]!,
      shape,
      buffer: layout.leaves[i]!,
    })),
    kernels: [...kernels, ...copies],
    outputs: layout.outputs.map(byBuffer),
    size: layout.size,
  };
}

/** The tensors' own names; those that several have get a number, in the order in which they are read. */
function namesOf({ leaves, inputCount }: Program, { kernels }: Plan): string[] {
  const given = leaves.map(({ name }, i) => name ?? (i < inputCount ? 'x' : 'c'));
  const order = new Set([...kernels.flatMap(({ node }) => leavesIn(node)), ...leaves.keys()]);
  const names = [...given];
  for (const name of new Set(given)) {
    const sharing = [...order].filter((leaf) => given[leaf] === name);
    if (sharing.length > 1) sharing.forEach((leaf, i) => (names[leaf] = `${name}${i + 1}`));
  }
  return names;
}

/** The numbers of the leaves that a node depends on. */
function leavesIn(root: Node): number[] {
  const found: number[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    inputsOf(node).forEach(visit);
    if (node.kind === 'leaf') found.push(node.leaf);
  };
  visit(root);
  return found;
}

const SIGNS: Readonly<Record<string, BinarySign>> = {
  ...{ add: '+', sub: '-', mul: '*', div: '/', pow: '**' },
  ...{ equal: '==', notEqual: '!=', less: '<', lessEqual: '<=', greater: '>', greaterEqual: '>=' },
};

/** A node as an expression of what is in memory. */
function expressionOf(node: Node, nameOf: (part: Node) => string | null): Expression {
  const start = 0;
  const called = (name: string, ...args: readonly Expression[]): Expression => ({
    ...{ kind: 'call', name, args, options: {}, start },
  });
  const option = (call: Expression, key: string, axes: readonly number[]): Expression => {
    const items = axes.map((value): Expression => ({ kind: 'number', value, start }));
    const value: Expression = items.length === 1 ? items[0]! : { kind: 'list', items, start };
    return call.kind === 'call' ? { ...call, options: { [key]: value } } : call;
  };
  const write = (part: Node): Expression => {
    const name = nameOf(part);
    if (name !== null) return { kind: 'name', name, start };
    switch (part.kind) {
      case 'leaf':
        return { kind: 'name', name: '?', start };
      case 'constant':
        return { kind: 'number', value: part.value, start };
      case 'view':
        return isTransposed(part)
          ? called('transpose', write(part.of))
          : isRepeatedOrReshaped(part)
            ? write(part.of)
            : called('view', write(part.of));
      case 'map': {
        const inputs = part.inputs.map(write);
        const [left, right] = inputs as [Expression, Expression];
        const sign = SIGNS[part.name];
        if (sign) return { kind: 'binary', sign, left, right, start };
        return part.name === 'neg'
          ? { kind: 'negative', operand: left, start }
          : called(part.name, ...inputs);
      }
      case 'reduce':
        return option(called(part.name, write(part.of)), 'axis', part.axes);
      case 'argmax':
        return option(called('argmax', write(part.of)), 'axis', [part.axis]);
      case 'matmul':
        return { kind: 'binary', sign: '@', left: write(part.a), right: write(part.b), start };
      case 'place':
        return called('place', ...part.parts.map(({ of }) => write(of)));
      case 'gather':
        return called('gather', write(part.of), write(part.indices));
      case 'scatter':
        return called('scatterAdd', write(part.of), write(part.indices));
    }
  };
  return write(node);
}

function isTransposed(node: Extract<Node, { kind: 'view' }>): boolean {
  const { base, view } = seen(node);
  if (view.shape.length < 2) return false;
  const order = [...view.shape.keys()];
  const back = transposeView(view, [...order.slice(0, -2), order.length - 1, order.length - 2]);
  return isWhole(back, base.shape) && !isWhole(view, base.shape);
}

/** Whether a view is all of its buffer, once or several times over. */
function isRepeatedOrReshaped({ of, shape, view }: Extract<Node, { kind: 'view' }>): boolean {
  const kept = shape.map((length, axis) => (view.strides[axis] === 0 ? 1 : length));
  return view.offset === 0 && sizeOf(kept) === sizeOf(of.shape);
}

/** The operations of a kernel: its own and those of what is computed inside its loops. */
function operationsOf(node: Node, isStored: (part: Node) => boolean): number {
  const inside = (part: Node): number =>
    isStored(part) || part.kind === 'leaf' || part.kind === 'constant' ? 0 : operationsOf(part, isStored);
  const size = sizeOf(node.shape);
  switch (node.kind) {
    case 'matmul':
      return 2 * size * node.a.shape.at(-1)!;
    case 'map':
      return size + node.inputs.reduce((total, input) => total + inside(input), 0);
    case 'reduce':
    case 'argmax':
      return sizeOf(node.of.shape) + inside(node.of);
    case 'scatter':
      return sizeOf(node.of.shape);
    case 'leaf':
    case 'constant':
    case 'view':
    case 'place':
    case 'gather':
      return inputsOf(node).reduce((total, input) => total + inside(input), 0);
  }
}

/** A description as a table for a terminal. `bytes` are those of one number: 4, or 8 in float64. */
export function formatProgram({ leaves, kernels, outputs, size }: ProgramDescription, bytes: number): string {
  const rows = kernels.map(({ name, kind, shape, formula, operations, buffer }) => [
    ...[name, formatShape(shape), kind === 'map' ? 'loop' : kind],
    ...[operations > 0 ? countOf(operations) : '', `@${buffer.start * bytes}`, formula],
  ]);
  const heads = ['result', 'shape', 'kind', 'operations', 'bytes from', 'computes'];
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const table = all.map(
    (row) =>
      `  ${row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd()}`,
  );
  const reads = leaves.map(({ name, shape }) => `${name} ${formatShape(shape)}`).join(', ');
  const total = kernels.reduce((sum, { operations }) => sum + operations, 0);
  return [
    `reads ${reads}`,
    `gives ${outputs.join(', ') || 'nothing'}`,
    `${kernels.length} kernels, ${countOf(total)} operations, ${countOf(size * bytes)} bytes of memory`,
    '',
    ...table,
  ].join('\n');
}

/** `12.8M`. */
function countOf(n: number): string {
  const [divisor, unit] = n >= 1e9 ? [1e9, 'G'] : n >= 1e6 ? [1e6, 'M'] : n >= 1e4 ? [1e3, 'k'] : [1, ''];
  return `${Number((n / divisor).toPrecision(3))}${unit}`;
}

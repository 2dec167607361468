// Lowering: from the graph of a traced step to the few kinds of nodes that engines know.

import { functions, nameInputs, type Axes, type Range, type WindowLayout } from '../../functions/index.js';
import {
  normalizeAxes,
  normalizeAxis,
  sizeOf,
  Tensor,
  traced,
  type Attributes,
  type Shape,
} from '../../tensor/index.js';
import { NodeTable, type Node, type ReduceKind } from './ir.js';
import type { Trace } from './trace.js';
import {
  broadcastView,
  isWhole,
  reshapeView,
  shiftedView,
  slicedView,
  slidView,
  transposeView,
  wholeView,
  type ShapedView,
} from './views.js';

/** A step as nodes. */
export interface Program {
  /** What the leaves stand for: first the inputs, then tensors that the step found around it. */
  readonly leaves: readonly Tensor[];
  readonly inputCount: number;
  readonly outputs: readonly Node[];
  /** The leaf that moves, and where to. */
  readonly updates: readonly { readonly leaf: number; readonly value: Node }[];
  /** The program in words, for who wants to know whether two are the same. */
  readonly text: string;
}

/** Lowers a traced step. */
export function lower({ inputs, outputs, updates }: Trace): Program {
  const lowering = new Lowering(
    inputs,
    updates.map(({ target }) => target),
  );
  const results = outputs.map((output) => lowering.node(output));
  const moves = updates.map(({ target, values }) => ({
    leaf: lowering.leafOf(target),
    value: lowering.node(values),
  }));
  return {
    ...{ outputs: results, updates: moves, leaves: lowering.leaves, inputCount: inputs.length },
    text: [
      lowering.text,
      results.map(({ id }) => id).join(),
      moves.map(({ leaf, value }) => `${leaf}=${value.id}`).join(),
      lowering.leaves.map(({ shape }) => shape.join('x')).join(),
    ].join('\n'),
  };
}

class Lowering {
  readonly leaves: Tensor[];
  readonly #table = new NodeTable();
  readonly #nodes = new Map<Tensor, Node>();
  readonly #variable: ReadonlySet<Tensor>;

  constructor(inputs: readonly Tensor[], moved: readonly Tensor[]) {
    this.leaves = [...inputs];
    this.#variable = new Set([...inputs, ...moved]);
  }

  get text(): string {
    return String(this.#table);
  }

  leafOf(t: Tensor): number {
    const known = this.leaves.indexOf(t);
    return known >= 0 ? known : this.leaves.push(t) - 1;
  }

  /** The node of a tensor. Its inputs come first, without recursion: graphs are deeper than stacks. */
  node(t: Tensor): Node {
    const stack = [t];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const missing = (this.#nodes.has(top) ? [] : (top.origin?.inputs ?? [])).filter(
        (input) => !this.#nodes.has(input),
      );
      if (missing.length > 0) {
        stack.push(...missing);
        continue;
      }
      stack.pop();
      if (!this.#nodes.has(top)) this.#nodes.set(top, top.origin ? this.#call(top) : this.#leaf(top));
    }
    return this.#nodes.get(t)!;
  }

  #leaf(t: Tensor): Node {
    // A number that was assigned once (a learning rate) may be assigned again; others are as they were written.
    const isFixed = t.ndim === 0 && !t.requiresGrad && t.version === 0 && !this.#variable.has(t);
    if (isFixed) return this.#constant(t.item(), []);
    return this.#table.make({ kind: 'leaf', shape: t.shape, leaf: this.leafOf(t) });
  }

  #constant(value: number, shape: Shape): Node {
    return this.#table.make({ kind: 'constant', shape, value });
  }

  #call(result: Tensor): Node {
    const { operation, inputs, attributes } = result.origin!;
    if (operation.stages) {
      const { stages } = operation;
      const scope = nameInputs(operation.inputs, inputs);
      return this.node(traced(() => stages(scope, attributes)).result);
    }
    const nodes = inputs.map((input) => this.#nodes.get(input)!);
    return this.#primitive(operation.name, nodes, result.shape, attributes);
  }

  #primitive(name: string, inputs: readonly Node[], shape: Shape, attributes: Attributes): Node {
    const [a, b] = inputs as [Node, Node];
    switch (name) {
      case 'sum':
      case 'max':
      case 'min':
        return this.#reduce(name, a, attributes['axis'] as Axes, shape);
      case 'matmul':
        return this.#matmul(a, b, shape);
      case 'reshape':
        return this.#reshape(a, shape);
      case 'transpose': {
        const axes = attributes['axes'] as readonly number[] | undefined;
        const order = axes?.map((axis) => normalizeAxis(axis, a.shape, name)) ?? lastTwoSwapped(a.shape);
        return this.#transpose(a, order);
      }
      case 'broadcastTo':
        return this.#view(a, (view) => broadcastView(view, shape));
      case 'slice':
        return this.#view(a, (view) => slicedView(view, attributes['ranges'] as readonly Range[]));
      case 'placeSlice': {
        const view = slicedView(wholeView(shape), attributes['ranges'] as readonly Range[]);
        return this.#table.make({ kind: 'place', shape, parts: [{ of: a, view: plain(view) }] });
      }
      case 'concat': {
        const axis = normalizeAxis(attributes['axis'] as number, shape, name);
        const part = (of: Node, start: number) => {
          const ranges = shape.map((_, i): Range => (i === axis ? [start, start + of.shape[axis]!] : null));
          return { of, view: plain(slicedView(wholeView(shape), ranges)) };
        };
        return this.#table.make({ kind: 'place', shape, parts: [part(a, 0), part(b, a.shape[axis]!)] });
      }
      case 'windows':
        return this.#view(a, (view) =>
          slidView(view, attributes['size'] as readonly number[], attributes as WindowLayout),
        );
      case 'foldWindows':
        return this.#foldWindows(a, attributes['lengths'] as Shape, attributes as WindowLayout);
      case 'gather':
        return this.#table.make({
          kind: 'gather',
          shape,
          of: this.#stored(a),
          indices: this.#stored(b),
          axis: normalizeAxis(attributes['axis'] as number, a.shape, name),
        });
      case 'scatterAdd':
        return this.#table.make({
          kind: 'scatter',
          shape,
          of: this.#stored(a),
          indices: this.#stored(b),
          axis: normalizeAxis(attributes['axis'] as number, shape, name),
        });
      case 'argmax':
        return this.#table.make({
          kind: 'argmax',
          shape,
          of: a,
          axis: normalizeAxis(attributes['axis'] as number, a.shape, name),
        });
      default:
        return this.#map(name, inputs, shape);
    }
  }

  /** Element by element, simplified: constants are computed, and what changes nothing is left out. */
  #map(name: string, inputs: readonly Node[], shape: Shape): Node {
    const constants = inputs.map((input) => (input.kind === 'constant' ? input.value : null));
    if (constants.every((value) => value !== null)) return this.#constant(compute(name, constants), shape);
    const [a, b] = inputs as [Node, Node];
    const [, right] = constants;
    const [left] = constants;
    const same = (node: Node): boolean =>
      node.shape.length === shape.length && node.shape.every((n, i) => n === shape[i]);
    if ((name === 'mul' || name === 'div' || name === 'pow') && right === 1 && same(a)) return a;
    if (name === 'mul' && left === 1 && same(b)) return b;
    if (name === 'sub' && right === 0 && same(a)) return a;
    if (name === 'mul' && right === -1) return this.#map('neg', [a], shape);
    if (name === 'mul' && left === -1) return this.#map('neg', [b], shape);
    if (name === 'neg' && a.kind === 'map' && a.name === 'neg') return a.inputs[0]!;
    if (name === 'pow' && right === 2) return this.#map('mul', [a, a], shape);
    return this.#table.make({ kind: 'map', shape, name, inputs });
  }

  #reduce(name: ReduceKind, of: Node, axis: Axes, shape: Shape): Node {
    const axes = normalizeAxes(axis, of.shape, name);
    const kept = of.shape.filter((_, i) => !axes.includes(i));
    const isNothing = axes.every((i) => of.shape[i] === 1);
    const reduced = isNothing
      ? this.#reshape(of, kept)
      : this.#table.make({ kind: 'reduce', shape: kept, name, of, axes });
    return this.#reshape(reduced, shape);
  }

  /**
   * Windows, added up. Those that lie side by side are placed among zeros. Those that overlap lie in rows of their own, so long
   * that none leaves them when it is shifted to where the first one stands; then they are summed.
   */
  #foldWindows(of: Node, lengths: Shape, layout: WindowLayout): Node {
    const { step, dilation } = layout;
    const axes = lengths.length;
    const kept = of.shape.slice(0, -axes);
    const size = kept.slice(-axes);
    const whole = [...kept.slice(0, -axes), ...lengths];
    const reach = size.map((length, i) => (length - 1) * dilation[i]!);
    if (reach.every((elements, i) => elements < step[i]!)) {
      const view = plain(slidView(wholeView(whole), size, layout));
      return this.#table.make({ kind: 'place', shape: whole, parts: [{ of, view }] });
    }
    const rows = [...kept, ...lengths.map((length, i) => length + reach[i]!)];
    const ranges = of.shape.slice(-axes).map((count, i): Range => {
      return [reach[i]!, reach[i]! + (count - 1) * step[i]! + 1, step[i]!];
    });
    const among = slicedView(wholeView(rows), [...kept.map(() => null), ...ranges]);
    const placed = this.#table.make({ kind: 'place', shape: rows, parts: [{ of, view: plain(among) }] });
    const shifted = this.#view(placed, (view) => shiftedView(view, lengths, dilation));
    const windowAxes = size.map((_, i) => kept.length - axes + i);
    return this.#reduce('sum', shifted, windowAxes, whole);
  }

  /** Vectors become matrices, and batches are broadcast to each other. */
  #matmul(a: Node, b: Node, shape: Shape): Node {
    const [left, right] = [
      a.shape.length === 1 ? this.#reshape(a, [1, ...a.shape]) : a,
      b.shape.length === 1 ? this.#reshape(b, [...b.shape, 1]) : b,
    ];
    const [m, k, n] = [left.shape.at(-2)!, left.shape.at(-1)!, right.shape.at(-1)!];
    const vectors = Number(a.shape.length === 1) + Number(b.shape.length === 1);
    const batch = shape.slice(0, Math.max(0, shape.length - 2 + vectors));
    const full = [...batch, m, n];
    const product = this.#table.make({
      kind: 'matmul',
      shape: full,
      a: this.#view(this.#stored(left), (view) => broadcastView(view, [...batch, m, k])),
      b: this.#view(this.#stored(right), (view) => broadcastView(view, [...batch, k, n])),
    });
    return this.#reshape(product, shape);
  }

  /**
   * The axes in another order. (A @ B)ᵀ is computed as Bᵀ @ Aᵀ: its rows then lie side by side for who reads it, as in the
   * update of a weight that forward used transposed.
   */
  #transpose(of: Node, order: readonly number[]): Node {
    const swapped = lastTwoSwapped(of.shape);
    if (of.kind !== 'matmul' || order.some((axis, i) => axis !== swapped[i])) {
      return this.#view(of, (view) => transposeView(view, order));
    }
    const [a, b] = [of.b, of.a].map((factor) => this.#view(factor, (view) => transposeView(view, order)));
    return this.#table.make({
      kind: 'matmul',
      shape: order.map((axis) => of.shape[axis]!),
      a: a!,
      b: b!,
    });
  }

  #reshape(of: Node, shape: Shape): Node {
    const { base, view } = seen(of);
    const reshaped = reshapeView(view, shape);
    if (reshaped) return this.#viewOf(base, reshaped);
    // The elements lie too unevenly: they are copied into order first.
    return this.#viewOf(this.#copy(of), reshapeView(wholeView(of.shape), shape)!);
  }

  #copy(of: Node): Node {
    const parts = [{ of, view: plain(wholeView(of.shape)) }];
    return this.#table.make({ kind: 'place', shape: of.shape, parts });
  }

  /** For loops that need their numbers in memory: a constant is written there. */
  #stored(node: Node): Node {
    return node.kind === 'constant' ? this.#copy(node) : node;
  }

  #view(of: Node, change: (view: ShapedView) => ShapedView): Node {
    const { base, view } = seen(of);
    return this.#viewOf(base, change(view));
  }

  #viewOf(base: Node, view: ShapedView): Node {
    if (base.kind === 'constant') return this.#constant(base.value, view.shape);
    const sameAxes =
      base.shape.length === view.shape.length && base.shape.every((n, i) => n === view.shape[i]);
    if (sameAxes && isWhole(view, base.shape)) return base;
    return this.#table.make({ kind: 'view', shape: view.shape, of: base, view: plain(view) });
  }
}

/** The order of axes in which the last two have changed places. */
function lastTwoSwapped(shape: Shape): number[] {
  const order = [...shape.keys()];
  return [...order.slice(0, -2), ...order.slice(-2).reverse()];
}

/** What a node is a view of, and how. */
export function seen(node: Node): { readonly base: Node; readonly view: ShapedView } {
  return node.kind === 'view'
    ? { base: node.of, view: { ...node.view, shape: node.shape } }
    : { base: node, view: wholeView(node.shape) };
}

function plain({ offset, strides }: ShapedView): { offset: number; strides: readonly number[] } {
  return { offset, strides };
}

/** A function of known numbers, by the interpreter. */
function compute(name: string, values: readonly number[]): number {
  const operation = Object.values(functions).find((call) => call.operation.name === name)!.operation;
  const inputs = values.map((value) => new Tensor(Float64Array.of(value), []));
  return operation.value(inputs, [], {})[0]!;
}

/** Number of elements of a node. */
export function sizeOfNode(node: Node): number {
  return sizeOf(node.shape);
}

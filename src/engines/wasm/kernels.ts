// A kernel as code: the loops that compute one node of a program into its buffer.

import { ValueError } from '../../errors.js';
import { broadcastStrides, sizeOf, stridesOf, type Shape } from '../../tensor/index.js';
import { productIn, type ProductNode } from '../program/fusing.js';
import { inputsOf, type Node } from '../program/ir.js';
import { seen } from '../program/lower.js';
import type { Buffer, Kernel, Plan } from '../program/plan.js';
import { f64, i32, ifElse, select, unreachable, type Code, type Local } from './assembler.js';
import { elementOf } from './elements.js';
import { BYTES, MEMORY_START, writeLoops, type Cursor, type Inner, type Place } from './loops.js';
import { writeMatmul } from './matmul.js';
import { Lanes } from './math/lanes.js';
import type { Memory, Numbers } from './memory.js';
import type { Finish } from './tile.js';

/** What a loop reads or writes: the buffer that a node lies in, or one of the kernel's own. */
type Key = Node | 'target' | 'indices';

type Places = ReadonlyMap<Key, Place>;
type Cursors = Map<Key, Cursor>;
type NodeOf<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>;

/** Writes the kernels of one program. */
export class KernelWriter {
  readonly #memory: Memory;
  readonly #plan: Plan;
  readonly #lanes: number;

  constructor(memory: Memory, plan: Plan) {
    this.#memory = memory;
    this.#plan = plan;
    this.#lanes = memory.lanes;
  }

  write({ node, target }: Kernel): void {
    this.#memory.forget(target.start, target.size);
    this.#memory.body.hoist(() => this.#write(node, target));
  }

  #write(node: Node, target: Buffer): void {
    switch (node.kind) {
      case 'reduce':
        return this.#reduce(node, target);
      case 'matmul':
        return this.#matmul(node, target);
      case 'place':
        return this.#place(node, target);
      case 'gather':
        return this.#gather(node, target);
      case 'scatter':
        return this.#scatter(node, target);
      case 'argmax':
        return this.#argmax(node, target);
      case 'leaf':
      case 'constant':
      case 'view':
      case 'map':
        return this.#elements(node, target);
    }
  }

  /** Copies numbers from one buffer to another. */
  copy(from: Buffer, to: Buffer): void {
    this.#memory.forget(to.start, to.size);
    const cursors: Cursors = new Map([
      ['indices', this.#cursor(from, [1])],
      ['target', this.#cursor(to, [1])],
    ]);
    this.#loops([from.size], cursors, this.#lanes, (places, lanes) => {
      this.#store(places, this.#load(places, 'indices', lanes), lanes);
    });
  }

  /** Computes a function of single numbers so many times, from a row of values of each. */
  report(node: Node, times: number, noted: ReadonlyMap<Node, Buffer>, target: Cursor): void {
    const cursors: Cursors = new Map<Key, Cursor>([['target', target]]);
    noted.forEach((values, source) => cursors.set(source, this.#cursor(values, [1])));
    this.#memory.body.hoist(() =>
      this.#loops([times], cursors, this.#lanes, (places, lanes) => {
        this.#store(places, this.#value(node, places, lanes), lanes);
      }),
    );
  }

  #elements(node: Node, target: Buffer): void {
    const product = productIn(node, this.#plan.inlined);
    if (product) {
      this.#matmul(product, target, this.#finishOf(node, product, target));
      return;
    }
    const axes = node.shape.map((_, axis) => axis);
    const cursors = this.#cursors(node, axes, axes.length, true);
    cursors.set('target', this.#cursor(target, stridesOf(node.shape)));
    this.#loops(node.shape, cursors, this.#lanes, (places, lanes) => {
      this.#store(places, this.#value(node, places, lanes), lanes);
    });
  }

  #reduce(node: NodeOf<'reduce'>, target: Buffer): void {
    const { of, axes, name } = node;
    const walk = this.#reduction(of, axes, target, node.shape);
    this.#loops(walk.outer, walk.outerCursors, this.#lanes, (places, lanes) => {
      const start = { sum: 0, max: -Infinity, min: Infinity }[name];
      const total = this.#variable(this.#memory.constant(start, lanes));
      this.#within(places, walk.innerCursors, walk.inner, (here) => {
        const function_ = { sum: 'add', max: 'maximum', min: 'minimum' }[name];
        this.#set(total, elementOf(function_, [total, this.#value(of, here, lanes)]));
      });
      this.#store(places, total, lanes);
    });
  }

  #argmax(node: NodeOf<'argmax'>, target: Buffer): void {
    const { of, axis } = node;
    const walk = this.#reduction(of, [axis], target, node.shape);
    this.#loops(walk.outer, walk.outerCursors, 1, (places) => {
      const [best, at, index] = [-Infinity, 0, 0].map((value) =>
        this.#variable(this.#memory.constant(value, 1)),
      );
      this.#within(places, walk.innerCursors, walk.inner, (here) => {
        const x = this.#value(of, here, 1);
        // NaN counts as the largest, as NumPy has it.
        const isBetter = x.gt(best!).or(x.ne(x).and(best!.eq(best!)));
        this.#set(at!, isBetter.select(index!, at!));
        this.#set(best!, isBetter.select(x, best!));
        this.#set(index!, index!.add(1));
      });
      this.#store(places, at!, 1);
    });
  }

  /** Outer loops over the axes that stay, inner loops over those that go. */
  #reduction(of: Node, axes: readonly number[], target: Buffer, shape: Shape) {
    const kept = of.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const order = [...kept, ...axes];
    const lengths = order.map((axis) => of.shape[axis]!);
    const all = this.#cursors(
      of,
      of.shape.map((_, axis) => order.indexOf(axis)),
      order.length,
    );
    const outerCursors: Cursors = new Map();
    const innerCursors: Cursors = new Map();
    for (const [key, { start, strides }] of all) {
      outerCursors.set(key, { start, strides: strides.slice(0, kept.length) });
      innerCursors.set(key, { start: 0, strides: strides.slice(kept.length) });
    }
    outerCursors.set('target', this.#cursor(target, stridesOf(shape)));
    return {
      outer: lengths.slice(0, kept.length),
      inner: lengths.slice(kept.length),
      outerCursors,
      innerCursors,
    };
  }

  /** What makes the sums of a product into a node's own numbers. What else goes into those lies as the node's buffer does. */
  #finishOf(node: Node, product: ProductNode, target: Buffer): Finish {
    return {
      name: `into ${target.start}`,
      write: (memory, sums, { address, offset }, lanes) => {
        const placeOf = (part: Node): Place => {
          const { start, size } = this.#plan.bufferOf(part)!;
          if (size === 1) return { address: MEMORY_START, offset: memory.bytes(start), repeats: true };
          const away = memory.bytes(start - target.start);
          return { address: away === 0 ? address : i32.add(address, away), offset, repeats: false };
        };
        const places = new Map<Key, Place>();
        const visit = (part: Node): void => {
          if (part === product || part.kind === 'constant') return;
          if (part === node || this.#plan.inlined.has(part)) inputsOf(part).forEach(visit);
          else places.set(part, placeOf(part));
        };
        visit(node);
        return new KernelWriter(memory, this.#plan).#value(node, places, lanes, new Map([[product, sums]]));
      },
    };
  }

  /** A loop over batches, and in it the product of two matrices. */
  #matmul({ a, b, shape }: ProductNode, target: Buffer, finish?: Finish): void {
    const [m, n] = shape.slice(-2) as [number, number];
    const batch = shape.slice(0, -2);
    const [left, right] = [this.#accessOf(a), this.#accessOf(b)];
    const whole = this.#cursor(target, stridesOf(shape));
    const cursors: Cursors = new Map<Key, Cursor>([
      [a, { ...left, strides: left.strides.slice(0, -2) }],
      ['indices', { ...right, strides: right.strides.slice(0, -2) }],
      ['target', { ...whole, strides: whole.strides.slice(0, -2) }],
    ]);
    this.#loops(batch, cursors, 1, (places) => {
      const matrix = (key: Key, strides: readonly number[]) => ({
        place: places.get(key)!,
        row: strides.at(-2)!,
        column: strides.at(-1)!,
      });
      writeMatmul(this.#memory, {
        ...{ m, n, k: a.shape.at(-1)!, finish },
        ...{
          a: matrix(a, left.strides),
          b: matrix('indices', right.strides),
          c: matrix('target', whole.strides),
        },
      });
    });
  }

  #place(node: NodeOf<'place'>, target: Buffer): void {
    const isCovered = node.parts.reduce((total, { of }) => total + sizeOf(of.shape), 0) >= sizeOf(node.shape);
    if (!isCovered) this.#clear(target);
    for (const { of, view } of node.parts) {
      this.#memory.forget(target.start, target.size); // a part may overwrite zeros, or what an earlier one wrote
      const axes = of.shape.map((_, axis) => axis);
      const cursors = this.#cursors(of, axes, axes.length);
      cursors.set('target', { start: this.#memory.bytes(target.start + view.offset), strides: view.strides });
      this.#loops(of.shape, cursors, this.#lanes, (places, lanes) => {
        this.#store(places, this.#value(of, places, lanes), lanes);
      });
    }
  }

  #gather(node: NodeOf<'gather'>, target: Buffer): void {
    const { of, indices, axis, shape } = node;
    const access = this.#accessOf(of);
    const cursors: Cursors = new Map<Key, Cursor>([
      [of, { ...access, strides: access.strides.with(axis, 0) }],
      ['indices', this.#accessOf(indices)],
      ['target', this.#cursor(target, stridesOf(shape))],
    ]);
    this.#loops(shape, cursors, 1, (places) => {
      const from = this.#byIndex(places.get(of)!, places, access.strides[axis]!, of.shape[axis]!);
      this.#store(places, this.#memory.load(from, 1), 1);
    });
  }

  #scatter(node: NodeOf<'scatter'>, target: Buffer): void {
    const { of, indices, axis, shape } = node;
    this.#clear(target);
    const strides = stridesOf(shape);
    const axes = of.shape.map((_, i) => i);
    const cursors = this.#cursors(of, axes, axes.length);
    cursors.set('indices', this.#accessOf(indices));
    cursors.set('target', this.#cursor(target, strides.with(axis, 0)));
    this.#loops(of.shape, cursors, 1, (places) => {
      const to = this.#byIndex(places.get('target')!, places, strides[axis]!, shape[axis]!);
      this.#memory.store(to, this.#memory.load(to, 1).add(this.#value(of, places, 1)), 1);
    });
    this.#memory.forget(target.start, target.size); // which places were added to is not known beforehand
  }

  #loops(lengths: readonly number[], cursors: Cursors, lanes: number, inner: Inner<Key>): void {
    writeLoops(this.#memory, lengths, cursors, lanes, inner);
  }

  /** Further loops inside those that have led to `places`, each round of them for all lanes. */
  #within(places: Places, cursors: Cursors, lengths: readonly number[], inner: (here: Places) => void): void {
    const from: Cursors = new Map(
      [...cursors].map(([key, { strides }]) => {
        const { address, offset, repeats } = places.get(key)!;
        return [key, { address, repeats, start: offset, strides }];
      }),
    );
    this.#loops(lengths, from, 1, inner);
  }

  /**
   * The cursors of everything that a node's value is computed from; axis `a` of the node is loop axis `loopAxis[a]`. A node
   * that is `computed` here is no source of its own, though it has a buffer.
   */
  #cursors(node: Node, loopAxis: readonly number[], loops: number, computed = false): Cursors {
    const cursors: Cursors = new Map();
    const visit = (part: Node): void => {
      if (part.kind === 'constant') return;
      if (part.kind === 'map' && this.#plan.inlined.has(part)) {
        part.inputs.forEach(visit);
        return;
      }
      const { start, strides } = this.#accessOf(part);
      const missing = node.shape.length - part.shape.length;
      const moving = new Array<number>(loops).fill(0);
      broadcastStrides(part.shape, node.shape).forEach((_, axis) => {
        const own = axis - missing;
        if (own >= 0 && part.shape[own] !== 1) moving[loopAxis[axis]!] = strides[own]!;
      });
      cursors.set(part, { start, strides: moving });
    };
    if (computed && node.kind === 'map') node.inputs.forEach(visit);
    else visit(node);
    return cursors;
  }

  /** The value of a node where the cursors stand. What is used twice is computed once. */
  #value(node: Node, places: Places, lanes: number, known = new Map<Node, Numbers>()): Numbers {
    const valueOf = (part: Node): Numbers => {
      const value = known.get(part) ?? this.#valueOnce(part, places, lanes, valueOf);
      known.set(part, value);
      return value;
    };
    return valueOf(node);
  }

  #valueOnce(node: Node, places: Places, lanes: number, valueOf: (part: Node) => Numbers): Numbers {
    if (node.kind === 'constant') return this.#memory.constant(node.value, lanes);
    const place = places.get(node);
    if (place) return this.#memory.load(place, lanes);
    if (node.kind === 'view' && sizeOf(node.of.shape) === 1) return valueOf(node.of);
    if (node.kind !== 'map') throw new ValueError(`compile: ${node.kind} has no buffer`);
    return elementOf(node.name, node.inputs.map(valueOf));
  }

  /** Where a node's buffer lies, and how its axes walk it. */
  #accessOf(node: Node): Cursor {
    const { base, view } = seen(node);
    const buffer = this.#plan.bufferOf(base);
    if (!buffer) throw new ValueError(`compile: ${base.kind} has no buffer`);
    return { start: this.#memory.bytes(buffer.start + view.offset), strides: view.strides };
  }

  /** A place moved along an axis by the whole number at 'indices'; negative ones count from the end. Others trap. */
  #byIndex(place: Place, places: Places, stride: number, length: number): Place {
    const { body, float } = this.#memory;
    const number = this.#load(places, 'indices', 1).code;
    const exact = float === 'f64' ? (number as Code<'f64'>) : f64.promote_f32(number as Code<'f32'>);
    const index = body.let(i32.trunc_sat_f64_s(exact));
    const fromFront = body.let(select(i32.lt_s(index, 0), i32.add(index, length), index));
    body.do(ifElse(i32.ge_u(fromFront, length), unreachable));
    return { ...place, address: i32.add(place.address, i32.mul(fromFront, stride * BYTES[float])) };
  }

  #clear(target: Buffer): void {
    const cursors: Cursors = new Map([['target', this.#cursor(target, [1])]]);
    this.#loops([target.size], cursors, this.#lanes, (places, lanes) => {
      this.#store(places, this.#memory.constant(0, lanes), lanes);
    });
  }

  #cursor(buffer: Buffer, strides: readonly number[]): Cursor {
    return { start: this.#memory.bytes(buffer.start), strides };
  }

  #load(places: Places, key: Key, lanes: number): Numbers {
    return this.#memory.load(places.get(key)!, lanes);
  }

  #store(places: Places, value: Numbers, lanes: number): void {
    this.#memory.store(places.get('target')!, value, lanes);
  }

  /** A variable that starts with these numbers. */
  #variable(start: Numbers): Numbers {
    return new Lanes(start.page, this.#memory.body.let(start.code));
  }

  #set(variable: Numbers, value: Numbers): void {
    const local = variable.code as Local<'f64'>;
    this.#memory.body.do(local.set(value.code as Code<'f64'>));
  }
}

// Tensor: numbers in a shape, with the memory of how they came about. Its mathematics is attached by functions/index.ts.

import { GradientError, ShapeError, TraceError, ValueError } from '../errors.js';
import { tracedAssignments } from './modes.js';
import type { Origin } from './operation.js';
import { formatNumber, printTensor } from './print.js';
import { formatShape, sameShape, sizeOf, type Shape } from './shape.js';

/**
 * What the numbers mean. All are stored as float64, JavaScript's own number: `int64` holds whole numbers
 * (exact to 2⁵³), `bool` holds 0 and 1.
 */
export type DType = 'float64' | 'int64' | 'bool';

/** A number, or arrays of arrays of numbers, all of one length at each depth. */
export type NestedArray = number | boolean | readonly NestedArray[];

/** What every function takes where it takes a tensor. */
export type TensorLike = Tensor | NestedArray | Float64Array | Float32Array | Int32Array;

export interface TensorOptions {
  /** How explanations call this tensor. */
  readonly name?: string | undefined;
  /** Whether `backward` keeps a gradient for this tensor. Default false. */
  readonly requiresGrad?: boolean | undefined;
  /** Default: `int64` never, `bool` for booleans, else `float64`. */
  readonly dtype?: DType | undefined;
}

/**
 * Numbers in a shape, row-major. Values never change after creation except by `assign`, which is how an optimizer
 * updates a parameter. Make one with `tensor`, `zeros`, `ones`, `full`, `arange` or `linspace`.
 */
export class Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  name: string | undefined;
  readonly requiresGrad: boolean;
  /** The gradient that `backward` accumulated here, of the same shape; null before the first `backward`. */
  grad: Tensor | null = null;
  /** The call that made this tensor; null for a leaf and for a result nobody wants the gradient of. */
  readonly origin: Origin | null;
  /** Null for what code gives while it is traced: a stand-in, without numbers. And while they are still to be fetched. */
  #data: Float64Array | null;
  #fetch: (() => Float64Array) | null = null;
  #version = 0;

  /** @internal Use `tensor`; this takes the array as its own, without a copy. */
  constructor(
    data: Float64Array | null,
    shape: Shape,
    options: TensorOptions & { readonly origin?: Origin | null } = {},
  ) {
    this.#data = data;
    this.shape = shape;
    this.dtype = options.dtype ?? 'float64';
    this.name = options.name;
    this.origin = options.origin ?? null;
    this.requiresGrad = options.requiresGrad ?? false;
    if (this.requiresGrad && this.dtype !== 'float64') {
      throw new GradientError(`tensor: only float64 can require a gradient, not ${this.dtype}`);
    }
  }

  /**
   * The elements, row-major. Read them freely; to change them use `assign`. Throws a `TraceError` for what was computed
   * inside code that is being compiled: a program cannot depend on the values that it happens to have.
   */
  get data(): Float64Array {
    if (this.#fetch) [this.#data, this.#fetch] = [this.#fetch(), null];
    if (this.#data === null) {
      throw new TraceError(
        `compile: the result of ${this.origin?.operation.name} was read inside code that is being compiled, which must do the same ` +
          'for all values; return the tensor, and choose with where(condition, a, b)',
      );
    }
    return this.#data;
  }

  /** Number of axes. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** How many times `assign` has changed the values. */
  get version(): number {
    return this.#version;
  }

  /** The one number that this tensor holds. Throws a `ShapeError` if it holds more or fewer. */
  item(): number {
    const [value] = this.data;
    if (value === undefined || this.size > 1) {
      throw new ShapeError(
        `item: expected a tensor of one element, got ${this.size} (shape ${formatShape(this.shape)}); ` +
          'use toArray() for all of them',
      );
    }
    return value;
  }

  /** The values as nested arrays, as JSON would hold them; a single number for shape `[]`. Booleans for `bool`. */
  toArray(): NestedArray {
    const { data, shape, dtype } = this;
    let position = 0;
    const one = (): number | boolean => {
      const value = data[position++]!;
      return dtype === 'bool' ? value !== 0 : value;
    };
    const level = (axis: number): NestedArray => {
      const entries = new Array<NestedArray>(shape[axis]!);
      const isRow = axis === shape.length - 1;
      for (let i = 0; i < entries.length; i++) entries[i] = isRow ? one() : level(axis + 1);
      return entries;
    };
    return shape.length === 0 ? one() : level(0);
  }

  /** The same values without their history. `requiresGrad` (default false) starts a new one. */
  detach(options: { readonly requiresGrad?: boolean } = {}): Tensor {
    return new Tensor(this.data, this.shape, {
      name: this.name,
      dtype: this.dtype,
      requiresGrad: options.requiresGrad,
    });
  }

  /** An independent copy of the values, without history. */
  clone(options: { readonly requiresGrad?: boolean } = {}): Tensor {
    return new Tensor(this.data.slice(), this.shape, {
      name: this.name,
      dtype: this.dtype,
      requiresGrad: options.requiresGrad,
    });
  }

  /**
   * Replaces the values in place. Only for leaves: results of functions keep their values, or their derivatives
   * would lie.
   */
  assign(values: Tensor): void {
    if (this.origin) {
      throw new ValueError(
        `assign: this tensor is the result of ${this.origin.operation.name}; only leaves may change in place`,
      );
    }
    if (!sameShape(values.shape, this.shape)) {
      throw new ShapeError(
        `assign: expected shape ${formatShape(this.shape)}, got ${formatShape(values.shape)}`,
      );
    }
    const traced = tracedAssignments();
    if (traced) {
      traced.push({ target: this, values });
      return;
    }
    checkDType(values.data, this.dtype, 'assign');
    // Another buffer, not other numbers in the old one: whoever shares that (reshape, detach) keeps the old values.
    this.#data = values.data;
    this.#fetch = null;
    this.#version++;
  }

  /** @internal As `assign`, of numbers that are fetched when somebody asks for them first, if that is before the next `assign`. */
  assignLater(fetch: () => Float64Array): void {
    this.#data = null;
    this.#fetch = fetch;
    this.#version++;
  }

  /** Gives this tensor a name for explanations, and returns it. */
  named(name: string): this {
    this.name = name;
    return this;
  }

  /** As NumPy prints an array. */
  toString(): string {
    return printTensor(this);
  }

  toJSON(): NestedArray {
    return this.toArray();
  }

  /** What `console.log` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const name = this.name === undefined ? '' : `${this.name} = `;
    return `${name}tensor ${formatShape(this.shape)}\n${printTensor(this)}`;
  }
}

/** @internal Whether numbers are what a dtype says: whole for int64, 0 and 1 for bool. */
export function checkDType(data: Float64Array, dtype: DType, where: string): void {
  if (dtype === 'float64') return;
  const bad = data.find((value) =>
    dtype === 'bool' ? value !== 0 && value !== 1 : !Number.isInteger(value),
  );
  if (bad !== undefined) {
    throw new ValueError(
      `${where}: ${dtype} holds ${dtype === 'bool' ? '0 and 1' : 'whole numbers'}, got ${formatNumber(bad)}`,
    );
  }
}

/** @internal Number of elements that a buffer must have for its shape. */
export function checkSize(data: Float64Array, shape: Shape, where: string): void {
  if (data.length !== sizeOf(shape)) {
    throw new ShapeError(
      `${where}: ${data.length} values do not fill shape ${formatShape(shape)}, which holds ${sizeOf(shape)}`,
    );
  }
}

// Making tensors: from numbers and nested arrays, or filled by rule.

import { ShapeError, ValueError } from '../errors.js';
import { checkShape, formatShape, sizeOf, type Shape } from './shape.js';
import {
  checkDType,
  checkSize,
  Tensor,
  type DType,
  type NestedArray,
  type TensorLike,
  type TensorOptions,
} from './tensor.js';

/**
 * A tensor of the given values (copied). Equals `numpy.array`.
 * Throws a `ShapeError` for ragged arrays, a `ValueError` for anything that is not a number.
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]], { name: 'x', requiresGrad: true });
 * x.shape; // [2, 2]
 */
export function tensor(
  values: TensorLike,
  options: TensorOptions & { readonly shape?: Shape | undefined } = {},
): Tensor {
  const { shape, ...rest } = options;
  const source = values instanceof Tensor ? values : fromValues(values);
  const target = [...(shape ?? source.shape)];
  checkShape(target, 'tensor');
  checkSize(source.data, target, 'tensor');
  checkDType(source.data, rest.dtype ?? source.dtype, 'tensor');
  return new Tensor(source.data.slice(), target, {
    ...rest,
    dtype: rest.dtype ?? source.dtype,
    name: rest.name ?? source.name,
  });
}

/** The tensor itself, or a new leaf of the given values. */
export function toTensor(values: TensorLike): Tensor {
  return values instanceof Tensor ? values : fromValues(values);
}

/** Zeros in a shape. Equals `numpy.zeros`. */
export function zeros(shape: number | Shape, options: TensorOptions = {}): Tensor {
  return full(shape, 0, options);
}

/** Ones in a shape. Equals `numpy.ones`. */
export function ones(shape: number | Shape, options: TensorOptions = {}): Tensor {
  return full(shape, 1, options);
}

/** One value in every place of a shape. Equals `numpy.full`. */
export function full(shape: number | Shape, value: number, options: TensorOptions = {}): Tensor {
  const target = typeof shape === 'number' ? [shape] : [...shape];
  checkShape(target, 'full');
  const data = new Float64Array(sizeOf(target)).fill(value);
  checkDType(data, options.dtype ?? 'float64', 'full');
  return new Tensor(data, target, options);
}

/** `start`, `start + step`, … up to but not including `stop`; with one argument, from 0. Equals `numpy.arange`. */
export function arange(start: number, stop?: number, step = 1): Tensor {
  const [first, end] = stop === undefined ? [0, start] : [start, stop];
  if (!Number.isFinite(first) || !Number.isFinite(end) || !Number.isFinite(step) || step === 0) {
    throw new ValueError(
      `arange: start, stop and a step other than 0 must be finite, got ${first}, ${end}, ${step}`,
    );
  }
  const length = Math.max(0, Math.ceil((end - first) / step));
  const gap = first + step - first; // as NumPy rounds it, so that all elements agree to the last bit
  const data = Float64Array.from({ length }, (_, i) => first + i * gap);
  const dtype: DType = [first, end, step].every(Number.isInteger) ? 'int64' : 'float64';
  return new Tensor(data, [length], { dtype });
}

/** `count` evenly spaced numbers from `start` to `stop`, both included unless `endpoint` is false. Equals `numpy.linspace`. */
export function linspace(
  start: number,
  stop: number,
  count = 50,
  { endpoint = true }: { readonly endpoint?: boolean } = {},
): Tensor {
  checkShape([count], 'linspace');
  const gaps = endpoint ? count - 1 : count;
  const step = (stop - start) / gaps;
  const data = Float64Array.from({ length: count }, (_, i) => i * step + start);
  if (endpoint && count > 1) data[count - 1] = stop;
  if (count === 1) data[0] = start;
  return new Tensor(data, [count]);
}

/** The identity matrix. Equals `numpy.eye`. */
export function eye(size: number): Tensor {
  const result = zeros([size, size]);
  for (let i = 0; i < size; i++) result.data[i * size + i] = 1;
  return result;
}

function fromValues(values: Exclude<TensorLike, Tensor>): Tensor {
  if (typeof values === 'number') return new Tensor(Float64Array.of(values), []);
  if (ArrayBuffer.isView(values)) return new Tensor(Float64Array.from(values), [values.length]);
  const shape = shapeOf(values);
  const data = new Float64Array(sizeOf(shape));
  let position = 0;
  let booleans = 0;
  const fill = (value: NestedArray, depth: number): void => {
    if (Array.isArray(value)) {
      if (depth >= shape.length || value.length !== shape[depth]) {
        throw new ShapeError(
          `tensor: rows of one array differ in length (expected shape ${formatShape(shape)}, ` +
            `found ${depth >= shape.length ? 'an array' : `${value.length} entries`} at depth ${depth})`,
        );
      }
      const [length, isRow] = [value.length, depth === shape.length - 1];
      for (let i = 0; i < length; i++) {
        const entry = value[i] as NestedArray;
        if (isRow && typeof entry === 'number') data[position++] = entry;
        else fill(entry, depth + 1);
      }
    } else if (depth < shape.length) {
      throw new ShapeError(
        `tensor: rows of one array differ in depth (expected shape ${formatShape(shape)}, found ${String(value)} at depth ${depth})`,
      );
    } else if (typeof value === 'number' || typeof value === 'boolean') {
      if (typeof value === 'boolean') booleans++;
      data[position++] = Number(value);
    } else {
      throw new ValueError(`tensor: expected numbers, got ${describe(value)}`);
    }
  };
  fill(values, 0);
  return new Tensor(data, shape, { dtype: booleans > 0 && booleans === position ? 'bool' : 'float64' });
}

function shapeOf(values: NestedArray): number[] {
  const shape: number[] = [];
  for (let level: NestedArray | undefined = values; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
  }
  return shape;
}

function describe(value: unknown): string {
  return value === null
    ? 'null'
    : typeof value === 'string'
      ? `the text ${JSON.stringify(value)}`
      : typeof value;
}

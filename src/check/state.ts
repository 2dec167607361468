// The state of a learner's object: taking a copy, putting it back, and the numbers in it by path.

import { Tensor } from '../tensor/index.js';
import { foreignObject } from './foreign.js';
import { readValue, writeValue } from './value.js';

/** A number or an array of numbers in an object's fields. */
export interface NumericField {
  /** `w`, or `affine.w` for a part of a part. */
  readonly path: string;
  read(): Tensor;
  write(values: Tensor): void;
  /** Remembers what it holds, and gives the function that puts it back. */
  hold(): () => void;
  /** The gradient stored with it, where it is a tensor. */
  gradient?(): Tensor | null;
}

/** Copies everything that an object holds, and gives the function that puts it back. Private `#fields` are out of reach. */
export function snapshot(root: unknown): () => void {
  const restores: (() => void)[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const elsewhere = foreignObject(value);
    if (elsewhere) {
      restores.push(elsewhere.save());
    } else if (value instanceof Tensor) {
      const { data, grad } = value;
      restores.push(() => {
        if (value.data !== data) value.assign(new Tensor(data, value.shape));
        value.grad = grad;
      });
    } else if (ArrayBuffer.isView(value)) {
      const copy = (value as Float64Array).slice();
      restores.push(() => (value as Float64Array).set(copy));
    } else if (value instanceof Map || value instanceof Set) {
      const entries = [...value.entries()] as [unknown, unknown][];
      restores.push(() => {
        value.clear();
        for (const [key, item] of entries) {
          if (value instanceof Map) value.set(key, item);
          else value.add(key);
        }
      });
      entries.forEach(([, item]) => visit(item));
    } else if (Array.isArray(value)) {
      const items = value.slice() as unknown[];
      restores.push(() => {
        if (value.length !== items.length) value.length = items.length;
        items.forEach((item, i) => {
          if (!Object.is(value[i], item)) value[i] = item;
        });
      });
      // Rows of numbers hold nothing else to visit: matrices are looked through quickly.
      for (const item of items) if (typeof item === 'object') visit(item);
    } else {
      const fields = value as Record<string, unknown>;
      const before = new Map(Object.keys(fields).map((key) => [key, fields[key]]));
      restores.push(() => {
        for (const key of Object.keys(fields)) if (!before.has(key)) delete fields[key];
        for (const [key, item] of before) if (isWritable(fields, key)) fields[key] = item;
      });
      before.forEach(visit);
    }
  };
  visit(root);
  return () => restores.forEach((restore) => restore());
}

/** Every number and numeric array in an object, its parts and their parts. */
export function numericFields(root: object): NumericField[] {
  const found: NumericField[] = [];
  const seen = new Set<object>();
  const visit = (value: object, path: string): void => {
    if (seen.has(value)) return;
    seen.add(value);
    const elsewhere = foreignObject(value)?.fields();
    if (elsewhere) {
      found.push(
        ...elsewhere.map((field) => (path === '' ? field : { ...field, path: `${path}.${field.path}` })),
      );
      return;
    }
    const fields = (value instanceof Map ? entriesOf(value) : value) as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      const item = fields[key];
      const here = path === '' ? key : `${path}.${key}`;
      if (typeof item !== 'boolean' && readValue(item) && isWritable(fields, key))
        found.push(fieldAt(fields, key, here));
      else if (typeof item === 'object' && item !== null && !(item instanceof Tensor)) visit(item, here);
    }
  };
  visit(root, '');
  return found;
}

/** The numbers in an object, its parts and their parts, by path. */
export function readFields(root: object): ReadonlyMap<string, Tensor> {
  return new Map(numericFields(root).map((field) => [field.path, field.read()]));
}

function fieldAt(fields: Record<string, unknown>, key: string, path: string): NumericField {
  return {
    path,
    read: () => readValue(fields[key]) ?? new Tensor(new Float64Array(0), [0]),
    write: (values) => {
      fields[key] = writeValue(values, fields[key]);
    },
    hold: () => {
      const held = fields[key];
      return () => (fields[key] = held);
    },
    gradient: () => {
      const value = fields[key];
      return value instanceof Tensor ? value.grad : null;
    },
  };
}

/** A map's entries with their keys as fields: what is written there is written to the map. */
function entriesOf(map: Map<unknown, unknown>): object {
  const fields = {};
  for (const key of map.keys()) {
    if (typeof key !== 'string') continue;
    Object.defineProperty(fields, key, {
      get: () => map.get(key),
      set: (item) => map.set(key, item),
      enumerable: true,
    });
  }
  return fields;
}

function isWritable(fields: object, key: string): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(fields, key);
  return descriptor === undefined
    ? Object.isExtensible(fields)
    : descriptor.writable === true || descriptor.set !== undefined;
}

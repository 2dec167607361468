// An ONNX model, written operation by operation. Numbers of fields and types are those of onnx.proto, version 1.18.

import { message, type Value } from './protobuf.js';

type Attribute = number | { readonly float: number } | readonly number[];

const FLOAT = 1;
const DOUBLE = 11;
const INT64 = 7;

/** Collects a graph; every method gives the name of what it computes. */
export class Graph {
  readonly #type: number;
  readonly #nodes: Uint8Array[] = [];
  readonly #constants: Uint8Array[] = [];
  readonly #inputs: Uint8Array[] = [];
  readonly #outputs: Uint8Array[] = [];
  #count = 0;

  constructor(precision: 'float32' | 'float64') {
    this.#type = precision === 'float64' ? DOUBLE : FLOAT;
  }

  input(name: string, shape: readonly number[]): string {
    this.#inputs.push(this.#value(name, shape));
    return name;
  }

  /** Gives a value out under another name. */
  output(name: string, value: string, shape: readonly number[]): void {
    this.#nodes.push(message([1, value], [2, name], [4, 'Identity']));
    this.#outputs.push(this.#value(name, shape));
  }

  /** A single number. */
  number(value: number): string {
    const raw = this.#type === DOUBLE ? Float64Array.of(value) : Float32Array.of(value);
    return this.#constant(this.#type, [], new Uint8Array(raw.buffer));
  }

  /** Axes, sizes and the like. */
  integers(...values: readonly number[]): string {
    const raw = BigInt64Array.from(values.map(BigInt));
    return this.#constant(INT64, [values.length], new Uint8Array(raw.buffer));
  }

  /** An operation of ONNX by its name. */
  do(
    operation: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const name = `v${this.#count++}`;
    const fields = Object.entries(attributes).map(([key, value]) => [5, attribute(key, value)] as const);
    const named = inputs.map((input) => [1, input] as const);
    this.#nodes.push(message(...named, [2, name], [4, operation], ...fields));
    return name;
  }

  /** The model as the bytes of a file. */
  toBytes(): Uint8Array {
    const all = (number: number, parts: readonly Uint8Array[]) =>
      parts.map((part) => [number, part] as const);
    const graph = message(
      ...all(1, this.#nodes),
      [2, 'step'],
      ...all(5, this.#constants),
      ...all(11, this.#inputs),
      ...all(12, this.#outputs),
    );
    const operators = message([1, ''], [2, 13]);
    return message([1, 8], [7, graph], [8, operators]);
  }

  get type(): number {
    return this.#type;
  }

  /** The type of numbers as an attribute of `Cast` has it. */
  #value(name: string, shape: readonly number[]): Uint8Array {
    const dimensions = message(...shape.map((size) => [1, message([1, size])] as const));
    return message([1, name], [2, message([1, message([1, this.#type], [2, dimensions])])]);
  }

  #constant(type: number, shape: readonly number[], raw: Uint8Array): string {
    const name = `c${this.#count++}`;
    const dimensions = shape.map((size) => [1, size] as const);
    this.#constants.push(message(...dimensions, [2, type], [8, name], [9, raw]));
    return name;
  }
}

function attribute(name: string, value: Attribute): Uint8Array {
  const fields: (readonly [number, Value])[] =
    typeof value === 'number'
      ? [[3, value], [20, 2]] // prettier-ignore
      : 'float' in value
        ? [[2, value], [20, 1]] // prettier-ignore
        : [...value.map((each) => [8, each] as const), [20, 7]];
  return message([1, name], ...fields);
}

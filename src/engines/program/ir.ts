// The program that a traced step becomes: few kinds of nodes, each with a shape, over buffers of numbers.

import type { Shape } from '../../tensor/index.js';

/** How a view walks a buffer: the element at index (i, j, …) lies at offset + i·strides[0] + j·strides[1] + … */
export interface View {
  readonly offset: number;
  readonly strides: readonly number[];
}

/** The ways to combine many elements into one. */
export type ReduceKind = 'sum' | 'max' | 'min';

/** One value of a program. Two nodes that are made alike are one and the same. */
export type Node =
  /** Numbers from outside: an input, a parameter, a constant array. */
  | { readonly kind: 'leaf'; readonly id: number; readonly shape: Shape; readonly leaf: number }
  /** One number, known when the program is made. */
  | { readonly kind: 'constant'; readonly id: number; readonly shape: Shape; readonly value: number }
  /** Element by element; inputs broadcast. */
  | {
      readonly kind: 'map';
      readonly id: number;
      readonly shape: Shape;
      readonly name: string;
      readonly inputs: readonly Node[];
    }
  /** The same numbers seen in another order or repeated. */
  | {
      readonly kind: 'view';
      readonly id: number;
      readonly shape: Shape;
      readonly of: Node;
      readonly view: View;
    }
  /** Over axes; the result has none of them. */
  | {
      readonly kind: 'reduce';
      readonly id: number;
      readonly shape: Shape;
      readonly name: ReduceKind;
      readonly of: Node;
      readonly axes: readonly number[];
    }
  /** `[…batch, m, k] @ […batch, k, n]`, batches alike. */
  | {
      readonly kind: 'matmul';
      readonly id: number;
      readonly shape: Shape;
      readonly a: Node;
      readonly b: Node;
    }
  /** Parts written into zeros, each through a view; where views meet, the later one stands. */
  | {
      readonly kind: 'place';
      readonly id: number;
      readonly shape: Shape;
      readonly parts: readonly { readonly of: Node; readonly view: View }[];
    }
  /** By whole numbers along an axis. */
  | {
      readonly kind: 'gather';
      readonly id: number;
      readonly shape: Shape;
      readonly of: Node;
      readonly indices: Node;
      readonly axis: number;
    }
  | {
      readonly kind: 'scatter';
      readonly id: number;
      readonly shape: Shape;
      readonly of: Node;
      readonly indices: Node;
      readonly axis: number;
    }
  /** Where along an axis the largest element stands, the first of several. */
  | {
      readonly kind: 'argmax';
      readonly id: number;
      readonly shape: Shape;
      readonly of: Node;
      readonly axis: number;
    };

/** A node before it has its number. */
type Unnumbered = Node extends infer N ? (N extends Node ? Omit<N, 'id'> : never) : never;

/** Makes nodes; the same one for the same description, which removes common subexpressions. */
export class NodeTable {
  readonly #byKey = new Map<string, Node>();

  /** All nodes in words: the same for two programs that compute the same in the same way. */
  toString(): string {
    return [...this.#byKey.keys()].join('\n');
  }

  make(description: Unnumbered): Node {
    const key = JSON.stringify(description, (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'id' in value ? `#${String(value.id)}` : keyOf(value),
    );
    const known = this.#byKey.get(key);
    if (known) return known;
    const node = { ...description, id: this.#byKey.size } as Node;
    this.#byKey.set(key, node);
    return node;
  }
}

/** JSON has no -0, infinity or NaN, and those must not be taken for each other. */
function keyOf(value: unknown): unknown {
  if (typeof value !== 'number') return value;
  return Object.is(value, -0) || !Number.isFinite(value)
    ? `number ${Object.is(value, -0) ? '-0' : value}`
    : value;
}

/** The nodes that a node reads. */
export function inputsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'leaf':
    case 'constant':
      return [];
    case 'map':
      return node.inputs;
    case 'view':
    case 'reduce':
    case 'argmax':
      return [node.of];
    case 'matmul':
      return [node.a, node.b];
    case 'place':
      return node.parts.map(({ of }) => of);
    case 'gather':
    case 'scatter':
      return [node.of, node.indices];
  }
}

// The kinds of functions. A function's file says what is special about it; what its kind shares is here.

import {
  broadcastShapes,
  noGrad,
  unwatched,
  type Attributes,
  type Derivative,
  type DType,
  type Formula,
  type Operation,
  type Scope,
  type Shape,
  type Tensor,
  type TensorLike,
} from '../tensor/index.js';
import { apply } from './apply.js';
import { mapElements } from './elements.js';

/** A library function: called with tensors and then its options, and described by its `operation`. */
export interface TensorFunction<Tensors extends readonly unknown[], Rest extends readonly unknown[] = []> {
  (...args: [...tensors: Tensors, ...rest: Rest]): Tensor;
  readonly operation: Operation;
}

/** A function of one tensor. */
export type Unary<Rest extends readonly unknown[] = []> = TensorFunction<[x: TensorLike], Rest>;

/** A function of two tensors. */
export type Binary<Rest extends readonly unknown[] = []> = TensorFunction<
  [a: TensorLike, b: TensorLike],
  Rest
>;

/** What the file of a function says, whatever its kind. */
interface Description<Names extends readonly string[], Rest extends readonly unknown[], A> {
  readonly name: string;
  readonly inputs: Names;
  readonly formula: Formula<A>;
  readonly derivatives: { readonly [name in Names[number]]?: Derivative<Names[number], A> };
  /** Turns the arguments after the tensors into the named options that formula and derivatives see. */
  readonly attributes?: (...rest: Rest) => A;
  /** Default: always float64. */
  readonly dtype?: (dtypes: readonly DType[]) => DType;
}

interface Primitive<Names extends readonly string[], Rest extends readonly unknown[], A> extends Description<
  Names,
  Rest,
  A
> {
  readonly shape: (shapes: readonly Shape[], attributes: A) => Shape;
  readonly value: (inputs: readonly Tensor[], shape: Shape, attributes: A) => Float64Array;
  readonly stages?: (scope: Scope<Names[number]>, attributes: A) => Tensor;
}

/** One tensor argument for each name. */
type TensorsFor<Names extends readonly string[]> = { -readonly [i in keyof Names]: TensorLike };

/** A function that computes its elements itself. */
export function primitive<
  const Names extends readonly string[],
  Rest extends readonly unknown[] = [],
  A extends Attributes = Attributes,
>(definition: Primitive<Names, Rest, A>): TensorFunction<TensorsFor<Names>, Rest> {
  const operation = describe(definition);
  const count = definition.inputs.length;
  const call = (...args: readonly unknown[]): Tensor =>
    apply(
      operation,
      args.slice(0, count) as readonly TensorLike[],
      definition.attributes?.(...(args.slice(count) as unknown as Rest)) ?? {},
    );
  return Object.assign(call, { operation });
}

/** A primitive that works element by element on inputs that broadcast. */
export function elementwise<const Names extends readonly string[]>(
  definition: Description<Names, [], Attributes> & {
    /** One element of the result from one element of each input. */
    readonly element: (...x: number[]) => number;
  },
): TensorFunction<TensorsFor<Names>> {
  const { element, ...description } = definition;
  return primitive({
    ...description,
    shape: (shapes) => broadcastShapes(shapes, definition.name),
    value: (inputs, shape) => mapElements(element, inputs, shape),
  });
}

/** A function built of others: its value is that of its stages, its derivative is its own. */
export function composite<
  const Names extends readonly string[],
  Rest extends readonly unknown[] = [],
  A extends Attributes = Attributes,
>(
  definition: Description<Names, Rest, A> & {
    readonly stages: (scope: Scope<Names[number]>, attributes: A) => Tensor;
    /** Default: inputs broadcast. */
    readonly shape?: (shapes: readonly Shape[], attributes: A) => Shape;
  },
): TensorFunction<TensorsFor<Names>, Rest> {
  const { name, inputs, stages } = definition;
  return primitive({
    shape: (shapes) => broadcastShapes(shapes, name),
    ...definition,
    value: (tensors, _, attributes) =>
      noGrad(() => unwatched(() => stages(nameInputs(inputs, tensors), attributes))).data,
  });
}

/** Gives each input the name that formulas, derivatives and stages know it by. */
export function nameInputs<Name extends string>(
  names: readonly Name[],
  tensors: readonly Tensor[],
): Scope<Name> {
  return Object.fromEntries(names.map((name, i) => [name, tensors[i]])) as Scope<Name>;
}

/** The dtype rule of functions that give a condition. */
export function bool(): DType {
  return 'bool';
}

/** The dtype rule of functions that keep whole numbers whole; bool counts as int64. */
export function arithmetic(dtypes: readonly DType[]): DType {
  return dtypes.includes('float64') ? 'float64' : 'int64';
}

/** The dtype rule of functions that only move elements. */
export function widest(dtypes: readonly DType[]): DType {
  return dtypes.every((dtype) => dtype === 'bool') ? 'bool' : arithmetic(dtypes);
}

/** The operation of a definition. A definition knows its own names and options; the graph carries operations of every kind. */
function describe<Names extends readonly string[], Rest extends readonly unknown[], A>(
  definition: Primitive<Names, Rest, A>,
): Operation {
  const { attributes: _, ...rest } = definition;
  const operation: Operation<Names[number], A> = { dtype: () => 'float64', ...rest };
  return operation as unknown as Operation;
}

// What a tensor remembers of the function that made it. Types only: the functions themselves live in functions/.

import type { Shape } from './shape.js';
import type { DType, Tensor } from './tensor.js';

/** Options that a function was called with (an axis, a slope), kept for its derivative and its formula. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The tensors that a derivative or a stage may use, by name: the inputs and, for a derivative, the result `y`. */
export type Scope<Name extends string = string> = { readonly [name in Name]: Tensor };

/** A formula as text, in the syntax of `parse`; it may depend on the options. */
export type Formula<A = Attributes> = string | ((attributes: A) => string);

/**
 * The derivative of a function by one of its inputs; the formula names the inputs, the result `y` and the upstream `dy`.
 * - `local`, for functions that work element by element: dy/dx, a tensor that broadcasts to the result's shape.
 * - `pullback`, for all others: the upstream `dy` carried back to the input's shape (vector times Jacobian).
 */
export type Derivative<Name extends string = string, A = Attributes> =
  | {
      readonly formula: Formula<A>;
      readonly local: (scope: Scope<Name | 'y'>, attributes: A) => Tensor;
    }
  | {
      readonly formula: Formula<A>;
      readonly pullback: (dy: Tensor, scope: Scope<Name | 'y'>, attributes: A) => Tensor;
    };

/** All there is to know about a function: its value, its derivatives, and how to write both down. */
export interface Operation<Name extends string = string, A = Attributes> {
  readonly name: string;
  /** Names of the inputs, as the formulas use them. */
  readonly inputs: readonly Name[];
  readonly formula: Formula<A>;
  /** The result's shape, or a `ShapeError` that names the function and the shapes. */
  readonly shape: (shapes: readonly Shape[], attributes: A) => Shape;
  readonly dtype: (dtypes: readonly DType[]) => DType;
  /** The elements of the result, row-major. */
  readonly value: (inputs: readonly Tensor[], shape: Shape, attributes: A) => Float64Array;
  /** The derivative by each input; none for labels and conditions. */
  readonly derivatives: { readonly [name in Name]?: Derivative<Name, A> };
  /** The same function in smaller steps, for those that are built of others. */
  readonly stages?: (scope: Scope<Name>, attributes: A) => Tensor;
}

/** The call that made a tensor. */
export interface Origin {
  readonly operation: Operation;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  /** `version` of each input at the time of the call: a later change in place would falsify the derivative. */
  readonly versions: readonly number[];
}

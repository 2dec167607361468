// What a learner's file exports, in whichever language, as far as it must be known to check it.

/** A parameter of a function or constructor. */
export interface Parameter {
  /** `''` for a pattern. */
  readonly name: string;
  readonly isOptional: boolean;
  /** The names in a pattern `{ a, b }`. */
  readonly keys?: readonly string[];
}

/** A named export. */
export type Thing =
  | {
      readonly kind: 'class';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      /** Names of methods, inherited ones too. */
      readonly methods: readonly string[];
      /** Whether another class of the file extends this one. */
      readonly isBase: boolean;
      make(args: readonly unknown[]): object;
    }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly value: (...args: unknown[]) => unknown;
    }
  | {
      readonly kind: 'object';
      readonly name: string;
      readonly value: object;
      /** The exported class that it is an object of, by its name, or null. */
      readonly instanceOf: string | null;
    }
  /** A number, a string, a promise. */
  | { readonly kind: 'other'; readonly name: string; readonly what: string };

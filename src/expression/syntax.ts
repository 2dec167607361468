// The tree of an expression, and how tightly each sign binds.

/** An expression as a tree. `start` is where it began in the text, for messages. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly start: number }
  | { readonly kind: 'name'; readonly name: string; readonly start: number }
  | { readonly kind: 'negative'; readonly operand: Expression; readonly start: number }
  | {
      readonly kind: 'binary';
      readonly sign: BinarySign;
      readonly left: Expression;
      readonly right: Expression;
      readonly start: number;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly options: Readonly<Record<string, Expression>>;
      readonly start: number;
    }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly start: number }
  | {
      readonly kind: 'index';
      readonly of: Expression;
      readonly ranges: readonly IndexRange[];
      readonly start: number;
    };

/** One place in brackets: a whole number, or `start:stop:step` with parts left out. */
export type IndexRange = number | readonly (number | null)[];

/** A sign between two operands. */
export type BinarySign = keyof typeof PRECEDENCE;

/** How tightly signs bind: the higher first, as in Python. */
export const PRECEDENCE = {
  '==': 1,
  '!=': 1,
  '<': 1,
  '<=': 1,
  '>': 1,
  '>=': 1,
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
  '@': 3,
  '**': 5,
} as const;

/** A minus in front binds less than a power and more than a product: -x**2 is -(x**2). */
export const NEGATIVE = 4;

/** Whether a sign joins two operands. */
export function isBinarySign(text: string): text is BinarySign {
  return Object.hasOwn(PRECEDENCE, text);
}

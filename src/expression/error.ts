// The error of an expression that does not parse or cannot be computed: it points at the spot.

import { ValueError } from '../errors.js';

/** An expression that does not parse, or that names something unknown. */
export class ExpressionError extends ValueError {
  /** The sentence alone, without the picture of the spot. */
  readonly reason: string;
  /** The whole expression. */
  readonly source: string;
  /** Where in it the problem is, counted from 0. */
  readonly position: number;

  constructor(reason: string, source: string, position: number) {
    super(`${reason}\n  ${source}\n  ${' '.repeat(position)}^`);
    this.reason = reason;
    this.source = source;
    this.position = position;
  }
}

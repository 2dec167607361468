// Numbers in a function that is being written, one at a time or several side by side, in formulas that read like formulas:
// `x.mul(x).add(1)` adds those two instructions to the body. A formula written once serves a loop's vectors and the scalars
// left over at its end, and gives both the same bits.

import { ValueError } from '../../../errors.js';
import { i32, ifElse, type Body, type Code } from '../assembler.js';
import { instructionsOf, isDouble, layoutOf } from './formats.js';
import type { Float, Format, Instructions, Layout, Truth, Word } from './formats.js';

/** What a formula takes beside numbers of its own kind: a constant. */
type Operand<F extends Format> = Lanes<F> | number;

/** Where a formula is written, and for which format. */
export class Page<F extends Format> {
  readonly body: Body;
  readonly format: F;
  readonly layout: Layout;
  readonly instructions: Instructions<F>;

  constructor(body: Body, format: F) {
    this.body = body;
    this.format = format;
    this.layout = layoutOf(format);
    this.instructions = instructionsOf(format);
  }

  /** Numbers that are computed here, once. */
  numbers(code: Code<Float<F>>): Lanes<F> {
    return new Lanes(this, this.body.let(code));
  }

  /** A constant; numbers pass as they are. */
  constant(value: Operand<F>): Lanes<F> {
    if (typeof value !== 'number') return value;
    const code = this.instructions.number(value);
    if (this.instructions.lanes === 1) return new Lanes(this, code, value);
    const key = `${this.format} ${Object.is(value, -0) ? '-0' : value}`;
    return new Lanes(this, this.body.constant(key, code), value);
  }
}

/** Numbers of a format. Each operation adds an instruction to the body and gives its result. */
export class Lanes<F extends Format> {
  readonly page: Page<F>;
  readonly code: Code<Float<F>>;
  /** The value of a constant. */
  readonly value: number | undefined;

  /** `code` is used as often as the numbers are: it reads a variable, or is a constant. */
  constructor(page: Page<F>, code: Code<Float<F>>, value?: number) {
    this.page = page;
    this.code = code;
    this.value = value;
  }

  add(other: Operand<F>): Lanes<F> {
    return this.#with('add', other);
  }

  sub(other: Operand<F>): Lanes<F> {
    return this.#with('sub', other);
  }

  mul(other: Operand<F>): Lanes<F> {
    return this.#with('mul', other);
  }

  div(other: Operand<F>): Lanes<F> {
    return this.#with('div', other);
  }

  /** A constant less these. */
  subFrom(value: number): Lanes<F> {
    return this.page.constant(value).sub(this);
  }

  reciprocal(): Lanes<F> {
    return this.page.constant(1).div(this);
  }

  abs(): Lanes<F> {
    return this.#change('abs');
  }

  neg(): Lanes<F> {
    return this.#change('neg');
  }

  sqrt(): Lanes<F> {
    return this.#change('sqrt');
  }

  trunc(): Lanes<F> {
    return this.#change('trunc');
  }

  /** `Math.min`. */
  min(other: Operand<F>): Lanes<F> {
    return isOrdinary(other) ? this.#by(this.page.instructions.smaller, other) : this.#with('min', other);
  }

  /** `Math.max`. */
  max(other: Operand<F>): Lanes<F> {
    return isOrdinary(other) ? this.#by(this.page.instructions.larger, other) : this.#with('max', other);
  }

  /** The same size, with the sign of another number. */
  withSignOf(other: Lanes<F>): Lanes<F> {
    const signs = this.page.constant(-0).code;
    return this.page.numbers(this.page.instructions.copysign(this.code, other.code, signs));
  }

  /**
   * c₀ + c₁x + c₂x² + … In float32 by Horner's scheme, which has the fewest operations; in float64, where a polynomial is
   * long and often a single number waits for it, by Estrin's: pairs of terms at the same time, then pairs of pairs.
   */
  polynomial(...coefficients: readonly number[]): Lanes<F> {
    const terms = coefficients.map((value) => this.page.constant(value));
    return isDouble(this.page.format)
      ? pairwise(terms, this)
      : terms.reduceRight((sum, term) => sum.mul(this).add(term));
  }

  eq(other: Operand<F>): Mask<F> {
    return this.#compare('eq', other);
  }

  ne(other: Operand<F>): Mask<F> {
    return this.#compare('ne', other);
  }

  lt(other: Operand<F>): Mask<F> {
    return this.#compare('lt', other);
  }

  le(other: Operand<F>): Mask<F> {
    return this.#compare('le', other);
  }

  gt(other: Operand<F>): Mask<F> {
    return this.#compare('gt', other);
  }

  ge(other: Operand<F>): Mask<F> {
    return this.#compare('ge', other);
  }

  /** The bits as a whole number. */
  bits(): Words<F> {
    return new Words(this.page, this.page.body.let(this.page.instructions.toWord(this.code)));
  }

  #change(name: 'abs' | 'neg' | 'sqrt' | 'trunc'): Lanes<F> {
    return this.page.numbers(this.page.instructions.real[name](this.code));
  }

  #with(name: 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max', other: Operand<F>): Lanes<F> {
    return this.#by(this.page.instructions.real[name], other);
  }

  #by(instruction: (a: Code<Float<F>>, b: Code<Float<F>>) => Code<Float<F>>, other: Operand<F>): Lanes<F> {
    return this.page.numbers(instruction(this.code, this.page.constant(other).code));
  }

  #compare(name: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', other: Operand<F>): Mask<F> {
    const { page } = this;
    return new Mask(page, page.body.let(page.instructions.real[name](this.code, page.constant(other).code)));
  }
}

/** Whether it is a constant that is neither zero, which has two signs, nor NaN. */
function isOrdinary<F extends Format>(operand: Operand<F>): boolean {
  return Boolean(typeof operand === 'number' ? operand : operand.value);
}

/** t₀ + t₁x + t₂x² + … by Estrin's scheme: (t₀ + t₁x) + (t₂ + t₃x) x² + …, and the same again. */
function pairwise<F extends Format>(terms: readonly Lanes<F>[], x: Lanes<F>): Lanes<F> {
  if (terms.length === 1) return terms[0]!;
  const pairs = terms.flatMap((low, i) => (i % 2 ? [] : [terms[i + 1]?.mul(x).add(low) ?? low]));
  return pairs.length === 1 ? pairs[0]! : pairwise(pairs, x.mul(x));
}

/** The bits of numbers as whole numbers of the same size. */
export class Words<F extends Format> {
  readonly page: Page<F>;
  readonly code: Code<Word<F>>;

  constructor(page: Page<F>, code: Code<Word<F>>) {
    this.page = page;
    this.code = code;
  }

  add(other: Words<F> | bigint): Words<F> {
    return this.#keep(this.page.instructions.whole.add(this.code, this.#codeOf(other)));
  }

  sub(other: Words<F> | bigint): Words<F> {
    return this.#keep(this.page.instructions.whole.sub(this.code, this.#codeOf(other)));
  }

  /** A constant less these. */
  subFrom(value: bigint): Words<F> {
    return this.#keep(this.page.instructions.whole.sub(this.#codeOf(value), this.code));
  }

  and(other: Words<F> | bigint): Words<F> {
    return this.#keep(this.page.instructions.bitwise.and(this.code, this.#codeOf(other)));
  }

  or(other: Words<F> | bigint): Words<F> {
    return this.#keep(this.page.instructions.bitwise.or(this.code, this.#codeOf(other)));
  }

  xor(other: Words<F> | bigint): Words<F> {
    return this.#keep(this.page.instructions.bitwise.xor(this.code, this.#codeOf(other)));
  }

  shiftLeft(count: number): Words<F> {
    return this.#keep(this.page.instructions.whole.shl(this.code, count));
  }

  /** Zeros come in at the top. */
  shiftRight(count: number): Words<F> {
    return this.#keep(this.page.instructions.whole.shr_u(this.code, count));
  }

  ne(value: bigint): Mask<F> {
    const { page } = this;
    return new Mask(page, page.body.let(page.instructions.whole.ne(this.code, this.#codeOf(value))));
  }

  /** The float64 at these indices of a table in memory. */
  lookUp(table: number): Lanes<F> {
    const { lookUp } = this.page.instructions;
    if (!lookUp) throw new ValueError(`lookUp: tables are of float64, not ${this.page.format}`);
    return this.page.numbers(lookUp(table, this.code));
  }

  /** The number that has these bits. */
  real(): Lanes<F> {
    return this.page.numbers(this.page.instructions.toReal(this.code));
  }

  #codeOf(value: Words<F> | bigint): Code<Word<F>> {
    if (typeof value !== 'bigint') return value.code;
    const { body, format, instructions } = this.page;
    const code = instructions.word(value);
    return instructions.lanes === 1 ? code : body.constant(`${format} bits ${value}`, code);
  }

  #keep(code: Code<Word<F>>): Words<F> {
    return new Words(this.page, this.page.body.let(code));
  }
}

/** For which of the numbers something is so. */
export class Mask<F extends Format> {
  readonly page: Page<F>;
  readonly code: Code<Truth<F>>;

  constructor(page: Page<F>, code: Code<Truth<F>>) {
    this.page = page;
    this.code = code;
  }

  and(other: Mask<F>): Mask<F> {
    return new Mask(this.page, this.page.body.let(this.page.instructions.logic.and(this.code, other.code)));
  }

  or(other: Mask<F>): Mask<F> {
    return new Mask(this.page, this.page.body.let(this.page.instructions.logic.or(this.code, other.code)));
  }

  /** Whether it is so for all of them. */
  all(): Code<'i32'> {
    return this.page.instructions.all(this.code);
  }

  /** `a` where it is so, `b` elsewhere. */
  select(a: Operand<F>, b: Operand<F>): Lanes<F> {
    const { page } = this;
    return page.numbers(page.instructions.select(this.code, page.constant(a).code, page.constant(b).code));
  }
}

/** Computes in float64 what float32 is too short for: a formula of a few numbers with a few results. */
export function throughDouble<F extends Format>(
  x: readonly Lanes<F>[],
  formula: <D extends Format>(...x: readonly Lanes<D>[]) => readonly Lanes<D>[],
): Lanes<F>[] {
  const { page } = x[0]!;
  const { double, toDouble, fromDouble } = page.instructions;
  const wide = new Page(page.body, double);
  const inputs = x.map(({ code }) => toDouble(code).map((part) => wide.numbers(part)));
  const parts = inputs[0]!.map((_, part) => formula(...inputs.map((input) => input[part]!)));
  return parts[0]!.map((_, i) => page.numbers(fromDouble(parts.map((results) => results[i]!.code))));
}

/**
 * Numbers where they are good, and elsewhere what a slower function gives for x, one float64 at a time. Where all are good,
 * that costs a branch.
 */
export function patch<F extends Format>(
  usual: Lanes<F>,
  good: Mask<F>,
  x: Lanes<F>,
  slow: (x: Code<'f64'>) => Code<'f64'>,
): Lanes<F> {
  const { page } = usual;
  const { body } = page;
  const result = body.let(usual.code);
  const replaced = body.scope(() => {
    const exact = page.numbers(page.instructions.each(slow, x.code));
    body.do(result.set(good.select(usual, exact).code));
  });
  body.do(ifElse(i32.eqz(good.all()), replaced));
  return new Lanes(page, result);
}

/** The first where the mask says so, else the second. A single number takes its branch; of several both are computed. */
export function choose<F extends Format>(
  mask: Mask<F>,
  first: () => Lanes<F>,
  second: () => Lanes<F>,
): Lanes<F> {
  const { page } = mask;
  const { body } = page;
  if (page.instructions.lanes > 1) return mask.select(first(), second());
  const result = body.local(page.instructions.type);
  const branch = (write: () => Lanes<F>): Code<'void'> =>
    body.scope(() => body.do(result.set(write().code as Parameters<typeof result.set>[0])));
  body.do(ifElse(mask.all(), branch(first), branch(second)));
  return new Lanes(page, result);
}

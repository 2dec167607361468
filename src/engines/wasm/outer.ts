// Products whose sums have a few terms each, as in the gradient of a weight for a batch of one: what costs is writing the
// result, so rows of it are written from end to end.

import { brIf, i32, loop, seq, type Code } from './assembler.js';
import type { Place } from './loops.js';
import type { Matrix, Product } from './matmul.js';
import type { Memory } from './memory.js';
import { evenly, nest, type Pointers } from './runs.js';

/** The longest sums for which this is the way. */
export const FEW_TERMS = 3;

const FACTORS = 8; // numbers of the left matrix that stay in registers

type Strides = Pick<Matrix, 'row' | 'column'>;

/** Writes a product of at most `FEW_TERMS` columns and rows; the columns of b must lie side by side. */
export function writeOuter(
  memory: Memory,
  { m, n, k, a, b, c }: Pick<Product, 'm' | 'n' | 'k'> & Readonly<Record<'a' | 'b' | 'c', Strides>>,
  pointers: Pointers<'a' | 'b' | 'c'>,
): void {
  const { body, lanes } = memory;
  const down = { a: memory.bytes(a.row), c: memory.bytes(c.row) };
  nest(memory, evenly(m, Math.floor(FACTORS / k)), pointers, down, (at, rows) => {
    const factors = Array.from({ length: rows }, (_, i) =>
      Array.from({ length: k }, (_, l) => {
        const place = placeAt(at.a, memory.bytes(i * a.row + l * a.column));
        return body.let(memory.read({ ...place, repeats: true }, lanes));
      }),
    );
    const [from, to] = [body.let(at.b), body.let(at.c)];
    /** The next `width` columns of these rows. */
    const write = (width: number): void => {
      const terms = Array.from({ length: k }, (_, l) =>
        body.let(memory.read(placeAt(from, memory.bytes(l * b.row)), width)),
      );
      factors.forEach((row, i) => {
        const sum = memory.variable(width);
        const zero = memory.page(width).instructions.number(0);
        body.do(sum.set(zero));
        row.forEach((factor, l) => {
          const number = width === 1 ? memory.lane(0, factor) : factor;
          body.do(sum.set(memory.multiplyAdd(number, terms[l]!, sum, width)));
        });
        memory.write(placeAt(to, memory.bytes(i * c.row)), sum, width);
      });
      body.do(from.set(i32.add(from, memory.bytes(width))));
      body.do(to.set(i32.add(to, memory.bytes(width))));
    };
    const [whole, rest] = [Math.floor(n / lanes), n % lanes];
    for (const [width, count] of [
      [lanes, whole],
      [1, rest],
    ] as const) {
      if (count === 0) continue;
      const left = body.let(i32.const(count));
      body.do(
        loop((again) =>
          seq(
            body.scope(() => write(width)),
            brIf(again, left.tee(i32.sub(left, 1))),
          ),
        ),
      );
    }
  });
}

function placeAt(address: Code<'i32'>, offset: number): Place {
  return { address, offset, repeats: false };
}

// Sums of products of two rows of numbers: a product of matrices whose sums run along memory on both sides. Each lane of a
// vector has its share of a sum, and the shares are added at the end.

import { brIf, i32, ifElse, loop, seq, type Code, type Func, type Local } from './assembler.js';
import type { ModuleBuilder } from './assembler.js';
import { Lanes } from './math/lanes.js';
import type { Float, Place } from './loops.js';
import { Memory, type Variable } from './memory.js';
import type { Target } from './target.js';

/**
 * Computes some numbers of a product. It takes the addresses of rows on the left, of columns on the right and of the
 * result; their length; and how far apart, in bytes, rows on the left, columns on the right and rows of the result lie.
 */
export type DotsFunction = Func<typeof PARAMETERS, 'void'>;

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** The function for so many rows and columns, written once a module. */
export function dotsFunction(
  module: ModuleBuilder,
  float: Float,
  target: Target,
  rows: number,
  columns: number,
): DotsFunction {
  const name = `dots.${float}.${rows}x${columns}`;
  return module.once(name, () =>
    module.define({ name, params: PARAMETERS, result: 'void' }, (body, ...[a, b, c, length, ...steps]) => {
      const [aStep, bStep, cStep] = steps;
      const memory = new Memory(body, float, target);
      const { lanes } = memory;
      const aRows = spread(memory, a, aStep, rows);
      const bColumns = spread(memory, b, bStep, columns);
      const variables = (width: number): Variable[][] =>
        aRows.map(() => bColumns.map(() => memory.variable(width)));

      const shares = variables(lanes);
      body.do(pass(memory, i32.div_u(length, lanes), aRows, bColumns, shares, lanes));
      const sums = variables(1);
      sums.forEach((row, i) => {
        row.forEach((sum, j) => {
          body.do(sum.set(memory.total(new Lanes(memory.page(lanes), shares[i]![j]!)).code));
        });
      });
      body.do(pass(memory, i32.rem_u(length, lanes), aRows, bColumns, sums, 1));
      sums.forEach((row, i) => {
        if (i > 0) body.do(c.set(i32.add(c, cStep)));
        row.forEach((sum, j) => memory.write(at(c, memory.bytes(j)), sum, 1));
      });
      return seq();
    }),
  );
}

/** Pointers to so many rows. */
function spread({ body }: Memory, start: Local<'i32'>, step: Code<'i32'>, count: number): Local<'i32'>[] {
  const pointers = [start];
  while (pointers.length < count) pointers.push(body.let(i32.add(pointers.at(-1)!, step)));
  return pointers;
}

/** Adds up so many times `width` products of each row with each column. */
function pass(
  memory: Memory,
  count: Code<'i32'>,
  aRows: readonly Local<'i32'>[],
  bColumns: readonly Local<'i32'>[],
  sums: readonly (readonly Variable[])[],
  width: number,
): Code<'void'> {
  const { body } = memory;
  const left = body.local('i32');
  const inside = body.scope(() => {
    const numbers = aRows.map((pointer) => body.let(memory.read(at(pointer, 0), width)));
    bColumns.forEach((pointer, j) => {
      const others = body.let(memory.read(at(pointer, 0), width));
      numbers.forEach((row, i) => {
        const sum = sums[i]![j]!;
        body.do(sum.set(memory.multiplyAdd(row, others, sum, width)));
      });
    });
    for (const pointer of [...aRows, ...bColumns]) {
      body.do(pointer.set(i32.add(pointer, memory.bytes(width))));
    }
  });
  return ifElse(
    left.tee(count),
    loop((again) => seq(inside, brIf(again, left.tee(i32.sub(left, 1))))),
  );
}

function at(address: Code<'i32'>, offset: number): Place {
  return { address, offset, repeats: false };
}

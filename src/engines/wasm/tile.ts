// The innermost loop of a matrix product: a small tile of the result stays in registers while a few rows of one matrix and a
// few columns of the other go by. Many tiles are alike, so each kind is a function, which products share.

import { block, brIf, i32, ifElse, loop, seq, type Func, type Local } from './assembler.js';
import type { ModuleBuilder } from './assembler.js';
import type { Float, Place } from './loops.js';
import { Memory, type Numbers, type Variable, type Vector } from './memory.js';
import type { Target } from './target.js';

/** A tile: its size, and how the left matrix lies. */
export interface Tile {
  readonly rows: number;
  /** Columns that are stored. The last vector may be wider: what lies beside the right matrix is computed with, in vain. */
  readonly columns: number;
  /** How far apart rows of the left matrix lie, in numbers. It is part of the code, so that one address serves all rows. */
  readonly rowStep: number;
  /** What is done to the sums before they are stored. */
  readonly finish?: Finish | undefined;
}

/** What is done to the sums of a product at its end. */
export interface Finish {
  /** The same for the same code. */
  readonly name: string;
  /** What is stored in the place of sums that belong there. */
  readonly write: (memory: Memory, sums: Numbers, place: Place, lanes: number) => Numbers;
}

/**
 * Computes a tile. It takes the addresses of the left matrix, the right one and the result; how many products make a sum,
 * at least one; how far apart, in bytes, the left matrix's columns, the right one's rows and the result's rows lie; and
 * whether the product is added to what the result holds.
 */
export type TileFunction = Func<typeof PARAMETERS, 'void'>;

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

const UNROLLED = 2; // products of a sum in a round of the loop

/**
 * Vectors of sums that fit into registers: x86 has 16, of which V8 keeps one, two hold a row of the right matrix, one a
 * number of the left one and, unless product and sum are one instruction, one their product.
 */
export function sumsFor(target: Target): number {
  return target === 'relaxed-simd' ? 12 : 8;
}

/** The function for a kind of tile, written once a module. */
export function tileFunction(module: ModuleBuilder, float: Float, target: Target, tile: Tile): TileFunction {
  const { rows, columns, rowStep, finish } = tile;
  const name = ['tile', float, `${rows}x${columns}`, rowStep, ...(finish ? [finish.name] : [])].join('.');
  return module.once(name, () =>
    module.define({ name, params: PARAMETERS, result: 'void' }, (body, ...[a, b, c, k, ...steps]) => {
      const [aStep, bStep, cStep, adds] = steps;
      writeTile(new Memory(body, float, target), tile, { a, b, c, k, aStep, bStep, cStep, adds });
      return seq();
    }),
  );
}

type Parameters = Readonly<
  Record<'a' | 'b' | 'c' | 'k' | 'aStep' | 'bStep' | 'cStep' | 'adds', Local<'i32'>>
>;

function writeTile(memory: Memory, tile: Tile, parameters: Parameters): void {
  const { body, lanes } = memory;
  const { rows, columns, rowStep, finish } = tile;
  const { a, b, c, k, aStep, bStep, cStep, adds } = parameters;
  const vectors = Math.ceil(columns / lanes);
  const variables = (count: number): Variable[] =>
    Array.from({ length: count }, () => memory.variable(lanes));
  const sums = Array.from({ length: rows }, () => variables(vectors));

  /** All sums and where they belong: so many numbers of a row of the result. */
  const eachSum = (use: (sum: Variable, row: Local<'i32'>, column: number, width: number) => void): void => {
    const row = body.let(c);
    for (const [i, across] of sums.entries()) {
      if (i > 0) body.do(row.set(i32.add(row, cStep)));
      across.forEach((sum, j) => use(sum, row, j * lanes, Math.min(lanes, columns - j * lanes)));
    }
  };
  const takeUp = body.scope(() => {
    eachSum((sum, row, column, width) => loadPart(memory, sum, row, column, width));
  });
  body.do(ifElse(adds, takeUp));

  const right = variables(vectors);
  const left = memory.variable(lanes);
  const multiply = (): void => {
    right.forEach((vector, j) => {
      body.do(
        vector.set(memory.read({ address: b, offset: memory.bytes(j * lanes), repeats: false }, lanes)),
      );
    });
    sums.forEach((across, i) => {
      body.do(left.set(memory.read({ address: a, offset: memory.bytes(i * rowStep), repeats: true }, lanes)));
      across.forEach((sum, j) => body.do(sum.set(memory.multiplyAdd(left, right[j]!, sum, lanes))));
    });
    body.do(a.set(i32.add(a, aStep)));
    body.do(b.set(i32.add(b, bStep)));
  };
  // Between products the loop can be left, so that V8 keeps them apart: else it loads all that a round multiplies first,
  // which is more than there are registers for.
  const left_k = i32.eqz(k.tee(i32.sub(k, 1)));
  body.do(
    block((exit) =>
      loop((again) =>
        seq(
          ...Array.from({ length: UNROLLED - 1 }, () => seq(body.scope(multiply), brIf(exit, left_k))),
          seq(body.scope(multiply), brIf(again, k.tee(i32.sub(k, 1)))),
        ),
      ),
    ),
  );

  eachSum((sum, row, column, width) => storePart(memory, sum, row, column, width, finish));
}

/** The first numbers of a vector from memory. */
function loadPart(memory: Memory, sum: Variable, address: Local<'i32'>, column: number, width: number): void {
  const { body, lanes } = memory;
  if (width === lanes) {
    body.do(sum.set(memory.read({ address, offset: memory.bytes(column), repeats: false }, lanes)));
    return;
  }
  for (let i = 0; i < width; i++) {
    const number = memory.read({ address, offset: memory.bytes(column + i), repeats: false }, 1);
    body.do(sum.set(memory.withLane(i, sum, number)));
  }
}

function storePart(
  memory: Memory,
  sum: Variable,
  address: Local<'i32'>,
  column: number,
  width: number,
  finish: Finish | undefined,
): void {
  const store = (i: number, numbers: Vector, lanes: number): void => {
    const place = { address, offset: memory.bytes(column + i), repeats: false };
    const sums = memory.page(lanes).numbers(numbers);
    memory.write(place, finish ? finish.write(memory, sums, place, lanes).code : numbers, lanes);
  };
  if (width === memory.lanes) store(0, sum, width);
  else for (let i = 0; i < width; i++) store(i, memory.lane(i, sum), 1);
}

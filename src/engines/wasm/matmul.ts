// The product of two matrices: tiles of the result stay in registers while a row of one and a column of the other go by.

import { i32, loop, brIf, type Local } from './assembler.js';
import type { Place } from './loops.js';
import { Lanes } from './math/lanes.js';
import type { Memory, Numbers } from './memory.js';

/** A matrix in memory: where it begins, and how far apart its rows and columns lie, in elements. */
export interface Matrix {
  readonly place: Place;
  readonly row: number;
  readonly column: number;
}

/** c = a @ b, `[m, k] @ [k, n]`. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Matrix;
  readonly b: Matrix;
  readonly c: Matrix;
}

const ROWS = 4; // of a tile
const VECTORS = 2; // of a tile's columns
const SMALL = 16; // multiplications that are written out one after the other

/** Writes a product, with vectors of `lanes` numbers where the columns of b lie side by side. */
export function writeMatmul(memory: Memory, lanes: number, product: Product): void {
  const { m, n, k, a, b } = product;
  if (m * n * k <= SMALL) {
    writeSmall(memory, product);
    return;
  }
  const isAcross = lanes > 1 && b.column === 1;
  const isAlong = lanes > 1 && !isAcross && a.column === 1 && b.row === 1 && k >= lanes;
  const wide = isAcross ? lanes : 1;
  for (const rows of runs(m, [ROWS, 1])) {
    for (const columns of runs(n, isAcross ? [VECTORS * lanes, lanes, 1] : [isAlong ? VECTORS : 4, 1])) {
      const each = isAcross && columns.step >= lanes ? wide : 1;
      writeTiles(memory, product, rows, columns, each, isAlong ? lanes : 1);
    }
  }
}

/** A product of a few numbers, each of which may still be in a variable. */
function writeSmall(memory: Memory, { m, n, k, a, b, c }: Product): void {
  const place = ({ place, row, column }: Matrix, i: number, j: number): Place => ({
    ...place,
    offset: place.offset + memory.bytes(i * row + j * column),
  });
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = memory.constant(0, 1);
      for (let l = 0; l < k; l++)
        sum = sum.add(memory.load(place(a, i, l), 1).mul(memory.load(place(b, l, j), 1)));
      memory.store(place(c, i, j), sum, 1);
    }
  }
}

/** So many steps of one size, from a place on. */
interface Run {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** Cuts a length into as many large steps as there is room for, and smaller ones for what is left. */
function runs(length: number, steps: readonly number[]): Run[] {
  const found: Run[] = [];
  let start = 0;
  for (const step of steps) {
    const count = Math.floor((length - start) / step);
    if (count > 0) found.push({ start, step, count });
    start += count * step;
  }
  return found;
}

/** All tiles of one size: loops over rows and columns of tiles, and in them the loop along k. */
function writeTiles(
  memory: Memory,
  { k, a, b, c }: Product,
  rows: Run,
  columns: Run,
  lanes: number,
  along: number,
): void {
  const { body } = memory;
  const at = (matrix: Matrix, row: number, column: number): number =>
    matrix.place.offset + memory.bytes(row * matrix.row + column * matrix.column);
  const pointer = (matrix: Matrix, row: number, column: number): Local<'i32'> =>
    body.let(i32.add(matrix.place.address, at(matrix, row, column)));

  const [rowA, rowC] = [pointer(a, rows.start, 0), pointer(c, rows.start, columns.start)];
  repeat(memory, rows.count, () => {
    const columnB = pointer(b, 0, columns.start);
    const tileC = body.let(rowC);
    repeat(memory, columns.count, () => {
      writeTile(
        memory,
        k,
        { ...a, pointer: rowA },
        { ...b, pointer: columnB },
        { ...c, pointer: tileC },
        {
          ...{ rows: rows.step, columns: columns.step / lanes, lanes, along },
        },
      );
      advance(memory, columnB, columns.step * b.column);
      advance(memory, tileC, columns.step * c.column);
    });
    advance(memory, rowA, rows.step * a.row);
    advance(memory, rowC, rows.step * c.row);
  });
}

type Pointed = Pick<Matrix, 'row' | 'column'> & { readonly pointer: Local<'i32'> };

interface Tile {
  readonly rows: number;
  /** In vectors of `lanes` numbers. */
  readonly columns: number;
  readonly lanes: number;
  /** Numbers along k that are multiplied at once and added up at the end. */
  readonly along: number;
}

function writeTile(memory: Memory, k: number, a: Pointed, b: Pointed, c: Pointed, tile: Tile): void {
  const { body } = memory;
  const { rows, columns, lanes, along } = tile;
  const wide = Math.max(lanes, along);
  const grid = <T>(make: (i: number, j: number) => T): T[][] =>
    Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => make(i, j)));
  const variables = (width: number): Numbers[][] =>
    grid(() => {
      const zero = memory.constant(0, width);
      return new Lanes(zero.page, body.let(zero.code));
    });
  const [alongA, alongB] = [body.let(a.pointer), body.let(b.pointer)];
  const step = (sums: Numbers[][], width: number): void => {
    const place = (address: Local<'i32'>, elements: number, repeats: boolean): Place => ({
      ...{ address, offset: memory.bytes(elements), repeats },
    });
    const left = Array.from({ length: rows }, (_, i) =>
      memory.load(place(alongA, i * a.row, lanes > 1), width),
    );
    for (let j = 0; j < columns; j++) {
      const right = memory.load(place(alongB, j * lanes * b.column, false), width);
      for (let i = 0; i < rows; i++) {
        const sum = sums[i]![j]!;
        body.do((sum.code as Local<'f64'>).set(sum.add(left[i]!.mul(right)).code as Local<'f64'>));
      }
    }
  };
  const walk = (sums: Numbers[][], width: number, count: number): void => {
    const far = lanes > 1 ? 1 : width;
    repeat(memory, count, () => {
      step(sums, width);
      advance(memory, alongA, far * a.column);
      advance(memory, alongB, far * b.row);
    });
  };

  const sums = variables(wide);
  walk(sums, wide, Math.floor(k / along));
  const totals = along > 1 ? sums.map((row) => row.map((sum) => memory.total(sum))) : sums;
  if (along > 1 && k % along > 0) {
    const rest = totals.map((row) => row.map((sum) => new Lanes(sum.page, body.let(sum.code))));
    walk(rest, 1, k % along);
    rest.forEach((row, i) => (totals[i] = row));
  }
  totals.forEach((row, i) => {
    row.forEach((total, j) => {
      const offset = memory.bytes(i * c.row + j * lanes * c.column);
      memory.store({ address: c.pointer, offset, repeats: false }, total, lanes);
    });
  });
}

/** Writes code that runs `count` times. */
function repeat(memory: Memory, count: number, inner: () => void): void {
  const { body } = memory;
  if (count === 0) return;
  if (count === 1) {
    inner();
    return;
  }
  const counter = body.let(i32.const(count));
  body.do(
    loop((again) =>
      memory.inLoop(() =>
        body.scope(() => {
          inner();
          body.do(brIf(again, counter.tee(i32.sub(counter, 1))));
        }),
      ),
    ),
  );
}

function advance(memory: Memory, pointer: Local<'i32'>, elements: number): void {
  if (elements !== 0) memory.body.do(pointer.set(i32.add(pointer, memory.bytes(elements))));
}

// The product of two matrices, after Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008), and
// BLIS: blocks that fit into the caches, the right one copied into panels, and in them tiles that fit into registers.
//
// Each number of the result is a sum from the first product to the last, however large the blocks and wide the vectors are;
// only dots.ts adds in another order.

import { IN_ONE_GO } from '../program/fusing.js';
import { call, i32, ifElse, seq, type Code, type Func } from './assembler.js';
import { dotsFunction } from './dots.js';
import type { Place } from './loops.js';
import { Memory, type Slice } from './memory.js';
import { FEW_TERMS, writeOuter } from './outer.js';
import { packFunction, type Grain } from './panel.js';
import { evenly, nest, runs, type Pointers, type Run } from './runs.js';
import { sumsFor, tileFunction, type Finish } from './tile.js';

/** A matrix in memory: where it begins, and how far apart its rows and columns lie, in elements. */
export interface Matrix {
  readonly place: Place;
  readonly row: number;
  readonly column: number;
}

/** c = a @ b, `[m, k] @ [k, n]`. The columns of c lie side by side. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Matrix;
  readonly b: Matrix;
  readonly c: Matrix;
  /** What is done to the sums before they are stored; only where they are made in one go, see `IN_ONE_GO`. */
  readonly finish?: Finish | undefined;
}

const SMALL = 16; // multiplications that are written out one after the other

/** Writes a product, or the slice of it that the memory has to be written. */
export function writeMatmul(memory: Memory, product: Product): void {
  const { m, n, k, finish } = product;
  if (m * n * k <= SMALL && !finish) {
    writeSmall(memory, product);
    return;
  }
  const whole = n === 1 && !finish ? turned(product) : product;
  const slice = memory.takeSlice();
  if (slice) writeSlice(memory, whole, slice);
  else memory.body.do(multiply(memory, whole));
}

/** The call that does a product. */
function multiply(memory: Memory, { a, b, c, ...sizes }: Product): Code<'void'> {
  const strides = ({ row, column }: Matrix): Strides => ({ row, column });
  const shape = { ...sizes, a: strides(a), b: strides(b), c: strides(c) };
  const { func, scratch } = productFunction(memory, shape);
  const address = ({ place }: Matrix): Code<'i32'> =>
    place.offset === 0 ? place.address : i32.add(place.address, place.offset);
  return call(func, address(a), address(b), address(c), memory.scratch.take(scratch));
}

/**
 * A slice of a product is a product of fewer rows or columns. None is so small that its sums would be added in another order
 * than those of the whole (see `isOfDots`).
 */
function writeSlice(memory: Memory, product: Product, slice: Slice): void {
  const { body } = memory;
  const { m, n, a, b, c } = product;
  const axis = m > n ? 'm' : 'n';
  const most = Math.floor(product[axis] / LEAST);
  slice.count = Math.max(1, Math.min(slice.wanted, most));
  const each = Math.floor(product[axis] / slice.count / LEAST) * LEAST;
  /** A matrix from a row or column on that is `step` elements further for each slice. */
  const from = (matrix: Matrix, step: number): Matrix => {
    const { address, offset } = matrix.place;
    const moved = body.let(i32.add(address, i32.mul(slice.number, memory.bytes(each * step))));
    return { ...matrix, place: { address: moved, offset, repeats: false } };
  };
  const moved =
    axis === 'm'
      ? { ...product, a: from(a, a.row), c: from(c, c.row) }
      : { ...product, b: from(b, b.column), c: from(c, c.column) };
  const sized = (size: number): Code<'void'> => multiply(memory, { ...moved, [axis]: size });
  if (slice.count === 1) body.do(multiply(memory, product));
  else {
    const last = product[axis] - (slice.count - 1) * each;
    const isLast = i32.eq(slice.number, slice.count - 1);
    body.do(last === each ? sized(each) : ifElse(isLast, sized(last), sized(each)));
  }
}

const LEAST = 16; // rows or columns of a slice

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

/** cᵀ = bᵀ @ aᵀ: a product with one column is one with a single row. */
function turned({ m, n, k, a, b, c }: Product): Product {
  const turn = ({ place, row, column }: Matrix): Matrix => ({ place, row: column, column: row });
  return { m: n, n: m, k, a: turn(b), b: turn(a), c: turn(c) };
}

type Strides = Pick<Matrix, 'row' | 'column'>;

/** A product wherever its matrices lie. */
interface Shape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Strides;
  readonly b: Strides;
  readonly c: Strides;
  readonly finish?: Finish | undefined;
}

/** Takes the addresses of a, b, c and of so many bytes of scratch. */
interface ProductFunction {
  readonly func: Func<readonly ['i32', 'i32', 'i32', 'i32'], 'void'>;
  readonly scratch: number;
}

/** The function for products of a shape, written once a module. */
function productFunction(memory: Memory, shape: Shape): ProductFunction {
  const { module } = memory.body;
  const { m, n, k, a, b, c, finish } = shape;
  const strides = [a, b, c].map(({ row, column }) => `${row},${column}`).join(' ');
  const name = `matmul.${memory.float} ${m}x${k}x${n} ${strides} ${finish?.name ?? ''}`;
  return module.once(name, () => {
    let scratch = 0;
    const params = ['i32', 'i32', 'i32', 'i32'] as const;
    const func = module.define({ name, params, result: 'void' }, (body, ...[a, b, c, free]) => {
      const inside = new Memory(body, memory.float, memory.target);
      if (finish) scratch = writeBlocks(inside, shape, { a, b, c, free });
      else if (isOfDots(shape, inside.lanes)) writeDots(inside, shape, { a, b, c });
      else if (k <= FEW_TERMS && shape.b.column === 1) writeOuter(inside, shape, { a, b, c });
      else scratch = writeBlocks(inside, shape, { a, b, c, free });
      return seq();
    });
    return { func, scratch };
  });
}

/** Whether rows of a and columns of b lie in memory one number after the other, and too few meet for panels to pay. */
function isOfDots({ m, n, k, a, b }: Shape, lanes: number): boolean {
  return lanes > 1 && a.column === 1 && b.row === 1 && Math.min(m, n) <= FEW && k >= 2 * lanes;
}

const FEW = 3; // rows or columns

function writeDots(memory: Memory, { m, n, k, a, b, c }: Shape, pointers: Pointers<'a' | 'b' | 'c'>): void {
  const { body, float, target } = memory;
  const bytes = (elements: number): number => memory.bytes(elements);
  const rows = m <= FEW ? m : 4;
  const columns = m <= FEW ? 4 : n;
  nest(memory, evenly(m, rows), pointers, { a: bytes(a.row), c: bytes(c.row) }, (atRow, height) => {
    nest(memory, evenly(n, columns), atRow, { b: bytes(b.column), c: bytes(c.column) }, (at, width) => {
      const dots = dotsFunction(body.module, float, target, height, width);
      body.do(call(dots, at.a, at.b, at.c, k, bytes(a.row), bytes(b.column), bytes(c.row)));
    });
  });
}

// Blocks, in numbers. The panel of b that all rows meet (16 columns × DEEP) and a tile's rows of a stay in the first cache,
// a's block (TALL × DEEP) in the second, b's (DEEP × WIDE) there or in the third.
const DEEP = IN_ONE_GO;
const TALL = 120;
const WIDE = 384;

const NEAR = 16_384; // bytes of a matrix that stays in the first cache by itself

/** Writes the loops over blocks, panels and tiles. Gives how many bytes of scratch the panels take. */
function writeBlocks(
  memory: Memory,
  { m, n, k, a, b, c, finish }: Shape,
  pointers: Pointers<'a' | 'b' | 'c' | 'free'>,
): number {
  const { body, float, lanes, target } = memory;
  const { module } = body;
  const bytes = (elements: number): number => memory.bytes(elements);
  const padded = (length: number): number => Math.ceil(length / lanes) * lanes;
  const { rows, columns } = tileSize(m, n, lanes, sumsFor(target));

  const packsB = b.column !== 1 || (m > 2 * rows && bytes(k * b.row) > NEAR);
  const packsA = m > 1 && a.column !== 1 && (a.row !== 1 || n > 4 * columns);

  const [deep, tall, wide] = [evenly(k, DEEP), blocks(m, TALL, rows), blocks(n, WIDE, columns)];
  const most = (runs: readonly Run[]): number => Math.max(...runs.map(({ step }) => step));
  const bBytes = packsB ? bytes(most(deep) * padded(most(wide))) : 0;
  const aBytes = packsA ? bytes(most(deep) * padded(rows) * Math.ceil(most(tall) / rows)) : 0;
  const bPanels = pointers.free;
  const aPanels = packsA ? body.let(i32.add(pointers.free, bBytes)) : pointers.free;
  const adds = deep.length > 1 || deep[0]!.count > 1 ? body.local('i32') : null;

  /** Copies columns of b or rows of a (`across` apart, the numbers in them `along`) into panels one behind the other. */
  const pack = (
    widths: readonly Run[],
    depth: number,
    start: Pointers<'from' | 'to'>,
    { along, across }: { readonly along: number; readonly across: number },
  ): void => {
    const grain: Grain = across === 1 ? 'row' : along === 1 ? 'column' : 'none';
    const moves = { from: bytes(across), to: (width: number) => bytes(padded(width) * depth) };
    nest(memory, widths, start, moves, (at, width) => {
      const pack = packFunction(module, float, target, width, grain);
      body.do(call(pack, at.from, at.to, depth, bytes(along), bytes(across)));
    });
  };

  nest(memory, wide, pointers, { b: bytes(b.column), c: bytes(c.column) }, (atWide, width) => {
    const acrossTiles = runs(width, columns);
    if (adds) body.do(adds.set(0));
    nest(memory, deep, atWide, { a: bytes(a.column), b: bytes(b.row) }, (atDeep, depth) => {
      if (packsB)
        pack(acrossTiles, depth, { from: atDeep.b, to: bPanels }, { along: b.row, across: b.column });
      nest(memory, tall, atDeep, { a: bytes(a.row), c: bytes(c.row) }, (atTall, height) => {
        const downTiles = evenly(height, rows);
        if (packsA)
          pack(downTiles, depth, { from: atTall.a, to: aPanels }, { along: a.column, across: a.row });
        const start = { a: packsA ? aPanels : atTall.a, b: packsB ? bPanels : atTall.b, c: atTall.c };
        const bMove = packsB ? (width: number) => bytes(padded(width) * depth) : bytes(b.column);
        nest(memory, acrossTiles, start, { b: bMove, c: bytes(c.column) }, (atTile, tileColumns) => {
          const aMove = packsA ? (height: number) => bytes(padded(height) * depth) : bytes(a.row);
          nest(memory, downTiles, atTile, { a: aMove, c: bytes(c.row) }, (at, tileRows) => {
            const rowStep = packsA || tileRows === 1 ? 1 : a.row;
            const tile = tileFunction(module, float, target, {
              rows: tileRows,
              columns: tileColumns,
              rowStep,
              finish,
            });
            const steps = [
              bytes(packsA ? padded(tileRows) : a.column),
              packsB ? bytes(padded(tileColumns)) : bytes(b.row),
              bytes(c.row),
            ] as const;
            body.do(call(tile, at.a, at.b, at.c, depth, ...steps, adds ?? 0));
          });
        });
      });
      if (adds) body.do(adds.set(1));
    });
  });
  return bBytes + aBytes;
}

/** Rows and columns of tiles: as many sums as there are registers, in two vectors of columns where there are many rows. */
function tileSize(
  m: number,
  n: number,
  lanes: number,
  sums: number,
): { readonly rows: number; readonly columns: number } {
  const across = Math.ceil(n / lanes);
  const vectors = m < 5 ? Math.min(across, Math.floor(sums / m)) : across === 3 ? 3 : Math.min(across, 2);
  return { rows: Math.min(m, Math.floor(sums / vectors)), columns: vectors * lanes };
}

/** Blocks of about so much, whole tiles each; what is left over goes with them if it is little. */
function blocks(length: number, size: number, tile: number): Run[] {
  const count = Math.ceil(length / (1.5 * size));
  return runs(length, Math.ceil(length / count / tile) * tile);
}

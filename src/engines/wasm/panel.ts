// Panels: a few columns of a matrix copied so that what a tile reads one after the other lies side by side. That turns, and
// spares the caches rows that lie a power of two apart, which all want the same few places.

import { brIf, i32, i32x4, i64x2, ifElse, loop, seq, type Code, type Func, type Local } from './assembler.js';
import type { ModuleBuilder } from './assembler.js';
import type { Float } from './loops.js';
import { Memory, type Vector } from './memory.js';
import type { Target } from './target.js';

/** Which numbers of the matrix lie side by side: those of a row, those of a column, or neither. */
export type Grain = 'row' | 'column' | 'none';

/**
 * Copies rows of a matrix into a panel. It takes the address of the matrix and of the panel, how many rows, and how far
 * apart rows and columns of the matrix lie, in bytes. The panel is a whole number of vectors wide, and what lies there
 * beside the matrix has no meaning.
 */
export type PackFunction = Func<readonly ['i32', 'i32', 'i32', 'i32', 'i32'], 'void'>;

/** The function that packs panels of so many columns, written once a module. */
export function packFunction(
  module: ModuleBuilder,
  float: Float,
  target: Target,
  columns: number,
  grain: Grain,
): PackFunction {
  const name = `pack.${float}.${columns}.${grain}`;
  const params = ['i32', 'i32', 'i32', 'i32', 'i32'] as const;
  return module.once(name, () =>
    module.define({ name, params, result: 'void' }, (body, from, to, rows, rowStep, columnStep) => {
      const memory = new Memory(body, float, target);
      const { lanes } = memory;
      const width = Math.ceil(columns / lanes) * lanes;
      const panel = { memory, columns, width, from, to, rowStep, columnStep };
      // Numbers of a column that lie side by side are turned a square of vectors at a time.
      const square = grain === 'column' ? lanes : 1;
      if (square > 1) body.do(times(memory, i32.div_u(rows, square), () => writeSquares(panel)));
      const rest = square > 1 ? i32.rem_u(rows, square) : rows;
      body.do(times(memory, rest, () => writeRow(panel, grain === 'row' && columns >= lanes)));
      return seq();
    }),
  );
}

interface Panel {
  readonly memory: Memory;
  readonly columns: number;
  /** Columns of the panel. */
  readonly width: number;
  readonly from: Local<'i32'>;
  readonly to: Local<'i32'>;
  readonly rowStep: Local<'i32'>;
  readonly columnStep: Local<'i32'>;
}

/** One row: in vectors, or number by number. */
function writeRow({ memory, columns, width, from, to, rowStep, columnStep }: Panel, isEven: boolean): void {
  const { body } = memory;
  const wide = isEven ? memory.lanes : 1;
  const at = body.let(from);
  for (let j = 0; j < (isEven ? width : columns); j += wide) {
    if (j > 0 && !isEven) body.do(at.set(i32.add(at, columnStep)));
    const offset = isEven ? memory.bytes(j) : 0;
    const numbers = memory.read({ address: at, offset, repeats: false }, wide);
    memory.write({ address: to, offset: memory.bytes(j), repeats: false }, numbers, wide);
  }
  body.do(from.set(i32.add(from, rowStep)));
  body.do(to.set(i32.add(to, memory.bytes(width))));
}

/** As many rows as a vector has numbers. */
function writeSquares({ memory, columns, width, from, to, columnStep }: Panel): void {
  const { body, lanes } = memory;
  const at = body.let(from);
  for (let j = 0; j < width; j += lanes) {
    const vectors = Array.from({ length: lanes }, (_, i) => {
      const vector = body.let(memory.read({ address: at, offset: 0, repeats: false }, lanes));
      if (j + i + 1 < columns) body.do(at.set(i32.add(at, columnStep)));
      return vector;
    });
    turn(memory, vectors as Code<'v128'>[]).forEach((vector, i) => {
      memory.write({ address: to, offset: memory.bytes(i * width + j), repeats: false }, vector, lanes);
    });
  }
  body.do(from.set(i32.add(from, memory.bytes(lanes))));
  body.do(to.set(i32.add(to, memory.bytes(lanes * width))));
}

/** The vectors that have the given ones as their columns. */
function turn({ body, float }: Memory, vectors: readonly Code<'v128'>[]): Vector[] {
  if (float === 'f64') {
    const [a, b] = vectors as [Code<'v128'>, Code<'v128'>];
    return [i64x2.shuffle([0, 2], a, b), i64x2.shuffle([1, 3], a, b)];
  }
  const [a, b, c, d] = vectors as [Code<'v128'>, Code<'v128'>, Code<'v128'>, Code<'v128'>];
  const [ab, cd, AB, CD] = [
    body.let(i32x4.shuffle([0, 4, 1, 5], a, b)),
    body.let(i32x4.shuffle([0, 4, 1, 5], c, d)),
    body.let(i32x4.shuffle([2, 6, 3, 7], a, b)),
    body.let(i32x4.shuffle([2, 6, 3, 7], c, d)),
  ];
  return [
    i32x4.shuffle([0, 1, 4, 5], ab, cd),
    i32x4.shuffle([2, 3, 6, 7], ab, cd),
    i32x4.shuffle([0, 1, 4, 5], AB, CD),
    i32x4.shuffle([2, 3, 6, 7], AB, CD),
  ];
}

/** A loop of so many rounds, none if there are none. */
function times({ body }: Memory, count: Code<'i32'>, write: () => void): Code<'void'> {
  const left = body.local('i32');
  const inside = body.scope(write);
  return ifElse(
    left.tee(count),
    loop((again) => seq(inside, brIf(again, left.tee(i32.sub(left, 1))))),
  );
}

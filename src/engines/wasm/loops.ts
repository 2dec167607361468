// Loops over elements: each buffer that a loop reads or writes has a cursor, which moves along with the loop.

import { brIf, i32, ifElse, loop, select, seq, type Code, type Local } from './assembler.js';
import type { Memory, Slice } from './memory.js';

/** The type of the numbers of a program. */
export type Float = 'f64' | 'f32';

/** Bytes of a number. */
export const BYTES: Readonly<Record<Float, number>> = { f64: 8, f32: 4 };

/** Numbers that fit into a vector of 128 bits. */
export const LANES: Readonly<Record<Float, number>> = { f64: 2, f32: 4 };

/** The start of memory. A place at it is known when the code is written. */
export const MEMORY_START: Code<'i32'> = i32.const(0);

const UNROLLED = 4; // iterations of all inner loops together that are written out one after the other

/** A place in memory that moves with the loops: so many elements further for each iteration of each. */
export interface Cursor {
  readonly strides: readonly number[];
  /** Bytes from the start of memory, or from `address`, before any loop has moved. */
  readonly start: number;
  /** Where loops further out have brought it. Default: the start of memory. */
  readonly address?: Code<'i32'>;
  /** Whether loops further out stand still on it while they take several elements at a time. */
  readonly repeats?: boolean;
}

/** Where a cursor stands at one point of the code. */
export interface Place {
  readonly address: Code<'i32'>;
  /** Bytes from there. */
  readonly offset: number;
  /** Whether it is one number for all lanes of a vector. */
  readonly repeats: boolean;
}

/** What stands inside loops: told where each cursor is, and for how many elements at once it is written. */
export type Inner<Key> = (places: ReadonlyMap<Key, Place>, lanes: number) => void;

/**
 * Writes nested loops of the given lengths, and `inner` inside them. Where all cursors lie evenly along the last axis, that
 * one is taken `lanes` elements at a time, and what is left over one by one. If the memory has a slice to be written, that is
 * cut from the first axis.
 */
export function writeLoops<Key>(
  memory: Memory,
  lengths: readonly number[],
  cursors: ReadonlyMap<Key, Cursor>,
  lanes: number,
  inner: Inner<Key>,
): void {
  const { body, float } = memory;
  if (lengths.includes(0)) return;
  const { axes, merged } = mergeAxes(lengths, cursors);
  const bytes = BYTES[float];
  const last = axes.length - 1;
  const isEven = [...merged.values()].every(({ strides }) => strides[last] === 0 || strides[last] === 1);
  const width = last >= 0 && axes[last]! >= lanes && isEven ? lanes : 1;

  const startOf = (key: Key): Code<'i32'> => cursors.get(key)!.address ?? MEMORY_START;
  const pointers = new Map<Key, Local<'i32'>>();
  const pointerOf = (key: Key): Local<'i32'> => {
    const pointer = pointers.get(key) ?? body.let(startOf(key));
    pointers.set(key, pointer);
    return pointer;
  };

  const finish = (offsets: ReadonlyMap<Key, number>, wide: number): void => {
    const places = new Map<Key, Place>();
    for (const [key, offset] of offsets) {
      const repeats = wide > 1 ? merged.get(key)!.strides[last] === 0 : (cursors.get(key)!.repeats ?? false);
      places.set(key, { address: pointers.get(key) ?? startOf(key), offset, repeats });
    }
    inner(places, wide);
  };
  /** The offsets after `count` more elements of an axis. */
  const moved = (offsets: ReadonlyMap<Key, number>, axis: number, count: number): Map<Key, number> =>
    new Map(
      [...offsets].map(([key, offset]) => [key, offset + count * merged.get(key)!.strides[axis]! * bytes]),
    );

  const write = (axis: number, offsets: ReadonlyMap<Key, number>): void => {
    if (axis > last) {
      finish(offsets, 1);
      return;
    }
    const wide = axis === last ? width : 1;
    const within = (at: ReadonlyMap<Key, number>): void =>
      wide > 1 ? finish(at, wide) : write(axis + 1, at);
    const [rounds, rest] = [Math.floor(axes[axis]! / wide), axes[axis]! % wide];
    const remaining =
      axes.slice(axis).reduce((product, length) => product * length, 1) / (width > 1 ? width : 1);
    if (remaining <= UNROLLED) {
      for (let i = 0; i < rounds; i++) within(moved(offsets, axis, i * wide));
      for (let i = rounds * wide; i < axes[axis]!; i++) finish(moved(offsets, axis, i), 1);
      return;
    }
    const steps = [...merged]
      .filter(([, { strides }]) => strides[axis] !== 0)
      .map(([key, { strides }]) => [pointerOf(key), strides[axis]! * wide * bytes] as const);
    const counter = body.local('i32');
    body.do(counter.set(rounds));
    body.do(
      loop((again) =>
        memory.inLoop(() =>
          body.scope(() => {
            within(offsets);
            for (const [pointer, step] of steps) body.do(pointer.set(i32.add(pointer, step)));
            body.do(brIf(again, counter.tee(i32.sub(counter, 1))));
          }),
        ),
      ),
    );
    for (let i = 0; i < rest; i++) finish(moved(offsets, axis, i), 1);
    for (const [pointer, step] of steps) body.do(pointer.set(i32.sub(pointer, step * rounds)));
  };
  const starts = new Map([...merged].map(([key, { start }]) => [key, start]));
  const slice = axes.length > 0 ? memory.takeSlice() : null;
  if (slice) writeSlice(slice);
  else write(0, starts);

  /** One slice of the first axis: as many whole rounds in each, and what is left in the last. */
  function writeSlice(slice: Slice): void {
    const wide = last === 0 ? width : 1;
    const length = axes[0]!;
    const each = Math.ceil(length / wide / slice.wanted) * wide;
    slice.count = Math.ceil(length / each);
    const isLast = body.let(i32.eq(slice.number, slice.count - 1));
    for (const [key, { strides }] of merged) {
      const pointer = pointerOf(key);
      const step = each * strides[0]! * bytes;
      if (step !== 0) body.do(pointer.set(i32.add(pointer, i32.mul(slice.number, step))));
    }
    const inside = memory.inLoop(() =>
      body.scope(() => {
        if (wide > 1) finish(starts, wide);
        else write(1, starts);
        for (const [key, { strides }] of merged) {
          const step = strides[0]! * wide * bytes;
          const pointer = pointerOf(key);
          if (step !== 0) body.do(pointer.set(i32.add(pointer, step)));
        }
      }),
    );
    const remaining = Math.floor((length - (slice.count - 1) * each) / wide);
    const rounds = body.let(select(isLast, i32.const(remaining), i32.const(each / wide)));
    body.do(
      ifElse(
        rounds,
        loop((again) => seq(inside, brIf(again, rounds.tee(i32.sub(rounds, 1))))),
      ),
    );
    const rest = memory.inLoop(() =>
      body.scope(() => {
        for (let i = 0; i < length % wide; i++) finish(moved(starts, 0, i), 1);
      }),
    );
    if (length % wide > 0) body.do(ifElse(isLast, rest));
  }
}

/** Neighbouring axes that every cursor walks as one become one; axes of length 1 go. */
function mergeAxes<Key>(
  lengths: readonly number[],
  cursors: ReadonlyMap<Key, Cursor>,
): { readonly axes: readonly number[]; readonly merged: ReadonlyMap<Key, Cursor> } {
  const axes: number[] = [];
  const kept: number[] = [];
  lengths.forEach((length, axis) => {
    if (length === 1) return;
    const before = kept.at(-1);
    const isOne =
      before !== undefined &&
      [...cursors.values()].every(({ strides }) => strides[before] === strides[axis]! * length);
    if (isOne) {
      axes[axes.length - 1]! *= length;
      kept[kept.length - 1] = axis;
    } else {
      axes.push(length);
      kept.push(axis);
    }
  });
  const merged = new Map(
    [...cursors].map(([key, { strides, start }]) => [
      key,
      { start, strides: kept.map((axis) => strides[axis]!) },
    ]),
  );
  return { axes, merged };
}

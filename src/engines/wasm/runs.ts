// Loops over parts of matrices whose sizes are known when the code is written.

import { brIf, i32, loop, type Code, type Local } from './assembler.js';
import type { Memory } from './memory.js';

/** So many steps of one size. */
export interface Run {
  readonly step: number;
  readonly count: number;
}

/** Cuts a length into steps of one size, and what is left. */
export function runs(length: number, step: number): Run[] {
  const all = [
    { step, count: Math.floor(length / step) },
    { step: length % step, count: 1 },
  ];
  return all.filter(({ step, count }) => step > 0 && count > 0);
}

/** Cuts a length into as few steps of at most that size as there can be, as even as they can be. */
export function evenly(length: number, most: number): Run[] {
  const count = Math.ceil(length / most);
  const [each, longer] = [Math.floor(length / count), length % count];
  return [
    { step: each + 1, count: longer },
    { step: each, count: count - longer },
  ].filter(({ count }) => count > 0);
}

/** Addresses that loops move. */
export type Pointers<Names extends string> = { readonly [name in Names]: Code<'i32'> };

/** Bytes that an address moves for each element, or for a step of a given size. */
type Move = number | ((step: number) => number);

/**
 * Writes code that goes through runs, with `inner` for each step; meanwhile each pointer that has a move goes along, in a
 * variable of its own. `inner` gets the pointers and the size of the step.
 */
export function nest<Names extends string>(
  memory: Memory,
  parts: readonly Run[],
  pointers: Pointers<Names>,
  moves: { readonly [name in Names]?: Move },
  inner: (at: Pointers<Names>, step: number) => void,
): void {
  const { body } = memory;
  const moving = Object.entries<Move>(moves as Record<string, Move>);
  const isLoop = parts.length > 1 || parts[0]!.count > 1;
  const at: Record<string, Code<'i32'>> = { ...pointers };
  const variables = isLoop ? moving.map(([name]) => (at[name] = body.let(pointers[name as Names]))) : [];
  parts.forEach(({ step, count }, i) => {
    const isLast = i === parts.length - 1;
    repeat(memory, count, () => {
      inner(at as Pointers<Names>, step);
      if (isLast && count === 1) return; // nobody reads them again
      moving.forEach(([, move], j) => {
        const bytes = typeof move === 'number' ? move * step : move(step);
        if (bytes !== 0) body.do(variables[j]!.set(i32.add(variables[j]!, bytes)));
      });
    });
  });
}

/** Writes code that runs `count` times. */
export function repeat(memory: Memory, count: number | Code<'i32'>, inner: () => void): void {
  const { body } = memory;
  if (count === 0) return;
  if (count === 1) {
    inner();
    return;
  }
  const left: Local<'i32'> = body.let(typeof count === 'number' ? i32.const(count) : count);
  const inside = memory.inLoop(() => body.scope(inner));
  body.do(
    loop((again) => {
      const next = brIf(again, left.tee(i32.sub(left, 1)));
      return body.scope(() => {
        body.do(inside);
        body.do(next);
      });
    }),
  );
}

// Several threads on one step: the code by which they share the slices of a kernel.
//
// The thread that runs the step opens a kernel by writing a ticket: the kernel's number, and how many of its slices nobody
// has taken. Every thread takes slices until none is left, so one that comes late, or not at all, holds nobody up. Which
// thread computes a slice makes no difference to its numbers.

import {
  atomics,
  brIf,
  call,
  drop,
  i32,
  i64,
  ifElse,
  loop,
  seq,
  type Body,
  type Code,
  type Func,
} from './assembler.js';
import type { ModuleBuilder } from './assembler.js';

/** A kernel in slices: a function of the number of a slice and the address of scratch. */
export interface SlicedKernel {
  readonly func: Func<readonly ['i32', 'i32'], 'void'>;
  readonly slices: number;
}

/** Where threads meet: words in bytes from the start of the control area, each on a cache line of its own. */
export const WORDS = {
  /** The number of the open kernel · 2^16 + how many of its slices are not taken. */
  ticket: 0,
  /** How many slices of the open kernel are not done. */
  open: 64,
  /** 1 if helpers are to leave the program. */
  leave: 128,
  /** 1 if the step's own thread is to do all slices by itself. */
  alone: 192,
  /** 1 if the step's own thread may sleep, which that of a page must not. */
  maySleep: 256,
  /** From here on a word for each helper: where it is, one of `HELPER`. */
  helpers: 320,
} as const;

/** A helper is elsewhere, has been called, or is in the program and takes slices. */
export const HELPER = { away: 0, called: 1, inside: 2 } as const;

/** Bytes of the control area. */
export function controlBytes(helpers: number): number {
  return WORDS.helpers + 4 * helpers;
}

// How often a thread looks at a word before it falls asleep; a look takes about a nanosecond.
const SPINS = { step: 4_000, helper: 20_000 };
const NAP = 10_000_000; // nanoseconds for which a step sleeps before it looks again
const PATIENCE = 200_000_000; // nanoseconds without work after which a helper leaves

/** Defines how slices are taken; gives the function by which a step has a kernel done, given a ticket and its scratch. */
export function defineSharing(
  module: ModuleBuilder,
  kernels: readonly SlicedKernel[],
  control: number,
): { readonly take: Func<readonly ['i32'], 'void'>; readonly share: Func<readonly ['i32', 'i32'], 'void'> } {
  const [ticketAt, openAt] = [control + WORDS.ticket, control + WORDS.open];
  const params = ['i32', 'i32'] as const;
  const compute = module.define(
    { name: 'compute', params: ['i32', 'i32', 'i32'], result: 'void' },
    (body, ...args) => {
      const [kernel, slice, scratch] = args;
      kernels.forEach(({ func }, i) => body.do(ifElse(i32.eq(kernel, i), call(func, slice, scratch))));
      return seq();
    },
  );

  /** Takes slices until there are none. */
  const take = module.define({ name: 'take', params: ['i32'], result: 'void' }, (body, scratch) => {
    const [ticket, slices] = [body.local('i32'), body.local('i32')];
    const isMine = i32.eq(atomics.compareExchange(ticketAt, ticket, i32.sub(ticket, 1)), ticket);
    const isLastDone = i32.eq(atomics.add(openAt, -1), 1);
    const one = seq(
      call(compute, i32.shr_u(ticket, 16), i32.sub(slices, 1), scratch),
      ifElse(isLastDone, drop(atomics.notify(openAt, 1))),
    );
    return loop((again) =>
      seq(
        ticket.set(atomics.load(ticketAt)),
        slices.set(i32.and(ticket, 0xffff)),
        ifElse(slices, seq(ifElse(isMine, one), brIf(again, 1))),
      ),
    );
  });

  const share = module.define({ name: 'share', params, result: 'void' }, (body, ticket, scratch) => {
    const left = body.let(i32.and(ticket, 0xffff));
    const kernel = i32.shr_u(ticket, 16);
    const alone = loop((again) =>
      seq(call(compute, kernel, left.tee(i32.sub(left, 1)), scratch), brIf(again, left)),
    );
    const together = seq(
      atomics.store(openAt, left),
      atomics.store(ticketAt, ticket),
      drop(atomics.notify(ticketAt, -1)),
      call(take, scratch),
      waitUntil(body, SPINS.step, i32.eqz(atomics.load(openAt))),
      // What others have taken is still to be done.
      loop((again) => {
        const nap = atomics.wait32(openAt, left, i64.const(NAP));
        return ifElse(
          left.tee(atomics.load(openAt)),
          seq(ifElse(atomics.load(control + WORDS.maySleep), drop(nap)), brIf(again, 1)),
        );
      }),
    );
    return ifElse(atomics.load(control + WORDS.alone), alone, together);
  });
  return { take, share };
}

/** Defines `work`, which a helper runs: it is given its number, and returns when it is asked to leave or has nothing to do. */
export function defineWork(
  module: ModuleBuilder,
  take: Func<readonly ['i32'], 'void'>,
  control: number,
  scratch: { readonly start: number; readonly each: number },
): void {
  const ticketAt = control + WORDS.ticket;
  module.define({ name: 'work', params: ['i32'], result: 'void', export: true }, (body, helper) => {
    const own = body.let(i32.add(scratch.start, i32.mul(i32.add(helper, 1), scratch.each)));
    const state = body.let(i32.add(control + WORDS.helpers, i32.mul(helper, 4)));
    const ticket = body.local('i32');
    const isOpen = i32.and(ticket.tee(atomics.load(ticketAt)), 0xffff);
    const timedOut = 2;
    body.do(atomics.store(state, HELPER.inside));
    body.do(
      loop((again) =>
        seq(
          call(take, own),
          waitUntil(body, SPINS.helper, isOpen),
          brIf(again, i32.and(ticket, 0xffff)),
          ifElse(
            i32.eqz(atomics.load(control + WORDS.leave)),
            brIf(again, i32.ne(atomics.wait32(ticketAt, ticket, i64.const(PATIENCE)), timedOut)),
          ),
        ),
      ),
    );
    return atomics.store(state, HELPER.away);
  });
}

/** Looks so many times whether something is so. */
function waitUntil(body: Body, times: number, condition: Code<'i32'>): Code<'void'> {
  const left = body.local('i32');
  return seq(
    left.set(times),
    loop((again) => ifElse(i32.eqz(condition), brIf(again, left.tee(i32.sub(left, 1))))),
  );
}

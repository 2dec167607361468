// How lesson 1 is shown: the numbers forward, and each derivative on the way back.

import { chainRule } from '../../../lessons/index.js';
import { chainRule as withLibrary } from '../../../lessons/with-library/index.js';
import type { Context } from '../context.js';
import { notice, short, type LessonView } from './view.js';

const Z = 0;

/** Lesson 1, worked out at z = 0. */
export function lesson1(context: Context): LessonView {
  const { text } = context;
  const { z, z1, z2, z3, a, da_dz3, da_dz2, da_dz1, da_dz, local } = chainRule(Z);
  const library = withLibrary(Z);

  const forward = [
    ['Function1', 'z1 = -z', z1],
    ['Function2', 'z2 = exp(z1)', z2],
    ['Function3', 'z3 = 1 + z2', z3],
    ['Function4', 'a = 1 / z3', a],
  ] as const;
  const backward = [
    ['da/dz3', 'da/dz3 = -1 / z3²', local.da_dz3, 1, da_dz3],
    ['da/dz2', 'dz3/dz2 = 1', local.dz3_dz2, da_dz3, da_dz2],
    ['da/dz1', 'dz2/dz1 = exp(z1) = z2', local.dz2_dz1, da_dz2, da_dz1],
    ['da/dz', 'dz1/dz = -1', local.dz1_dz, da_dz1, da_dz],
  ] as const;
  const factors = Object.values(local).map(short).join(' * ');

  return {
    data: {
      lesson: 1,
      byHand: { z, z1: z1 + 0, z2, z3, a, da_dz3, da_dz2, da_dz1, da_dz, local },
      withLibrary: library,
    },
    blocks: [
      { kind: 'title', text: text('lesson1.title') },
      { kind: 'text', text: text('lesson1.intro') },
      { kind: 'heading', text: text('lesson1.forward', { z }) },
      {
        kind: 'table',
        head: [text('lesson1.function'), text('lesson1.formula'), text('lesson1.value')],
        rows: forward.map(([name, formula, value]) => [name, formula, short(value)]),
      },
      { kind: 'heading', text: text('lesson1.backward') },
      {
        kind: 'table',
        head: [
          text('lesson1.derivative'),
          text('lesson1.local'),
          text('lesson1.value'),
          text('lesson1.upstream'),
          text('lesson1.product'),
        ],
        rows: backward.map(([name, formula, ...values]) => [name, formula, ...values.map(short)]),
      },
      notice(
        context,
        text('lesson1.chain', { da_dz: short(da_dz), factors }),
        text('lesson1.closed', { a: short(a), rest: short(1 - a) }),
        text('lesson1.library', { da_dz: short(library.da_dz) }),
      ),
    ],
  };
}

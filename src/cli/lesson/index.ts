// The lessons as the command line shows them.

import type { Context } from '../context.js';
import { lesson1 } from './1-chain-rule.js';
import { lesson2 } from './2-neuron.js';
import { lesson3 } from './3-and-gate.js';
import { lesson4 } from './4-blobs.js';
import type { LessonView } from './view.js';

/** In their order, each worked out when it is called. */
export const lessonViews: readonly ((context: Context) => LessonView | Promise<LessonView>)[] = [
  lesson1,
  lesson2,
  lesson3,
  lesson4,
];

export type { LessonView } from './view.js';

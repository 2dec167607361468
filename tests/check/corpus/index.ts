// The corpus: hand-written derivatives of many kinds, right, and wrong in the ways in which homework goes wrong.

import type { Entry } from './entry.js';
import { arrangements } from './arrangements.js';
import { elementwise } from './elementwise.js';
import { flat } from './flat.js';
import { imageLayers } from './images.js';
import { layers } from './layers.js';
import { losses } from './losses.js';
import { models } from './models.js';
import { reductions } from './reductions.js';
import { scalars } from './scalars.js';
import { unusual } from './unusual.js';

export type { Entry, Expected } from './entry.js';

/** All entries. */
export const corpus: readonly Entry[] = [
  ...scalars,
  ...elementwise,
  ...losses,
  ...layers,
  ...arrangements,
  ...models,
  ...reductions,
  ...imageLayers,
  ...unusual,
  ...flat,
];

// The two derivatives of the loss that lessons 2 to 4 set side by side.

import { BCELoss, PublishedBCELoss } from '../../lessons/index.js';

/** Their names, the right one first. */
export const DERIVATIVES = ['right', 'published'] as const;

/** One of the two. */
export type DerivativeName = (typeof DERIVATIVES)[number];

/** The loss with that derivative. */
export function lossWith(name: DerivativeName): BCELoss {
  return name === 'right' ? new BCELoss() : new PublishedBCELoss();
}

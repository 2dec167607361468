// The whole run of the AND gate, every step kept, so that a scrubber can stand anywhere in it.

import { AFTER_STEP_0, type Moment } from './start.js';
import { AND_GATE, andAlignment, Model } from '../../../lessons/index.js';
import { lossWith, type DerivativeName } from '../../ui/derivatives.js';

export type { Moment } from './start.js';

/** Step 0 as the notes print it, then every further step: parameters after it, prediction and loss before it. */
export function runAndGate(derivative: DerivativeName): readonly Moment[] {
  const [model, loss] = [new Model(), lossWith(derivative)];
  const { w, b } = AFTER_STEP_0;
  Object.assign(model.affine, { w, b });

  const moments: Moment[] = [AFTER_STEP_0];
  for (let step = 1; step < AND_GATE.steps; step++) {
    const [x, y] = [AND_GATE.X[step % 4]!, AND_GATE.y[step % 4]!];
    const p = model.forward(x);
    const { J, dJ_dp } = loss.forward(p, y);
    const { w, b } = model.backward(dJ_dp, AND_GATE.lr);
    moments.push({ step, x, y, p, J, w, b });
  }
  return moments;
}

/** The steps of which the notes print a line. */
export function logged(moments: readonly Moment[]): readonly Moment[] {
  return moments.filter(({ step }) => step % AND_GATE.logEvery === 0);
}

/** The cosine of the angle to the direction that training moves towards. */
export function cosine({ w, b }: Moment): number {
  return andAlignment({ w, b });
}

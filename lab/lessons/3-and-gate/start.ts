// A moment of the run, and the first one.

import { andGate, type LogLine } from '../../../lessons/index.js';

/** One step: parameters after it, prediction and loss before it. */
export type Moment = Omit<LogLine, 'before'>;

/** Step 0, which the notes print but do not say how they began. */
export const AFTER_STEP_0: Moment = andGate().log[0]!;

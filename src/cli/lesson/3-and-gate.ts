// How lesson 3 is shown: the log of the AND gate, with both derivatives.

import {
  AND_GATE,
  andAlignment,
  andGate,
  PublishedBCELoss,
  type AndGateRun,
  type LogLine,
} from '../../../lessons/index.js';
import { andGate as withLibrary } from '../../../lessons/with-library/index.js';
import { decisionBoundary } from '../../plot/index.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import { fixed, notice, predictionsOf, type LessonView } from './view.js';

/** Lesson 3, worked out. */
export async function lesson3(context: Context): Promise<LessonView> {
  const { text } = context;
  const { X, y, steps, lr, logEvery } = AND_GATE;
  const [published, right, library] = [andGate(new PublishedBCELoss()), andGate(), await withLibrary()];

  const [first, second] = published.log as [LogLine, LogLine];
  const [last, lastRight] = [published.log.at(-1)!, right.log.at(-1)!];
  const lastLine = library.at(-1)!;

  return {
    data: { lesson: 3, published, right, withLibrary: { log: library } },
    blocks: [
      { kind: 'title', text: text('lesson3.title') },
      { kind: 'text', text: text('lesson3.intro', { steps, lr, every: logEvery }) },
      { kind: 'heading', text: text('lesson.asPublished') },
      logTable(published, context),
      { kind: 'heading', text: text('lesson.withRight') },
      logTable(right, context),
      {
        kind: 'figure',
        figure: decisionBoundary({
          ...{ X, y, predict: predictionsOf(right) },
          labels: {
            boundary: text('plot.boundary'),
            classes: [0, 1].map((label) => text('plot.class', { label })),
          },
        }),
        caption: text('lesson3.boundary'),
      },
      notice(
        context,
        text('lesson3.zero', {
          step: second.step,
          w1: fixed(second.w[0]),
          w2Before: fixed(second.before!.w[1]),
          w2After: fixed(second.w[1]),
        }),
        text('lesson3.direction', { first: fixed(andAlignment(first)), last: fixed(andAlignment(last)) }),
        text('lesson3.faster', { step: last.step, right: fixed(lastRight.b), published: fixed(last.b) }),
        text('lesson3.library', {
          step: lastLine.step,
          w1: fixed(lastLine.w[0]),
          w2: fixed(lastLine.w[1]),
          b: fixed(lastLine.b),
        }),
      ),
    ],
  };
}

function logTable({ log }: AndGateRun, { text }: Context): Block {
  return {
    kind: 'table',
    head: [text('lesson.step'), 'w1', 'w2', 'b', 'x', 'y', 'p', 'J', text('lesson3.cosine')],
    rows: log.map((line) => [
      String(line.step),
      ...line.w.map((weight) => fixed(weight, 8)), // as many digits as the notes print
      fixed(line.b),
      line.x.join(' '),
      String(line.y),
      ...[line.p, line.J, andAlignment(line)].map((value) => fixed(value)),
    ]),
  };
}

// How lesson 2 is shown: the thirty losses, with the published derivative beside the right one.

import { neuron, NEURON, PublishedBCELoss } from '../../../lessons/index.js';
import { neuron as withLibrary } from '../../../lessons/with-library/index.js';
import { historyPlot } from '../../plot/index.js';
import type { Context } from '../context.js';
import { fixed, notice, type LessonView } from './view.js';

/** Lesson 2, worked out. */
export async function lesson2(context: Context): Promise<LessonView> {
  const { text } = context;
  const { steps, lr } = NEURON;
  const [published, right, library] = [neuron(new PublishedBCELoss()), neuron(), await withLibrary()];
  const p = 1 - Math.exp(-right.losses[0]!); // y is 0
  const last = (losses: readonly number[]): string => fixed(losses.at(-1)!);

  return {
    data: { lesson: 2, published, right, withLibrary: library },
    blocks: [
      { kind: 'title', text: text('lesson2.title') },
      { kind: 'text', text: text('lesson2.intro', { steps, lr }) },
      { kind: 'text', text: text('lesson2.formulas') },
      {
        kind: 'code',
        lines: [
          'dJ_dp = (p - y) / (p + 1e-7 * (1 - p + 1e-7))',
          'dJ_dp = (p - y) / ((p + 1e-7) * (1 - p + 1e-7))',
        ],
      },
      { kind: 'heading', text: text('lesson2.losses') },
      {
        kind: 'table',
        head: [text('lesson.step'), text('lesson.published'), text('lesson.right')],
        rows: right.losses.map((loss, step) => [
          String(step + 1),
          fixed(published.losses[step]!),
          fixed(loss),
        ]),
      },
      {
        kind: 'figure',
        figure: historyPlot(
          {
            [text('plot.published')]: { loss: published.losses },
            [text('plot.right')]: { loss: right.losses },
          },
          { labels: { loss: text('lesson2.losses'), epoch: text('lesson.step') } },
        ),
        caption: text('lesson2.losses'),
      },
      notice(
        context,
        text('lesson2.lost', { p: fixed(p), percent: Math.round(100 * (1 - p)) }),
        text('lesson2.silent', { steps, published: last(published.losses), right: last(right.losses) }),
        text('lesson2.library', { loss: last(library.losses) }),
      ),
    ],
  };
}

// How lesson 4 is shown: the training log with both derivatives, the plots, and the boundaries.

import { blobs, BLOBS, PublishedBCELoss, type BlobsRun } from '../../../lessons/index.js';
import { blobs as withLibrary } from '../../../lessons/with-library/index.js';
import { data } from '../../index.js';
import { decisionBoundary, historyPlot, type Figure } from '../../plot/index.js';
import type { Context } from '../context.js';
import { fixed, notice, predictionsOf, type LessonView } from './view.js';

const SHOWN_EPOCHS = [1, 2, 3, 5, 10, 15, 20, 25, 30];
const MORE_DECIMALS = 8; // enough to see where by hand and with the library part

/** Lesson 4, worked out. */
export async function lesson4(context: Context): Promise<LessonView> {
  const { text } = context;
  const { set, lr, epochs } = BLOBS;
  const [published, right, library] = [blobs(new PublishedBCELoss()), blobs(), await withLibrary()];
  const runs = { published, right };
  const figures = { training: trainingPlot(runs, context), boundary: boundaryPlot(right, context) };

  return {
    data: { lesson: 4, published, right, withLibrary: library },
    figures,
    runs,
    blocks: [
      { kind: 'title', text: text('lesson4.title') },
      { kind: 'text', text: text('lesson4.intro', { samples: set.nSamples, epochs, lr }) },
      {
        kind: 'table',
        head: [
          text('run.epoch'),
          ...[text('lesson.published'), text('lesson.right')].flatMap((run) => [
            `${text('run.loss')} (${run})`,
            text('run.accuracy'),
          ]),
        ],
        rows: SHOWN_EPOCHS.map((epoch) => [
          String(epoch),
          ...[published, right].flatMap(({ loss, accuracy }) => [
            fixed(loss[epoch - 1]!),
            fixed(accuracy[epoch - 1]!, 2),
          ]),
        ]),
      },
      { kind: 'figure', figure: figures.training, caption: text('lesson4.history') },
      { kind: 'figure', figure: figures.boundary, caption: text('lesson4.boundary') },
      {
        kind: 'figure',
        figure: boundaryPlot(published, context),
        caption: text('lesson4.boundary.published'),
      },
      notice(
        context,
        text('lesson4.never', { ...ends(published, fixed), accuracy: published.accuracy.at(-1)! }),
        text('lesson4.learns', {
          ...ends(right, fixed),
          epoch: firstPerfect(right),
          accuracy: fixed(right.accuracy.at(-1)!, 1),
        }),
        text('lesson4.silent'),
        text('lesson4.library', {
          ...ends(library, (loss) => fixed(loss, MORE_DECIMALS)),
          handFirst: fixed(right.loss[0]!, MORE_DECIMALS),
          handLast: fixed(right.loss.at(-1)!, MORE_DECIMALS),
        }),
      ),
    ],
  };
}

function ends({ loss }: BlobsRun, show: (loss: number) => string): { first: string; last: string } {
  return { first: show(loss[0]!), last: show(loss.at(-1)!) };
}

/** The epoch from which on the accuracy is 1. */
function firstPerfect({ accuracy }: BlobsRun): number {
  return accuracy.findLastIndex((value) => value < 1) + 2;
}

function trainingPlot(
  { published, right }: Record<'published' | 'right', BlobsRun>,
  { text }: Context,
): Figure {
  return historyPlot(
    { [text('plot.published')]: published, [text('plot.right')]: right },
    {
      labels: {
        loss: text('plot.bceLoss'),
        accuracy: text('plot.accuracy'),
        epoch: text('run.epoch'),
      },
    },
  );
}

function boundaryPlot(run: BlobsRun, { text }: Context): Figure {
  const { X, y } = data.makeBlobs(BLOBS.set);
  return decisionBoundary({
    ...{ X, y, predict: predictionsOf(run) },
    labels: {
      boundary: text('plot.boundary'),
      classes: [0, 1].map((label) => text('plot.class', { label })),
    },
  });
}

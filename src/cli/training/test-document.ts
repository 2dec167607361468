// A test's result as a document, and as data.

import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import { decimal } from './document.js';
import type { Setup } from './run.js';
import type { TestResult } from './testing.js';

/** Classes of a confusion matrix that people read. */
const MOST_CLASSES = 12;

/** The test in a sentence, and how classes were taken for each other; nothing where nothing was tested. */
export function testBlocks(test: TestResult | null, { material }: Setup, context: Context): Block[] {
  if (!test) return [];
  const { text } = context;
  const scores = Object.entries({ loss: test.loss, ...test.scores }).map(
    ([name, value]) =>
      `${scoreName(name, context)} ${/^(rmse|mae)$/.test(name) ? measured(value) : decimal(value)}`,
  );
  const sentence: Block = {
    kind: 'text',
    text: text('train.test', { samples: test.samples, scores: scores.join(', ') }),
  };
  if (!test.confusion || material.classes.length > MOST_CLASSES) return [sentence];
  return [
    sentence,
    { kind: 'heading', text: text('train.confusion') },
    {
      kind: 'table',
      head: ['', ...material.classes],
      rows: test.confusion.map((row, label) => [material.classes[label]!, ...row.map(String)]),
    },
  ];
}

/** The test for programs; null where nothing was tested. */
export function testData(test: TestResult | null, { material }: Setup) {
  if (!test) return null;
  const { samples, loss, scores, confusion } = test;
  return { samples, loss, ...scores, ...(confusion && { classes: material.classes, confusion }) };
}

/** A number in the target's own unit: its first six digits. */
function measured(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function scoreName(name: string, { text }: Context): string {
  switch (name) {
    case 'loss':
      return text('run.loss');
    case 'accuracy':
      return text('run.accuracy');
    case 'r2':
      return 'R²';
    default:
      return /^(rmse|mae|auc)$/.test(name) ? name.toUpperCase() : name;
  }
}

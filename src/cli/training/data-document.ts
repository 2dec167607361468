// The data of a training run as a document.

import type { Column, Columns } from '../../files/index.js';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import type { Setup } from './run.js';
import { sizeOf } from './sources/source.js';
import { BUFFER } from './sources/stream.js';

const SHOWN_CLASSES = 12;
const SHOWN_COLUMNS = 40;
const SHOWN_CATEGORIES = 6;

/** What is learned from, and what from it. */
export function dataFacts(setup: Setup, context: Context): [string, string][] {
  return setup.settings.source.kind === 'generated'
    ? generatedFacts(setup, context)
    : realFacts(setup, context);
}

function generatedFacts({ settings, material }: Setup, { text }: Context): [string, string][] {
  const { train, validation, test, classes } = material;
  const samples = [train, validation, test].reduce((sum, part) => sum + (part ? sizeOf(part) : 0), 0);
  const value = text('train.data.value', { samples, classes: classes.length, seed: settings.seed });
  return [[text('train.data'), value]];
}

function realFacts({ settings, material, model }: Setup, context: Context): [string, string][] {
  const { text } = context;
  const { train, validation, test, task, classes, columns, pictures } = material;
  const target = columns?.target ?? '';
  const names = classes.slice(0, SHOWN_CLASSES).join(', ') + (classes.length > SHOWN_CLASSES ? ', …' : '');
  const parameters = model.parameters().reduce((sum, { size }) => sum + size, 0);
  return [
    [
      text('train.data'),
      text('train.data.parts', {
        ...{ train: sizeOf(train), validation: validation?.y.size ?? 0, test: test?.y.size ?? 0 },
        seed: settings.seed,
      }),
    ],
    ...('batches' in train
      ? [[text('train.stream'), text('train.stream.value', { buffer: BUFFER })] satisfies [string, string]]
      : []),
    ...(columns && columns.dropped > 0
      ? [[text('train.dropped'), String(columns.dropped)] satisfies [string, string]]
      : []),
    ...(pictures
      ? [[text('train.pictures'), text('train.pictures.value', { ...pictures })] satisfies [string, string]]
      : []),
    [
      text('train.task'),
      task === 'regression'
        ? text('train.task.number', { target })
        : text('train.task.classes', {
            target: target === '' ? '' : `${target}: `,
            names,
            classes: classes.length,
          }),
    ],
    [text('train.parameterCount'), parameters.toLocaleString('en-US')],
  ];
}

/** The columns of a table, as they were guessed. */
export function columnTable({ columns, target }: Columns, { text }: Context): Block {
  const rows = columns.map((column) => [
    column.name,
    column.kind + (column.name === target ? `, ${text('train.column.target')}` : ''),
    column.kind === 'ignored' ? '' : String(column.missing),
    valuesOf(column, text),
  ]);
  const more = rows.length - SHOWN_COLUMNS;
  return {
    kind: 'table',
    head: [
      text('train.column'),
      text('train.column.kind'),
      text('train.column.missing'),
      text('train.values'),
    ],
    rows:
      more <= 0 ? rows : [...rows.slice(0, SHOWN_COLUMNS), [text('train.column.more', { more }), '', '', '']],
  };
}

/** The middle of numbers, and how far they go; the categories, in quotes where they have commas themselves. */
function valuesOf(column: Column, text: Context['text']): string {
  if (column.kind === 'ignored') return '';
  if (column.kind === 'number') {
    const { mean, std, min, max } = column;
    return text('train.column.numbers', {
      ...{ mean: short(mean), std: short(std), min: short(min), max: short(max) },
    });
  }
  const shown = column.categories.slice(0, SHOWN_CATEGORIES);
  const names = shown.map((name) => (name.includes(',') ? JSON.stringify(name) : name)).join(', ');
  return column.categories.length > SHOWN_CATEGORIES ? `${names}, …` : names;
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}

// A run of `train` from its options to its result.

import type { History } from '../../index.js';
import type { Context } from '../context.js';
import { toTerminal } from '../document/terminal.js';
import { toJSON } from '../output/history-files.js';
import { writeFiles } from '../output/write-files.js';
import { introduction, parameterTable, result } from './document.js';
import { filesOf, shownParameters } from './files.js';
import { checkPlaces, modelFile, saveModelFile } from './keeping.js';
import { setUp, type Setup } from './run.js';
import { readSettings, type TrainOptions } from './settings.js';
import { sizeOf } from './sources/source.js';
import { testBlocks, testData } from './test-document.js';
import { testOf, type TestResult } from './testing.js';
import { trainInSight } from './watch.js';

/** Trains as it is asked to, shows how it goes, and keeps what is to be kept. */
export async function trainOn(name: string, options: TrainOptions, context: Context): Promise<void> {
  const { text, json, quiet } = context;
  const settings = readSettings(name, options, text);
  await checkPlaces(settings, options.out, context);
  const setup = await setUp(settings, context);
  const { save } = settings.keeping;

  if (!json && !quiet) context.print(`${toTerminal(introduction(setup, context), context)}\n`);
  const history = await trainInSight(setup, context);
  // First of all what took long.
  const saved = save === null ? [] : await saveModelFile(save, modelFile(setup), context);
  const test = await testOf(setup, context.checkpoint);
  const files = [
    ...saved,
    ...(options.out === undefined
      ? []
      : await writeFiles(options.out, await filesOf(setup, history, test, context), context)),
  ];

  if (json) {
    context.print(toJSON(dataOf(setup, history, test, files)));
  } else if (quiet) {
    const [sentence] = testBlocks(test, setup, context);
    context.print(toTerminal([result(history, setup, context), ...(sentence ? [sentence] : [])], context));
  } else {
    const written = { kind: 'list', heading: text('run.files'), items: files } as const;
    const blocks = [
      result(history, setup, context),
      ...testBlocks(test, setup, context),
      ...parameterTable(setup, context),
      ...(files.length > 0 ? [written] : []),
    ];
    context.print(`${history.loss.length > 0 ? '\n' : ''}${toTerminal(blocks, context)}`);
  }
}

/** The result for programs. */
function dataOf(setup: Setup, history: History, test: TestResult | null, files: readonly string[]) {
  const { settings, material, model } = setup;
  const { train, validation, task, classes, columns } = material;
  const isGenerated = settings.source.kind === 'generated';
  return {
    dataset: settings.source.name,
    seed: settings.seed,
    epochs: history.loss.length,
    loss: history.loss.at(-1) ?? null,
    accuracy: history.accuracy?.at(-1) ?? null,
    history,
    ...shownParameters(setup),
    ...(!isGenerated && {
      task,
      ...(classes.length > 0 && { classes }),
      ...(columns && { target: columns.target }),
      model: String(model),
      samples: { train: sizeOf(train), validation: validation?.y.size ?? 0, test: test?.samples ?? 0 },
    }),
    ...(test && { test: testData(test, setup) }),
    files,
  };
}

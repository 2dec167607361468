// A training run as files: report, plots and history.

import type { History } from '../../index.js';
import type { Context } from '../context.js';
import { historyCSV, toJSON } from '../output/history-files.js';
import { introduction, logTable, parameterTable, plotsOf, result } from './document.js';
import type { Setup } from './run.js';
import { testBlocks } from './test-document.js';
import type { TestResult } from './testing.js';

/** The files by name, with their content. */
export async function filesOf(
  setup: Setup,
  history: History,
  test: TestResult | null,
  context: Context,
): Promise<Record<string, string | Uint8Array>> {
  const { text, language } = context;
  const [{ toHTML }, { plotFiles }] = await Promise.all([
    import('../document/html.js'),
    import('../output/plots.js'),
  ]);
  const figures = await plotsOf(setup, history, context);
  const [title, ...about] = introduction(setup, context);
  const captions: Readonly<Record<string, string>> = {
    training: text('train.history'),
    boundary: text('train.boundary'),
  };
  return {
    'report.html': toHTML({
      language,
      title: title?.kind === 'title' ? title.text : '',
      intro: '',
      blocks: [
        ...about,
        result(history, setup, context),
        ...testBlocks(test, setup, context),
        ...Object.entries(figures).map(
          ([name, figure]) => ({ kind: 'figure', figure, caption: captions[name] ?? '' }) as const,
        ),
        { kind: 'heading', text: text('train.history') },
        logTable(history, context),
        ...parameterTable(setup, context),
      ],
    }),
    ...(await plotFiles(figures, context)),
    'history.csv': historyCSV(history),
    'history.json': `${toJSON({ ...history, ...shownParameters(setup) })}\n`,
  };
}

/** The parameters of a network on generated data, by name; those of others are many, and `--save` keeps them. */
export function shownParameters({ settings, model }: Setup) {
  if (settings.source.kind !== 'generated') return {};
  const named = model.namedParameters().map(([name, parameter]) => [name, parameter.toArray()] as const);
  return { parameters: Object.fromEntries(named) };
}

// A training run as files: report, plots and history.

import type { History } from '../../index.js';
import type { Context } from '../context.js';
import { historyCSV, toJSON } from '../output/history-files.js';
import { introduction, logTable, parameterTable, plotsOf, result } from './document.js';
import type { Setup } from './run.js';

/** The files by name, with their content. */
export async function filesOf(
  setup: Setup,
  history: History,
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
        result(history, context),
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
    'history.json': `${toJSON({ ...history, parameters: parametersOf(setup.model) })}\n`,
  };
}

/** The parameters by name, as nested arrays. */
export function parametersOf(model: Setup['model']) {
  return Object.fromEntries(model.namedParameters().map(([name, parameter]) => [name, parameter.toArray()]));
}

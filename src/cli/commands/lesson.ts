// chainrule lesson: the four lessons with their numbers, and a report.

import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { Block } from '../document/block.js';
import { toTerminal } from '../document/terminal.js';
import { UsageError } from '../errors.js';
import { examples, paragraph } from '../help.js';
import type { LessonView } from '../lesson/index.js';
import { historyCSV, toJSON } from '../output/history-files.js';
import { progressBar } from '../output/progress.js';
import { checkFolder, writeFiles } from '../output/write-files.js';

const EXAMPLES = ['chainrule lesson', 'chainrule lesson 1', 'chainrule lesson 4 --out lesson4 --lang ko'];

/** Adds the command to the program, and gives it. */
export function addLesson(program: Command, context: Context): Command {
  const { text } = context;
  return program
    .command('lesson')
    .summary(text('lesson.summary'))
    .description(text('lesson.description'))
    .usage(text('lesson.usage'))
    .argument('[number]', text('lesson.number'))
    .option('--out <dir>', text('lesson.out'))
    .addHelpText('after', `\n${paragraph(context, text('lesson.files'))}\n\n${examples(context, EXAMPLES)}`)
    .action((number: string | undefined, options: { out?: string }) =>
      teach(number, options.out ?? 'out', context),
    );
}

async function teach(number: string | undefined, folder: string, context: Context): Promise<void> {
  const { text, json } = context;
  const numbers = number === undefined ? [1, 2, 3, 4] : [readLesson(number, context)];
  await checkFolder(folder, context);

  const { lessonViews } = await import('../lesson/index.js');
  const lessons: LessonView[] = [];
  for (const n of numbers) {
    const bar = await progressBar(context, text('lesson.working'), numbers.length);
    bar.update(lessons.length);
    const lesson = await Promise.resolve(lessonViews[n - 1]!(context)).finally(bar.stop);
    context.checkpoint();
    lessons.push(lesson);
    if (!json) context.print(`${toTerminal(shown(lesson.blocks, context), context)}\n`);
  }

  const paths = await writeFiles(folder, await filesOf(lessons, context), context);
  if (json) context.print(toJSON({ lessons: lessons.map(({ data }) => data), files: paths }));
  else if (!context.quiet) {
    context.print(toTerminal([{ kind: 'list', heading: text('run.files'), items: paths }], context));
  }
}

function readLesson(number: string, { text }: Context): number {
  if (/^[1-4]$/.test(number)) return Number(number);
  throw new UsageError(text('error.lesson', { value: number }));
}

/** Quiet: the tables alone, without the words around them. */
function shown(blocks: readonly Block[], { quiet }: Context): readonly Block[] {
  return quiet ? blocks.filter(({ kind }) => kind !== 'text' && kind !== 'list' && kind !== 'code') : blocks;
}

async function filesOf(
  lessons: readonly LessonView[],
  context: Context,
): Promise<Record<string, string | Uint8Array>> {
  const { text, language } = context;
  const [{ toHTML }, { plotFiles }] = await Promise.all([
    import('../document/html.js'),
    import('../output/plots.js'),
  ]);
  const runs = Object.entries(Object.assign({}, ...lessons.map((lesson) => lesson.runs)) as LessonRuns);
  const series = runs.flatMap(([name, { loss, accuracy }]) => [
    [`${name}_loss`, loss],
    [`${name}_accuracy`, accuracy],
  ]);
  return {
    'report.html': toHTML({
      language,
      title: text('lesson.report'),
      intro: text('lesson.report.intro'),
      blocks: lessons.flatMap(({ blocks }) => blocks),
    }),
    ...(await plotFiles(Object.assign({}, ...lessons.map(({ figures }) => figures)), context)),
    ...(runs.length > 0 && {
      'history.csv': historyCSV(Object.fromEntries(series)),
      'history.json': `${toJSON(Object.fromEntries(runs))}\n`,
    }),
  };
}

type LessonRuns = NonNullable<LessonView['runs']>;

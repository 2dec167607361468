// The commands put together, with help in the reader's language.

import { Command } from 'commander';
import stringWidth from 'string-width';
import { addCheck } from './commands/check.js';
import { addCompile } from './commands/compile.js';
import { addExercise } from './commands/exercise.js';
import { addExplain } from './commands/explain.js';
import { addLab } from './commands/lab.js';
import { addLesson } from './commands/lesson.js';
import { addPredict } from './commands/predict.js';
import { addServe } from './commands/serve.js';
import { addTrain } from './commands/train.js';
import type { Context } from './context.js';
import { examples, paragraph } from './help.js';
import { readChoice } from './options.js';
import { catalogue } from './texts/index.js';
import { version } from './version.js';

const EXAMPLES = [
  'chainrule lesson',
  'chainrule explain "1/(1+exp(-z))" --at z=0',
  'chainrule train moons --epochs 200 --out out',
  'chainrule train data.csv --save model.safetensors',
  'chainrule predict model.safetensors new.csv',
  'chainrule check sigmoid.ts',
  'chainrule exercise start',
  'chainrule lab --open',
];

/** The whole command line. It throws instead of ending the process. */
export function programOf(context: Context): Command {
  const { text, stdout, stderr, width } = context;
  const headings: Readonly<Record<string, string>> = {
    'Usage:': text('help.usage'),
    'Arguments:': text('help.arguments'),
    'Options:': text('help.options'),
    'Commands:': text('help.commands'),
  };
  const program = new Command('chainrule')
    .exitOverride()
    .configureOutput({
      writeOut: (written) => void stdout.write(written),
      writeErr: (written) => void stderr.write(written),
      outputError: () => {}, // run.ts says it in the reader's language
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => context.colors.isColorSupported,
    })
    .configureHelp({
      displayWidth: stringWidth,
      minWidthToWrap: 20,
      subcommandTerm: (command) => `${command.name()} ${command.usage()}`,
      styleTitle: (title) => context.colors.bold(headings[title] ?? title),
    })
    .description(text('help.program'))
    .usage(text('help.program.usage'))
    .version(version(), '-V, --version', text('help.version'))
    .helpCommand(false)
    .hook('preAction', (_, command) => {
      const { lang } = command.optsWithGlobals<{ lang?: string }>();
      if (lang !== undefined) readChoice(text, '--lang', lang, Object.keys(catalogue));
    });
  for (const add of [
    addLesson,
    addTrain,
    addPredict,
    addServe,
    addExplain,
    addCheck,
    addExercise,
    addCompile,
    addLab,
  ]) {
    const command = add(program, context);
    for (const each of [command, ...command.commands]) withCommonOptions(each, context);
  }
  return withCommonOptions(program, context)
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .addHelpText('after', `\n${context.colors.bold(text('help.exit'))}\n${text('help.exit.list')}`)
    .addHelpText('after', `\n${paragraph(context, text('help.errors'))}`);
}

/** What every command takes. `contextOf` has read them already; here they are only declared. */
function withCommonOptions(command: Command, { text }: Context): Command {
  return command
    .option('--json', text('help.json'))
    .option('--quiet', text('help.quiet'))
    .option('--lang <en|ko>', text('help.lang'))
    .option('--no-color', text('help.noColor'))
    .helpOption('-h, --help', text('help.help'));
}

// chainrule exercise: exercises that check themselves. Listed, begun, checked, helped along; the answers stay where they are.

import type { Command } from 'commander';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import type { Actions, Options } from '../exercise/actions.js';
import { examples, paragraph } from '../help.js';

const EXAMPLES = {
  exercise: [
    'chainrule exercise list',
    'chainrule exercise start chain-rule',
    'chainrule exercise check chain-rule.ts',
    'chainrule exercise hint',
  ],
  list: ['chainrule exercise list', 'chainrule exercise list --file course/'],
  start: ['chainrule exercise start sigmoid', 'chainrule exercise start 3 --out answers --lang ko'],
  check: [
    'chainrule exercise check',
    'chainrule exercise check sigmoid',
    'chainrule exercise check answers/tanh.ts',
  ],
  hint: ['chainrule exercise hint', 'chainrule exercise hint sigmoid'],
  show: ['chainrule exercise show', 'chainrule exercise show attention'],
} as const;

type Name = keyof Actions;

/** Adds the command and those below it to the program, and gives it. */
export function addExercise(program: Command, context: Context): Command {
  const { text } = context;
  const exercise = program
    .command('exercise')
    .summary(text('exercise.summary'))
    .description(text('exercise.description'))
    .usage(text('exercise.usage'))
    .helpCommand(false)
    .argument('[command]')
    .action(async (word: string | undefined) => {
      if (word !== undefined) {
        const hint = text('error.seeHelp', { command: 'exercise ' });
        throw new UsageError(text('error.unknownCommand', { name: `exercise ${word}` }), hint);
      }
      const { actions } = await import('../exercise/actions.js');
      await actions.list(undefined, {}, context);
    })
    .addHelpText('after', `\n${paragraph(context, text('exercise.progress'))}`)
    .addHelpText('after', `\n${examples(context, EXAMPLES.exercise)}`);
  const add = (
    name: Name,
    about: { readonly summary: string; readonly description: string; readonly usage: string },
    argument?: readonly [term: string, meaning: string],
  ): Command => {
    const command = exercise
      .command(name)
      .summary(about.summary)
      .description(about.description)
      .usage(about.usage)
      .option('--file <path>', text('exercise.file'))
      .addHelpText('after', `\n${examples(context, EXAMPLES[name])}`);
    if (argument) command.argument(...argument);
    return command.action(async (...given: unknown[]) => {
      const [word, options] = (argument ? given : [undefined, ...given]) as [string | undefined, Options];
      const { actions } = await import('../exercise/actions.js');
      await actions[name](word, options, context);
    });
  };

  add('list', {
    summary: text('exercise.list.summary'),
    description: text('exercise.list.description'),
    usage: text('exercise.list.usage'),
  });
  add(
    'start',
    {
      summary: text('exercise.start.summary'),
      description: text('exercise.start.description'),
      usage: text('exercise.start.usage'),
    },
    ['[name]', text('exercise.start.name')],
  )
    .option('--out <dir>', text('exercise.start.out'))
    .option('--force', text('exercise.start.force'));
  add(
    'check',
    {
      summary: text('exercise.check.summary'),
      description: text('exercise.check.description'),
      usage: text('exercise.check.usage'),
    },
    ['[target]', text('exercise.check.target')],
  );
  add(
    'hint',
    {
      summary: text('exercise.hint.summary'),
      description: text('exercise.hint.description'),
      usage: text('exercise.hint.usage'),
    },
    ['[name]', text('exercise.name')],
  );
  add(
    'show',
    {
      summary: text('exercise.show.summary'),
      description: text('exercise.show.description'),
      usage: text('exercise.show.usage'),
    },
    ['[name]', text('exercise.name')],
  );
  return exercise;
}

// chainrule predict: what a trained model says to a table, to pictures or to arrays.

import type { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, paragraph } from '../help.js';
import type { PredictOptions } from '../prediction/predict.js';

const EXAMPLES = [
  'chainrule predict houses.safetensors new.csv --out prices.csv',
  'cat new.csv | chainrule predict houses.safetensors - --json',
  'chainrule predict digits.safetensors a.png b.png',
];

/** Adds the command to the program, and gives it. */
export function addPredict(program: Command, context: Context): Command {
  const { text } = context;
  return program
    .command('predict')
    .summary(text('predict.summary'))
    .description(text('predict.description'))
    .usage(text('predict.usage'))
    .argument('<model>', text('predict.model'))
    .argument('<data...>', text('predict.data'))
    .option('--model <file>', text('predict.network'))
    .option('--out <file>', text('predict.out'))
    .addHelpText('after', `\n${paragraph(context, text('predict.output'))}`)
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .action(async (model: string, data: readonly string[], options: PredictOptions) => {
      const { predict } = await import('../prediction/predict.js');
      await predict(model, data, options, context);
    });
}

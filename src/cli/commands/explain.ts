// chainrule explain: every step and every derivative of an expression.

import type { Command } from 'commander';
import { explain, type Explanation, type ExplanationLabels } from '../../index.js';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { examples } from '../help.js';
import { readChoice } from '../options.js';
import { toJSON } from '../output/history-files.js';
import { writeOneFile } from '../output/write-files.js';
import { valuesOf } from '../variables.js';

const FORMATS = ['text', 'markdown', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

const EXAMPLES = [
  'chainrule explain "1/(1+exp(-z))" --at z=0',
  'chainrule explain "sum(w*x) + b" --at x=[1,2],w=[0.2,-0.4] --at b=0.1 --wrt w,b',
  'chainrule explain "sigmoid(w*x)" --at w=2,x=0.5 --format html --out sigmoid.html',
];

interface Options {
  readonly at?: readonly string[];
  readonly wrt?: string;
  readonly format?: string;
  readonly out?: string;
}

/** Adds the command to the program, and gives it. */
export function addExplain(program: Command, context: Context): Command {
  const { text } = context;
  return program
    .command('explain')
    .summary(text('explain.summary'))
    .description(text('explain.description'))
    .usage(text('explain.usage'))
    .argument('<expression>', text('explain.expression'))
    .option('--at <values>', text('explain.at'), (value, all: readonly string[] = []) => [...all, value])
    .option('--wrt <names>', text('explain.wrt'))
    .option('--format <format>', text('explain.format'))
    .option('--out <file>', text('explain.out'))
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .action((expression: string, options: Options) => derive(expression, options, context));
}

/**
 * The arguments with an expression such as `-z` moved behind `--`, where it is not taken for an option.
 *
 * @example
 * shieldExpression(['explain', '-z', '--at', 'z=1']); // ['explain', '--at', 'z=1', '--', '-z']
 */
export function shieldExpression(argv: readonly string[]): readonly string[] {
  const takesValue = /^--(at|wrt|format|out|lang)$/;
  const position = argv.findIndex(
    (word, i) => /^-[^-]/.test(word) && word !== '-h' && !takesValue.test(argv[i - 1] ?? ''),
  );
  if (!argv.includes('explain') || argv.includes('--') || position < 0) return argv;
  return [...argv.slice(0, position), ...argv.slice(position + 1), '--', argv[position]!];
}

async function derive(expression: string, options: Options, context: Context): Promise<void> {
  const { text } = context;
  const format = formatOf(options, context);
  const at = valuesOf(expression, options.at ?? [], text);
  const wrt = options.wrt
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const explanation = explain(expression, { at, ...(wrt && { wrt }) });
  const rendered = render(explanation, format, context).trimEnd();
  if (options.out === undefined) {
    context.print(rendered);
    return;
  }
  await writeOneFile(options.out, `${rendered}\n`, context);
  if (!context.quiet && !context.json) context.print(text('explain.written', { path: options.out }));
}

function formatOf({ format }: Options, { text, json }: Context): Format {
  const chosen = format === undefined ? undefined : readChoice(text, '--format', format, FORMATS);
  if (json && chosen !== undefined && chosen !== 'json') {
    throw new UsageError(text('error.formatAndJSON', { format: chosen }));
  }
  return json ? 'json' : (chosen ?? 'text');
}

function render(explanation: Explanation, format: Format, context: Context): string {
  const labels = labelsIn(context);
  switch (format) {
    case 'text':
      return context.quiet ? resultOf(explanation) : explanation.toText({ labels });
    case 'markdown':
      return explanation.toMarkdown({ labels });
    case 'html':
      return explanation.toHTML({ labels, lang: context.language });
    case 'json':
      return toJSON(explanation);
  }
}

/** The value and the gradients alone. */
function resultOf({ output, value, gradients }: Explanation): string {
  const lines = [
    [output, value],
    ...Object.entries(gradients).map(([name, gradient]) => [`d${output}_d${name}`, gradient]),
  ];
  return lines.map(([name, number]) => `${String(name)} = ${JSON.stringify(number)}`).join('\n');
}

function labelsIn({ text }: Context): ExplanationLabels {
  return {
    forward: text('explain.label.forward'),
    backward: text('explain.label.backward'),
    gradients: text('explain.label.gradients'),
    value: text('explain.label.value'),
    formula: text('explain.label.formula'),
    derivative: text('explain.label.derivative'),
    local: text('explain.label.local'),
    upstream: text('explain.label.upstream'),
    product: text('explain.label.product'),
    sums: text('explain.label.sums'),
    inside: text('explain.label.inside', { name: '{name}', operation: '{operation}' }),
    noGradient: text('explain.label.noGradient'),
  };
}

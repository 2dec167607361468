// chainrule compile: what becomes of a network's training step.

import type { Command } from 'commander';
import {
  compile,
  describeProgram,
  formatProgram,
  nn,
  RandomState,
  tensor,
  type CompileOptions,
  type Tensor,
} from '../../index.js';
import type { Context } from '../context.js';
import { toTerminal } from '../document/terminal.js';
import { UsageError } from '../errors.js';
import { examples } from '../help.js';
import { readChoice, readNumber } from '../options.js';
import { toJSON } from '../output/history-files.js';
import { OPTIMIZER_NAMES, OPTIMIZERS } from '../training/optimizers.js';
import { ACTIVATION_NAMES } from '../training/settings.js';

const EXAMPLES = [
  'chainrule compile 2-16-16-2 --show',
  'chainrule compile 784-128-10 --batch-size 64 --activation relu',
  'chainrule compile 1-8-1 --loss mse --optimizer adam --precision float64 --show',
];

const PRECISIONS = ['float32', 'float64'] as const;
const BATCH_SIZE = 32;
const LEARNING_RATE = 0.1;
const WIDEST = 8192;
const MOST_SAMPLES = 65_536;
const TIMED = { steps: 7, milliseconds: 300 };

/** How targets are drawn for a loss: labels, or values of the outputs' shape. */
const LOSSES = {
  'cross-entropy': {
    make: nn.crossEntropyLoss,
    draw: (random: RandomState, [samples, classes]: Shape) => random.randint(0, classes, [samples]),
  },
  mse: { make: nn.mseLoss, draw: (random: RandomState, shape: Shape) => random.standardNormal([...shape]) },
  'bce-with-logits': {
    make: nn.bceWithLogitsLoss,
    draw: (random: RandomState, shape: Shape) =>
      tensor(random.randint(0, 2, [...shape]), { dtype: 'float64' }),
  },
};
type LossName = keyof typeof LOSSES;
const LOSS_NAMES = Object.keys(LOSSES) as LossName[];

type Shape = readonly [samples: number, width: number];

interface Options {
  readonly show?: boolean;
  readonly batchSize?: string;
  readonly activation?: string;
  readonly loss?: string;
  readonly optimizer?: string;
  readonly precision?: string;
  readonly threads?: string;
}

/** Adds the command to the program, and gives it. */
export function addCompile(program: Command, context: Context): Command {
  const { text } = context;
  return program
    .command('compile')
    .summary(text('compile.summary'))
    .description(text('compile.description'))
    .usage(text('compile.usage'))
    .argument('<widths>', text('compile.widths'))
    .option('--show', text('compile.show'))
    .option('--batch-size <n>', text('compile.batchSize', { size: BATCH_SIZE }))
    .option('--activation <name>', text('compile.activation', { names: ACTIVATION_NAMES.join(', ') }))
    .option('--loss <name>', text('compile.loss', { names: LOSS_NAMES.join(', ') }))
    .option('--optimizer <name>', text('compile.optimizer', { names: OPTIMIZER_NAMES.join(', ') }))
    .option('--precision <name>', text('compile.precision', { names: PRECISIONS.join(', ') }))
    .option('--threads <n>', text('compile.threads'))
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .action((widths: string, options: Options) => {
      showStep(widths, options, context);
    });
}

function showStep(name: string, options: Options, context: Context): void {
  const { text, json, quiet } = context;
  const { model, step, inputs, compileOptions } = read(name, options, context);
  const description = describeProgram(step, inputs);
  const { milliseconds, microseconds } = timesOf(step, inputs, compileOptions);
  const bytes = compileOptions.precision === 'float64' ? 8 : 4;
  if (json) {
    context.print(
      toJSON({ network: String(model), ...compileOptions, milliseconds, microseconds, ...description }),
    );
    return;
  }
  if (options.show) context.print(formatProgram(description, bytes));
  const operations = description.kernels.reduce((sum, each) => sum + each.operations, 0);
  const facts = [
    [text('compile.facts.network'), String(model)],
    [
      text('compile.facts.compiled'),
      text('compile.facts.milliseconds', { time: Number(milliseconds.toPrecision(2)) }),
    ],
    [
      text('compile.facts.step'),
      text('compile.facts.microseconds', {
        time: Number(microseconds.toPrecision(3)),
        rate: Number((operations / microseconds / 1000).toPrecision(2)),
      }),
    ],
    [text('compile.facts.kernels'), String(description.kernels.length)],
    [text('compile.facts.memory'), text('compile.facts.bytes', { bytes: description.size * bytes })],
  ] as const;
  if (!quiet) context.print(`${options.show ? '\n' : ''}${toTerminal([{ kind: 'facts', facts }], context)}`);
}

/** Everything that is compiled. Throws a `UsageError` for a value that makes no sense. */
function read(name: string, options: Options, { text }: Context) {
  const { batchSize, activation, loss = 'cross-entropy', optimizer = 'sgd', precision = 'float32' } = options;
  const widths = widthsOf(name, text);
  const samples =
    batchSize === undefined
      ? BATCH_SIZE
      : readNumber(text, '--batch-size', batchSize, { whole: true, least: 1, most: MOST_SAMPLES });
  const random = new RandomState(0);
  const model = nn.mlp(widths, {
    randomState: random,
    ...(activation !== undefined && {
      activation: readChoice(text, '--activation', activation, ACTIVATION_NAMES),
    }),
  });
  const { make, draw } = LOSSES[readChoice(text, '--loss', loss, LOSS_NAMES)];
  const criterion = make();
  const chosen = OPTIMIZERS[readChoice(text, '--optimizer', optimizer, OPTIMIZER_NAMES)];
  const moves = chosen.make(chosen.learningRate ?? LEARNING_RATE, {});
  const threads =
    options.threads === undefined
      ? {}
      : { threads: readNumber(text, '--threads', options.threads, { whole: true, least: 1, most: 64 }) };
  const compileOptions: CompileOptions = {
    precision: readChoice(text, '--precision', precision, PRECISIONS),
    ...threads,
  };
  const step = (x: Tensor, y: Tensor): Tensor => {
    const value = criterion.forward(model.forward(x), y);
    moves.zeroGrad(model.parameters());
    value.backward();
    moves.step(model.parameters());
    return value;
  };
  const x = random.standardNormal([samples, widths[0]!]).named('x');
  const y = draw(random, [samples, widths.at(-1)!]).named('y');
  return { model, step, inputs: [x, y] as const, compileOptions };
}

/** `784-128-10`: inputs, hidden units, outputs. */
function widthsOf(name: string, text: Context['text']): number[] {
  const widths = name.split('-').map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  const fits = widths.length >= 2 && widths.every((width) => width >= 1 && width <= WIDEST);
  if (!fits) throw new UsageError(text('error.compile.widths', { value: name, most: WIDEST }));
  return widths;
}

/** How long compiling takes, and then a step: the median of several runs. */
function timesOf(
  step: (x: Tensor, y: Tensor) => Tensor,
  inputs: readonly [Tensor, Tensor],
  options: CompileOptions,
): { readonly milliseconds: number; readonly microseconds: number } {
  const compiled = compile(step, options);
  const start = performance.now();
  compiled(...inputs);
  const milliseconds = performance.now() - start;
  const times: number[] = [];
  while (times.length < TIMED.steps || performance.now() - start < TIMED.milliseconds) {
    const from = performance.now();
    compiled(...inputs);
    times.push(1000 * (performance.now() - from));
  }
  compiled.dispose();
  return { milliseconds, microseconds: times.sort((a, b) => a - b)[times.length >> 1]! };
}

// chainrule check: are the derivatives in a file of the learner's own right?

import type { Command } from 'commander';
import { realpath, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { dataOf, overallOf } from '../check/json.js';
import { problemInWords, type Run } from '../check/problems.js';
import { runFile, type Outcome } from '../check/run-file.js';
import { readArguments, readInputs } from '../check/values.js';
import { documentOf, linesOf } from '../check/view.js';
import { rerunOnChange } from '../check/watch.js';
import type { Context } from '../context.js';
import { toTerminal } from '../document/terminal.js';
import { Failed, UsageError } from '../errors.js';
import { examples, paragraph } from '../help.js';
import { readNumber } from '../options.js';
import { toJSON } from '../output/history-files.js';
import { reasonOf, writeOneFile } from '../output/write-files.js';

const EXAMPLES = [
  'chainrule check sigmoid.ts',
  "chainrule check neuron.py --export BCELoss --input '[0.3, 1]'",
  "chainrule check layers.js --export Affine --args '[3, 2]' --watch",
];
const TIMEOUT = 20; // seconds
const MEMORY = 512; // megabytes

interface Options {
  readonly export?: readonly string[];
  readonly input?: readonly string[];
  readonly args?: string;
  readonly timeout?: string;
  readonly memory?: string;
  readonly python?: string;
  readonly report?: string;
  readonly watch?: boolean;
  readonly verbose?: boolean;
}

/** Adds the command to the program, and gives it. */
export function addCheck(program: Command, context: Context): Command {
  const { text } = context;
  const several = (value: string, all: readonly string[] = []): string[] => [...all, value];
  return program
    .command('check')
    .summary(text('check.summary'))
    .description(text('check.description'))
    .usage(text('check.usage'))
    .argument('<file>', text('check.file'))
    .option('--export <name>', text('check.export'), several)
    .option('--input <json>', text('check.input'), several)
    .option('--args <json>', text('check.args'))
    .option('--timeout <seconds>', text('check.timeout', { seconds: TIMEOUT }))
    .option('--memory <mb>', text('check.memory', { megabytes: MEMORY }))
    .option('--python <path>', text('check.python'))
    .option('--report <file>', text('check.report'))
    .option('--watch', text('check.watch'))
    .option('--verbose', text('check.verbose'))
    .addHelpText(
      'after',
      `\n${paragraph(context, text('check.what'))}\n\n${paragraph(context, text('check.exits'))}`,
    )
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .action((path: string, options: Options) => check(path, options, context));
}

async function check(path: string, options: Options, context: Context): Promise<void> {
  const { text, signal } = context;
  const run = readRun(path, options, text);
  const request = {
    language: await languageOf(path, text),
    file: await realpath(path),
    only: options.export ?? [],
    inputs: options.input ? readInputs(text, options.input) : null,
    args: options.args === undefined ? null : readArguments(text, options.args),
    ...{ ...run, signal },
  };
  if (!options.watch) {
    const outcome = await runFile(request);
    context.checkpoint();
    await show(outcome, run, options, context);
    return;
  }
  if (context.json) throw new UsageError(text('error.check.watchJSON'));
  await rerunOnChange(
    async () => {
      const outcome = await runFile(request);
      if (signal.aborted) return [];
      if (context.stdout.isTTY) context.stdout.write('\x1b[2J\x1b[3J\x1b[H');
      await show(outcome, run, options, context).catch((error: unknown) => {
        if (error instanceof UsageError)
          context.print(`${error.message}${error.hint ? `\n${error.hint}` : ''}`);
        else if (!(error instanceof Failed)) throw error;
      });
      if (!context.quiet) context.print(`\n${text('check.watching', { file: path })}`);
      return outcome.files;
    },
    request.file,
    signal,
  );
}

function readRun(path: string, { timeout, memory, python }: Options, text: Context['text']): Run {
  return {
    path,
    python: python ?? 'python3',
    limits: {
      timeout:
        timeout === undefined
          ? TIMEOUT
          : readNumber(text, '--timeout', timeout, { least: 0, above: true, most: 86_400 }),
      memory:
        memory === undefined ? MEMORY : readNumber(text, '--memory', memory, { least: 16, most: 1_000_000 }),
    },
  };
}

/** Throws a `UsageError` for a file that is not there or that is none of those. */
async function languageOf(path: string, text: Context['text']): Promise<'javascript' | 'python'> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UsageError(text('error.check.absent', { path }));
    throw new UsageError(text('error.check.read', { path, reason: reasonOf(error.code ?? '', text) }));
  });
  if (!found.isFile()) throw new UsageError(text('error.check.notFile', { path }));
  const extension = extname(path).toLowerCase();
  if (extension === '.py') return 'python';
  if (/^\.([cm]?js|m?ts)$/.test(extension)) return 'javascript';
  throw new UsageError(text('error.check.extension', { path }));
}

/** Prints what was found, and ends with its exit code by throwing where that is not 0. */
async function show(
  outcome: Outcome,
  run: Run,
  { report, verbose }: Options,
  context: Context,
): Promise<void> {
  const { text, json, quiet } = context;
  if (report !== undefined) await writeReport(report, outcome, run, context);
  if (json) context.print(toJSON(dataOf(outcome, run, context)));
  else if (outcome.exports.length > 0) {
    const shown = quiet
      ? linesOf(outcome, run, context)
      : toTerminal(documentOf(outcome, run, verbose === true, context), context);
    context.print(shown);
  }
  if (report !== undefined && !json && !quiet)
    context.print(`\n${text('explain.written', { path: report })}`);
  fail(outcome, run, context);
}

function fail(outcome: Outcome, run: Run, context: Context): void {
  const { exports, problem } = outcome;
  const { text } = context;
  const namesOf = (verdict: string): string =>
    exports.flatMap((result) => (result.verdict === verdict ? [result.name] : [])).join(', ');
  switch (overallOf(outcome)) {
    case 'right':
      return;
    case 'wrong':
      throw new Failed();
    case 'cannot tell':
      throw new UsageError(text('error.check.cannotTell', { names: namesOf('cannot tell') }));
    case 'could not run': {
      if (!problem) throw new UsageError(text('error.check.notChecked', { names: namesOf('could not run') }));
      const { message, hint } = problemInWords(problem, run, context);
      const isShown = problem.kind === 'threw' && problem.partly && !context.json && !context.quiet;
      throw new UsageError(message, isShown ? undefined : hint);
    }
  }
}

async function writeReport(path: string, outcome: Outcome, run: Run, context: Context): Promise<void> {
  const { text, language } = context;
  const { toHTML } = await import('../document/html.js');
  const page = toHTML({
    language,
    title: text('check.report.title', { file: `\`${run.path}\`` }),
    intro: text('check.report.intro'),
    blocks: documentOf(outcome, run, true, context),
  });
  await writeOneFile(path, page, context);
}

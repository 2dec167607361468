// One run of the command line: from arguments to an exit code. Nothing here ends the process, so tests run it too.

import { CommanderError, type Command } from 'commander';
import { ChainruleError, DivergenceError } from '../index.js';
import { shieldExpression } from './commands/explain.js';
import { contextOf, type Context, type IO } from './context.js';
import { EXIT, Failed, Interrupted, UsageError } from './errors.js';
import { programOf } from './program.js';

/** Why a signal was aborted, if not by Ctrl-C: whoever read the output has stopped reading. */
export const UNREAD = 'unread';

/**
 * Runs a command and gives its exit code: see `EXIT`.
 *
 * @example
 * await run(['explain', 'x*x', '--at', 'x=3'], io); // 0
 */
export async function run(argv: readonly string[], io: IO): Promise<number> {
  const context = contextOf(argv, io);
  const program = programOf(context);
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : shieldExpression(argv), {
      from: 'user',
    });
    return EXIT.done;
  } catch (error) {
    if (error instanceof Failed) return EXIT.failed;
    if (io.signal.aborted && io.signal.reason === UNREAD) return EXIT.done;
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) {
      return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    }
    const { message, hint, exitCode } = problemOf(error, commandIn(argv, program), context);
    say(message, hint, exitCode, context);
    return exitCode;
  }
}

interface Problem {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly exitCode: number;
}

/** The name of the command that the arguments begin, with a space behind it; nothing where there is none. */
function commandIn(argv: readonly string[], program: Command): string {
  const names = program.commands.map((command) => command.name());
  const command = argv.find((word) => names.includes(word));
  return command === undefined ? '' : `${command} `;
}

function problemOf(error: unknown, command: string, context: Context): Problem {
  if (error instanceof CommanderError) return misuse(error, command, context);
  if (error instanceof UsageError)
    return { message: error.message, hint: error.hint, exitCode: EXIT.badInput };
  if (error instanceof Interrupted) return { message: error.message, exitCode: EXIT.interrupted };
  if (error instanceof DivergenceError) {
    return { message: error.message, hint: context.text('error.diverged'), exitCode: EXIT.failed };
  }
  if (error instanceof ChainruleError) return { message: error.message, exitCode: EXIT.badInput };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: context.text('error.bug'), hint: stack, exitCode: EXIT.bug };
}

/** Commander's complaints in the reader's language. */
function misuse({ code, message }: CommanderError, command: string, { text }: Context): Problem {
  const name = /'([^']*)'/.exec(message)?.[1] ?? '';
  const similar = /Did you mean (?:one of )?([^?]+)\?/.exec(message)?.[1];
  const hint =
    similar === undefined ? text('error.seeHelp', { command }) : text('error.didYouMean', { name: similar });
  const problem = (message: string): Problem => ({ message, hint, exitCode: EXIT.badInput });
  switch (code) {
    case 'commander.unknownCommand':
      return problem(text('error.unknownCommand', { name }));
    case 'commander.unknownOption':
      return problem(text('error.unknownOption', { name }));
    case 'commander.missingArgument':
      return problem(text('error.missingArgument', { name }));
    case 'commander.optionMissingArgument':
      return problem(text('error.optionMissingArgument', { name }));
    case 'commander.excessArguments':
      return problem(text('error.excessArguments'));
    default:
      return problem(message.replace(/^error: /, ''));
  }
}

function say(message: string, hint: string | undefined, exitCode: number, context: Context): void {
  const { text, colors, stderr, json } = context;
  if (json) {
    stderr.write(`${JSON.stringify({ error: message, ...(hint !== undefined && { hint }), exitCode })}\n`);
    return;
  }
  const prefix = text('error.prefix');
  const lines = hint === undefined ? '' : hint.replace(/^/gm, '  ') + '\n';
  stderr.write(`${stderr.isTTY ? colors.red(prefix) : prefix} ${message}\n${lines}`);
}

// The command line.

import { parseArgs } from 'node:util';

export const HELP = `Usage: npm run bench -- [race] [accuracy] [scaling] [size] [options]

Measures training steps of ours and of others on the same work, in one run, in turns; prints a table and writes
bench/results/*.json and *.svg.

  race       who takes how long for a step (with size, what happens by itself)
  accuracy   what is learned of MNIST's digits, and how long it takes
  scaling    a step's time against width, batch and depth, with the roofline
  size       of each library, minified and gzipped

Options:
  --work <names>    only works whose names contain one of these (commas between)
  --only <names>    only contenders whose names contain one of these, and ours to compare with
  --rounds <n>      turns of each contender (default 9)
  --quick           shorter turns, and 3 of them, into results/quick: to see that all works
  --json            print JSON instead of tables, and write no files
  --help
`;

export interface Options {
  readonly commands: readonly string[];
  readonly works: readonly string[];
  readonly only: readonly string[];
  readonly rounds: number;
  /** Milliseconds. */
  readonly turn: number;
  readonly quick: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

const COMMANDS = ['race', 'accuracy', 'scaling', 'size'];

/** Throws an `Error` for options that there are not. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      work: { type: 'string', default: '' },
      only: { type: 'string', default: '' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((command) => !COMMANDS.includes(command));
  if (unknown) throw new Error(`there is no ${unknown}; there are ${COMMANDS.join(', ')}`);
  const { quick, json, help } = values;
  const rounds = Number(values.rounds ?? (quick ? 3 : 9));
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds must be a whole number, got ${values.rounds}`);
  const list = (text: string): string[] => text.split(',').filter(Boolean);
  return {
    ...{ commands: positionals.length > 0 ? positionals : ['race', 'size'], rounds, quick, json, help },
    ...{ works: list(values.work), only: list(values.only), turn: quick ? 100 : 400 },
  };
}

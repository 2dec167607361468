// Runs an example and writes what it draws: npm run example -- NAME [--epochs N] [--out FOLDER]

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, Command, CommanderError, InvalidArgumentError } from 'commander';
import { saveFile } from '../src/disk/index.js';
import * as autoencoder from './autoencoder.js';
import * as charTransformer from './char-transformer.js';
import * as csvRegression from './csv-regression.js';
import type { ExampleOptions, Result } from './example.js';
import * as iris from './iris.js';
import * as mnistCnn from './mnist-cnn.js';
import * as mnistMlp from './mnist-mlp.js';
import * as moonsMovie from './moons-movie.js';
import * as xor from './xor.js';

/** Every example by name. */
export const examples: Readonly<Record<string, (options?: ExampleOptions) => Promise<Result>>> = {
  xor: xor.main,
  iris: iris.main,
  'moons-movie': moonsMovie.main,
  'csv-regression': csvRegression.main,
  autoencoder: autoencoder.main,
  'char-transformer': charTransformer.main,
  'mnist-mlp': mnistMlp.main,
  'mnist-cnn': mnistCnn.main,
};

/** Runs the example that is asked for; gives the code to exit with, 2 for a command that makes no sense. */
export async function run(
  args: readonly string[],
  print: (line: string) => void = console.log,
): Promise<number> {
  const write = (text: string): void => print(text.trimEnd());
  const command = new Command('npm run example --')
    .addArgument(new Argument('<name>', 'which one').choices(Object.keys(examples)))
    .option('--epochs <number>', 'times through the data (default: as in docs/examples.md)', wholeNumber)
    .option('--out <folder>', 'where its pictures and tables go', 'out/examples')
    .configureOutput({ writeOut: write, writeErr: write })
    .exitOverride()
    .action(async (name: string, { epochs, out }: { readonly epochs?: number; readonly out: string }) => {
      const { files } = await examples[name]!({ epochs, print });
      await mkdir(out, { recursive: true });
      for (const [file, content] of Object.entries(files)) {
        await saveFile(join(out, file), content);
        print(`wrote ${join(out, file)}`);
      }
    });
  try {
    await command.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('expected a whole number of at least 1.');
}

// The benchmark: measures what was asked for, prints it, and writes results/.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { measureLearning } from './accuracy.js';
import { raceChart } from './chart.js';
import { entrants, OURS } from './entrants.js';
import { outcomesOf } from './goals.js';
import { HELP, readOptions, type Options } from './options.js';
import { sourceOf } from './programs.js';
import { race, type Result } from './race.js';
import { measureMachine } from './roofline.js';
import { measureScaling, scalingChart, scalingTable } from './scaling.js';
import { measureSizes } from './size.js';
import { learningTable, raceTable, short, sizeTable } from './table.js';
import { works, type Work } from './works.js';

/** What a command measured: as data, as text and, for two of them, as a picture. */
interface Measured {
  readonly data: object;
  readonly chart?: string;
}

const isTerminal = process.stderr.isTTY;
const onProgress = (text: string): void => {
  if (isTerminal) process.stderr.write(`\r\x1b[K${text}`);
};

/** Those whose names contain one of the parts; all if there is none. Throws an `Error` for a part that is in no name. */
function chosenFrom<T extends { readonly name: string }>(
  all: readonly T[],
  parts: readonly string[],
  what: string,
): T[] {
  const stray = parts.find((part) => !all.some(({ name }) => name.includes(part)));
  if (stray)
    throw new Error(`there is no ${what} ${stray}; there are ${all.map(({ name }) => name).join('; ')}`);
  return all.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
}

async function measureRaces(options: Options, say: (text: string) => void): Promise<Measured> {
  const chosen = chosenFrom(works, options.works, 'work');
  const some = chosenFrom(entrants, options.only, 'contender');
  const invited = entrants.filter((each) => each.name === OURS || some.includes(each));
  const races: { work: Work; results: Result[]; goals: object }[] = [];
  for (const work of chosen) {
    const results = await race(work, invited, { ...options, onProgress });
    say(raceTable(work, results));
    races.push({ work, results, goals: outcomesOf(work.name, results) });
  }
  return { data: { races }, ...(races.length > 0 && { chart: raceChart(races) }) };
}

async function measureDigits(options: Options, say: (text: string) => void): Promise<Measured> {
  const invited = chosenFrom(entrants, options.only, 'contender').filter((each) => each.tellsParameters);
  const learned = await measureLearning(invited, { rounds: options.rounds, onProgress });
  say(learningTable(learned));
  return { data: { learned } };
}

async function measureCurves(options: Options, say: (text: string) => void): Promise<Measured> {
  onProgress('the machine');
  const machine = measureMachine();
  say(
    `One core: ${short(machine.gigaflops)} GFLOP/s with vectors of 128 bits, ${short(machine.widest)} with the widest; ` +
      `our matrix product ${short(machine.ours)}`,
  );
  const curves = await measureScaling(machine, { ...options, onProgress });
  say(scalingTable(curves));
  return { data: { machine, curves }, chart: scalingChart(curves) };
}

async function measureBundles(_: Options, say: (text: string) => void): Promise<Measured> {
  onProgress('sizes');
  const sizes = await measureSizes();
  say(sizeTable(sizes));
  return { data: { sizes } };
}

const MEASURES = {
  race: measureRaces,
  accuracy: measureDigits,
  scaling: measureCurves,
  size: measureBundles,
};

async function main(options: Options): Promise<void> {
  const say = (text: string): void => {
    onProgress('');
    if (!options.json) console.log(`${text}\n`);
  };
  const [cores, load] = [cpus().length, loadavg()[0]!];
  const when = { date: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, cores, load };
  say(`Node ${when.node}, ${cores} × ${when.cpu}`);
  if (load > 0.5) say(`The machine is busy (load ${short(load)}): do not quote these figures.`);
  const folder = sourceOf(options.quick ? 'results/quick' : 'results');
  const all: Record<string, object> = {};
  for (const command of options.commands) {
    const { data, chart } = await MEASURES[command as keyof typeof MEASURES](options, say);
    all[command] = { ...when, quick: options.quick, ...data };
    if (options.json) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${command}.json`), `${JSON.stringify(all[command], null, 2)}\n`);
    if (chart) writeFileSync(join(folder, `${command}.svg`), chart);
  }
  if (options.json) console.log(JSON.stringify(all));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await main(options);
} catch (error) {
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = 1;
}

// chainrule lab: serves the web app of the four lessons, the playground and the check, on this machine.

import type { Command } from 'commander';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { examples, paragraph } from '../help.js';
import { codeOf, explainListening } from '../http/refusal.js';
import { readNumber } from '../options.js';

const HOST = '127.0.0.1';
const PORT = 8064;
const PORTS_TO_TRY = 10;

const EXAMPLES = ['chainrule lab --open', 'chainrule lab --port 9000 --lang ko'];

interface Options {
  readonly port?: string;
  readonly host?: string;
  readonly open?: boolean;
}

/** Adds the command to the program, and gives it. */
export function addLab(program: Command, context: Context): Command {
  const { text } = context;
  return program
    .command('lab')
    .summary(text('lab.summary'))
    .description(text('lab.description'))
    .usage(text('lab.usage'))
    .option('--port <n>', text('lab.port', { port: PORT }))
    .option('--host <address>', text('lab.host', { host: HOST }))
    .option('--open', text('lab.open'))
    .addHelpText('after', `\n${paragraph(context, text('lab.private'))}`)
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .action((options: Options) => lab(options, context));
}

/** Serves until it is told to stop: Ctrl-C is how this command ends, so its exit code is that of success. */
async function lab(options: Options, context: Context): Promise<void> {
  const { text, stderr, signal, json, quiet } = context;
  const { host = HOST } = options;
  const [{ labFolder }, { readSite }, { serve }] = await Promise.all([
    import('../lab/folder.js'),
    import('../lab/site.js'),
    import('../lab/serve.js'),
  ]);
  const asked = options.port;
  const range = { whole: true, least: 0, most: 65_535 };
  const port = asked === undefined ? PORT : readNumber(text, '--port', asked, range);
  const tries = asked === undefined ? PORTS_TO_TRY : 1;
  const site = siteIn(labFolder(), readSite, context);
  const place = { host, port, tries, signal };
  const serving = await serve(site, place).catch((error: unknown) => explainListening(error, place, context));

  if (json) context.print(JSON.stringify({ url: serving.url, host, port: serving.port }));
  else context.print(quiet ? serving.url : text('lab.serving', { url: serving.url }));
  if (!quiet && !json && serving.isPublic) stderr.write(`${text('lab.public')}\n`);
  if (options.open) {
    const { openInBrowser } = await import('../lab/open.js');
    // Not waited for: some systems' openers stay until the browser is closed.
    void openInBrowser(serving.url).then((isOpen) => {
      if (!isOpen) stderr.write(`${text('lab.notOpened')}\n`);
    });
  }
  await serving.stopped;
}

/** The lab's files; bad input where it has not been built. */
function siteIn<Site extends ReadonlyMap<string, unknown>>(
  folder: string,
  read: (folder: string) => Site,
  { text }: Context,
): Site {
  try {
    const site = read(folder);
    if (site.has('/index.html')) return site;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  throw new UsageError(text('error.lab.notBuilt', { folder }), text('error.lab.build'));
}

// chainrule serve: a trained model that answers over HTTP.

import type { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, paragraph } from '../help.js';
import { readNumber } from '../options.js';

const HOST = '127.0.0.1';
const PORT = 8065;
const PORTS_TO_TRY = 10;
const MEGABYTES = 16; // of a request
const GRACE = 5000; // milliseconds for requests under way when it is told to stop

/** What requests and answers look like. */
const FORMS = {
  rows: '{"rows": [{"column": value, …}, …]}',
  instances: '{"instances": [[number, …], …]}',
  answer: '{"predictions": [{"prediction": …, "probabilities": {…}}, …]}',
  error: '{"error": …}',
};

const EXAMPLES = [
  'chainrule serve houses.safetensors',
  'chainrule serve digits.safetensors --port 9000 --max-body 64',
];

interface Options {
  readonly model?: string;
  readonly host: string;
  readonly port?: string;
  readonly maxBody?: string;
}

/** Adds the command to the program, and gives it. */
export function addServe(program: Command, context: Context): Command {
  const { text } = context;
  return program
    .command('serve')
    .summary(text('serve.summary'))
    .description(text('serve.description'))
    .usage(text('serve.usage'))
    .argument('<model>', text('predict.model'))
    .option('--model <file>', text('predict.network'))
    .option('--port <n>', text('serve.port', { port: PORT }))
    .option('--host <address>', text('serve.hostOption'), HOST)
    .option('--max-body <mb>', text('serve.maxBody', { megabytes: MEGABYTES }))
    .addHelpText('after', `\n${paragraph(context, text('serve.requests', FORMS))}`)
    .addHelpText('after', `\n${paragraph(context, text('serve.private'))}`)
    .addHelpText('after', `\n${examples(context, EXAMPLES)}`)
    .action((model: string, options: Options) => serveModel(model, options, context));
}

/** Serves until it is told to stop: Ctrl-C is how this command ends, so its exit code is that of success. */
async function serveModel(path: string, options: Options, context: Context): Promise<void> {
  const { text, stderr, signal, json, quiet } = context;
  const [{ loadPredictor }, { serve }, { explainListening }, { answering }, { exampleFor }] =
    await Promise.all([
      import('../prediction/predictor.js'),
      import('../http/serve.js'),
      import('../http/refusal.js'),
      import('../serving/answer.js'),
      import('../serving/description.js'),
    ]);
  const asked = options.port;
  const port =
    asked === undefined ? PORT : readNumber(text, '--port', asked, { whole: true, least: 0, most: 65_535 });
  const megabytes =
    options.maxBody === undefined
      ? MEGABYTES
      : readNumber(text, '--max-body', options.maxBody, { least: 0, above: true, most: 1024 });
  const predictor = await loadPredictor(path, options.model, context);
  const service = {
    ...{ file: path, predictor, signal, text },
    isPrivate: true, // until it is known who can reach it
    maxBytes: Math.round(megabytes * 2 ** 20),
    log: (message: string) => void stderr.write(`${message}\n`),
  };
  const tries = asked === undefined ? PORTS_TO_TRY : 1;
  const place = { host: options.host, port, tries, grace: GRACE, signal };
  const serving = await serve((name) => answering(service, name), place).catch((error: unknown) =>
    explainListening(error, place, context),
  );

  const { url } = serving;
  service.isPrivate = !serving.isPublic;
  if (json) context.print(JSON.stringify({ url, host: options.host, port: serving.port, model: path }));
  else if (quiet) context.print(url);
  else context.print(text('serve.serving', { path, url, example: exampleFor(url, predictor) }));
  if (!quiet && !json && serving.isPublic) stderr.write(`${text('serve.public')}\n`);
  await serving.stopped;
}

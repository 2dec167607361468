// One request answered: predictions, a description, or what is wrong with it, always as JSON.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ChainruleError } from '../../index.js';
import { isOurHost } from '../http/host.js';
import type { Predictor } from '../prediction/predictor.js';
import { predictionsData, type Predicted } from '../prediction/documents.js';
import type { Translate } from '../texts/index.js';
import { descriptionOf } from './description.js';
import { BadRequest, readInputs } from './inputs.js';

/** What is served, and how. */
export interface Service {
  /** The model's file, as it was named. */
  readonly file: string;
  readonly predictor: Predictor;
  /** The most bytes of a request's body. */
  readonly maxBytes: number;
  /** Whether only this machine can ask; then only a Host header that names it is answered. */
  readonly isPrivate: boolean;
  /** Aborted when the server is stopping: connections are then closed behind their answers. */
  readonly signal: AbortSignal;
  readonly text: Translate;
  /** Hears of what nobody expected. */
  readonly log: (message: string) => void;
}

/** An answer: the status, what is said, and headers beside those of all answers. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers requests to a server that was started with a name. */
export function answering(service: Service, name: string): RequestListener {
  return (request, response) => {
    answerTo(request, service, name)
      .catch((error: unknown): Answer => {
        service.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return { status: 500, body: { error: service.text('serve.failed') } };
      })
      .then((answer) => send(answer, request, response, service))
      .catch(() => response.destroy());
  };
}

async function answerTo(request: IncomingMessage, service: Service, name: string): Promise<Answer> {
  const { text, isPrivate } = service;
  if (isPrivate && !isOurHost(request.headers.host, name)) return problem(403, text('serve.host'));
  const path = (request.url ?? '/').split(/[?#]/, 1)[0]!;
  const methods = Object.hasOwn(METHODS, path) ? METHODS[path] : undefined;
  if (!methods)
    return problem(
      404,
      text('serve.noPath', { path: path.slice(0, 200), paths: Object.keys(METHODS).join(', ') }),
    );
  if (!methods.includes(request.method ?? '')) {
    const allowed = methods.join(', ');
    const { body } = problem(405, text('serve.method', { path, method: request.method ?? '', allowed }));
    return { status: 405, body, headers: { Allow: allowed } };
  }
  switch (path) {
    case '/health':
      return { status: 200, body: { status: 'ok' } };
    case '/predict':
      return predict(request, service);
    default: {
      const url = `http://${request.headers.host ?? name}/`;
      return { status: 200, body: descriptionOf(service.file, service.predictor, url) };
    }
  }
}

const METHODS: Readonly<Record<string, readonly string[] | undefined>> = {
  '/': ['GET', 'HEAD'],
  '/health': ['GET', 'HEAD'],
  '/predict': ['POST'],
};

async function predict(request: IncomingMessage, service: Service): Promise<Answer> {
  const { text, predictor, maxBytes } = service;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    return problem(415, text('serve.type', { type: type.slice(0, 100) }));
  if (request.headers['content-encoding'] !== undefined) return problem(415, text('serve.encoding'));
  const bytes = await bodyOf(request, maxBytes);
  if (!bytes)
    return problem(413, text('serve.tooLarge', { megabytes: Number((maxBytes / 2 ** 20).toPrecision(3)) }));
  try {
    const { X, count, places } = readInputs(parsed(bytes, text), predictor, text);
    const results = await predictor.predict(X);
    const predicted = Array.from({ length: count }, (): Predicted => ({ result: null }));
    places.forEach((place, i) => (predicted[place] = { result: results[i]! }));
    return { status: 200, body: { predictions: predictionsData(predicted) } };
  } catch (error) {
    if (error instanceof BadRequest || error instanceof ChainruleError) return problem(400, error.message);
    throw error;
  }
}

/** A request's body; null if it is larger than allowed, without reading on. */
async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function parsed(bytes: Buffer, text: Translate): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new BadRequest(text('serve.bad.json', { message: error instanceof Error ? error.message : '' }));
  }
}

function problem(status: number, error: string): Answer {
  return { status, body: { error } };
}

function send(
  { status, body, headers = {} }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  { signal }: Service,
): void {
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`);
  // What was not read of a body would be taken for the next request.
  const closes = signal.aborted || !request.complete;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(closes && { Connection: 'close' }),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

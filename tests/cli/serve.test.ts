// chainrule serve: what it answers, what it refuses, and how it begins and ends.

import { once } from 'node:events';
import { request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveModel, writeNpy } from '../../src/files/index.js';
import { nn } from '../../src/index.js';
import { serve } from '../../src/cli/http/serve.js';
import { cli, temporaryFolder, type Result } from './cli.js';
import { flatsCsv, picturesIn, write } from './real-data.js';

const folder = temporaryFolder(afterAll);
const [flats, pictures] = ['flats', 'pictures'].map((name) => join(folder, `${name}.safetensors`)) as [
  string,
  string,
];

beforeAll(async () => {
  const runs = [
    [flatsCsv(folder), '--missing', 'mean', '--column', 'id=ignored', '--epochs', '5', '--save', flats],
    [await picturesIn(folder), '--epochs', '2', '--save', pictures],
  ];
  for (const argv of runs) expect((await cli(['train', ...argv, '--quiet'])).code).toBe(0);
}, 60_000);

/** A server in this process, as the command line starts it. */
interface Served {
  readonly port: number;
  readonly printed: () => string;
  stop(): Promise<Result>;
}

async function served(model: string, ...argv: string[]): Promise<Served> {
  const stopping = new AbortController();
  let printed = '';
  let ended!: Promise<Result>;
  const port = await new Promise<number>((resolve, reject) => {
    ended = cli(['serve', model, '--port', '0', ...argv], {
      signal: stopping.signal,
      onWrite: (text) => {
        printed += text;
        const found = /http:\/\/[^/]+:(\d+)\//.exec(printed)?.[1];
        if (found !== undefined) resolve(Number(found));
      },
    });
    ended.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  return { port, printed: () => printed, stop: () => (stopping.abort(), ended) };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

function asking(
  { port }: Served,
  path: string,
  { method, headers = {}, body }: Question = {},
): ClientRequest {
  const verb = method ?? (body === undefined ? 'GET' : 'POST');
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const options = {
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    method: verb,
    headers: { ...type, ...headers },
  };
  return request(options);
}

async function answerTo(sent: ClientRequest): Promise<Answer> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const text = Buffer.concat(await response.toArray()).toString();
  return {
    status: response.statusCode!,
    headers: response.headers,
    body: text === '' ? null : JSON.parse(text),
  };
}

const ask = (server: Served, path: string, question: Question = {}): Promise<Answer> =>
  answerTo(asking(server, path, question).end(question.body));

describe('a model of tables', () => {
  let server: Served;
  beforeAll(async () => void (server = await served(flats)));
  afterAll(async () => void (await server.stop()));
  const predict = (body: unknown, question: Question = {}) =>
    ask(server, '/predict', { body: typeof body === 'string' ? body : JSON.stringify(body), ...question });

  test('prints where it is, with a request to try, which it answers', async () => {
    expect(server.printed()).toContain(`http://127.0.0.1:${server.port}/`);
    const body = /-d '(.*)' http/.exec(server.printed())![1]!;
    expect(await predict(body)).toMatchObject({ status: 200 });
  });

  test('answers with the numbers of predict', async () => {
    const rows = [
      { size: 35.5, city: 'Seoul' },
      { city: 'Busan, old town', size: null },
      { city: 'Dae"gu', size: 110, note: 'not looked at' },
    ];
    const { status, headers, body } = await predict({ rows });
    const csv = 'size,city\n35.5,Seoul\n,"Busan, old town"\n110,"Dae""gu"\n';
    const { stdout } = await cli(['predict', flats, '-', '--json'], { stdin: csv });
    expect({ status, body }).toEqual({ status: 200, body: { predictions: JSON.parse(stdout).predictions } });
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  test('says what it is, what it takes, and that it is there', async () => {
    expect((await ask(server, '/')).body).toMatchObject({
      ...{ model: flats, task: 'classification', target: 'dear', classes: ['no', 'yes'] },
      inputs: {
        rows: { size: { kind: 'number' }, city: { kind: 'category', categories: expect.any(Array) } },
      },
      example: expect.stringContaining('curl'),
    });
    expect(await ask(server, '/health?now')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask(server, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: null });
  });

  test.each<[unknown, RegExp]>([
    ['', /the body is no JSON/],
    ['{"rows": [', /the body is no JSON/],
    [Buffer.of(0x22, 0xff, 0x22), /the body is no JSON/],
    [[], /a list "rows"/],
    [{ rows: [] }, /a list "rows" of at least one entry/],
    [{ instances: [[1, 2]] }, /a list "rows"/],
    [{ rows: [5] }, /rows\[0\]: expected an object/],
    [{ rows: [{ size: 1, city: 'Seoul' }, { size: 1 }] }, /rows\[1\]\.city is missing/],
    [{ rows: [{ size: '1', city: 'Seoul' }] }, /rows\[0\]\.size: expected a number, got "1"/],
    ['{"rows": [{"size": 1e999, "city": "Seoul"}]}', /rows\[0\]\.size: expected a number/],
    [
      { rows: [{ size: 1, city: 'Jeju' }] },
      /rows\[0\]\.city: expected one of "Busan, old town", .*, got "Jeju"/,
    ],
    [{ rows: [{ size: 1, city: { toString: 1 } }] }, /rows\[0\]\.city: expected one of/],
    ['{"rows": [{"__proto__": {"size": 1, "city": "Seoul"}}]}', /rows\[0\]\.size is missing/],
    [`${'['.repeat(100_000)}`, /the body is no JSON/],
  ])('refuses %j', async (body, message) => {
    const answer = await predict(Buffer.isBuffer(body) ? '' : body, Buffer.isBuffer(body) ? { body } : {});
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(message) } });
  });

  test.each<[string, string, Question, number, RegExp]>([
    ['another path', '/nothing', {}, 404, /there are \/, \/health, \/predict/],
    ['a path of objects', '/constructor', {}, 404, /nothing at/],
    [
      'another type',
      '/predict',
      { body: '{}', headers: { 'Content-Type': 'text/plain' } },
      415,
      /got text\/plain/,
    ],
    [
      'a packed body',
      '/predict',
      { body: '{}', headers: { 'Content-Encoding': 'gzip' } },
      415,
      /Content-Encoding/,
    ],
    [
      'a name that was led here',
      '/',
      { headers: { Host: 'evil.example:80' } },
      403,
      /requests to this machine/,
    ],
  ])('refuses %s', async (_, path, question, status, message) => {
    const answer = await ask(server, path, question);
    expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(message) } });
  });

  test.each([
    ['/predict', 'GET', 'POST'],
    ['/predict', 'OPTIONS', 'POST'],
    ['/', 'POST', 'GET, HEAD'],
    ['/health', 'DELETE', 'GET, HEAD'],
  ])('%s does not take %s, and says what it takes', async (path, method, allow) => {
    expect(await ask(server, path, { method })).toMatchObject({ status: 405, headers: { allow } });
  });
});

describe('a model of pictures', () => {
  let server: Served;
  beforeAll(async () => void (server = await served(pictures, '--max-body', '0.02')));
  afterAll(async () => void (await server.stop()));
  const row = [0.9, 0.9, 0.9, 0, 0, 0];
  const picture = [[row, row, row, row, row, row]];
  const predict = (instances: unknown) => ask(server, '/predict', { body: JSON.stringify({ instances }) });

  test('takes arrays of the shape that it says, with the answers of predict', async () => {
    expect((await ask(server, '/')).body).toMatchObject({ inputs: { instances: { shape: [1, 6, 6] } } });
    const array = write(temporaryFolder(), 'x.npy', writeNpy([picture, picture]));
    const { stdout } = await cli(['predict', pictures, array, '--json']);
    expect((await predict([picture, picture])).body).toEqual({ predictions: JSON.parse(stdout).predictions });
  });

  test.each<[unknown, RegExp]>([
    [[picture, [[1]]], /instances\[1\]\[0\]: expected 6 entries, got 1/],
    [[[picture]], /instances\[0\]\[0\]: expected 6 entries, got 1/],
    [
      [[[row, row, row, row, row, [0, 0, 0, 0, 0, null]]]],
      /instances\[0\]\[0\]\[5\]\[5\]: expected a number, got null/,
    ],
    [[7], /instances\[0\]: expected 1 entries, got 7/],
  ])('refuses other arrays: %#', async (instances, message) => {
    expect(await predict(instances)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(message) },
    });
  });

  test('refuses a body that is too large, announced or not, and goes on', async () => {
    const body = JSON.stringify({ instances: Array.from({ length: 1000 }, () => picture) });
    const announced = asking(server, '/predict', { body });
    announced.setHeader('Content-Length', body.length);
    announced.flushHeaders();
    expect(await answerTo(announced)).toMatchObject({ status: 413, headers: { connection: 'close' } });
    announced.destroy();
    const chunked = asking(server, '/predict', { body, headers: { 'Transfer-Encoding': 'chunked' } });
    chunked.on('error', () => {}); // the server hangs up on what is left
    chunked.write(body.slice(0, 40_000));
    expect(await answerTo(chunked)).toMatchObject({
      status: 413,
      body: { error: expect.stringMatching(/0\.02 MB/) },
    });
    chunked.destroy();
    expect((await predict([picture])).status).toBe(200);
  });
});

describe('the end', () => {
  test('comes after the requests under way, with exit code 0', async () => {
    const server = await served(flats);
    const body = JSON.stringify({ rows: [{ size: 50, city: 'Seoul' }] });
    const slow = asking(server, '/predict', { body, headers: { 'Content-Length': String(body.length) } });
    slow.write(body.slice(0, 10));
    await once(slow, 'socket');
    await ask(server, '/health'); // the other is there, too
    const ended = server.stop();
    const [answer] = await Promise.all([answerTo(slow), slow.end(body.slice(10))]);
    expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    await expect(ask(server, '/health')).rejects.toThrow('ECONNREFUSED');
  });

  test('comes after the time of grace for a request that never ends', async () => {
    const stopping = new AbortController();
    const place = { host: '127.0.0.1', port: 0, grace: 30, signal: stopping.signal };
    const { port, stopped } = await serve(() => () => {}, place);
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resume) => setTimeout(resume, 20));
    stopping.abort();
    await Promise.all([stopped, once(socket, 'close')]);
  });
});

test('a server for others answers them under any name, and says that they can ask', async () => {
  const server = await served(flats, '--host', '0.0.0.0');
  const headers = { Host: 'model.example' };
  expect(await ask(server, '/health', { headers })).toMatchObject({ status: 200 });
  expect((await server.stop()).stderr).toContain('Everyone on the network');
});

describe('what cannot be served is refused with exit code 2', () => {
  test.each([
    [['none.safetensors'], /there is no such file/],
    [[flats, '--port', '70000'], /--port must be a whole number from 0 to 65535/],
    [[flats, '--host', '203.0.113.1'], /--host must be a name or an address of this machine/],
    [[flats, '--max-body', '0'], /--max-body must be a number above 0/],
  ])('%j', async (argv, message) => {
    const { code, stderr } = await cli(['serve', ...argv]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });

  test('a port that is taken', async () => {
    const server = await served(flats);
    const { code, stderr } = await cli(['serve', flats, '--port', String(server.port)]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('something else listens at'),
    });
    await server.stop();
  });
});

test('a model that does not say what it takes refuses what its layers refuse', async () => {
  const plain = write(temporaryFolder(), 'plain.safetensors', saveModel(nn.mlp([2, 1], { randomState: 0 })));
  const server = await served(plain);
  const predict = (instances: unknown) => ask(server, '/predict', { body: JSON.stringify({ instances }) });
  expect(await predict([[1, 2]])).toMatchObject({
    status: 200,
    body: { predictions: [{ prediction: expect.any(Number) }] },
  });
  expect(await predict([[1, 2, 3]])).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('3 features') },
  });
  await server.stop();
});

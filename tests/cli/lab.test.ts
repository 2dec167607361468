// chainrule lab: what its server answers, what it refuses, and how it begins and ends.

import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInBrowser } from '../../src/cli/lab/open.js';
import { isOurHost } from '../../src/cli/http/host.js';
import { serve, type Serving } from '../../src/cli/lab/serve.js';
import { readSite } from '../../src/cli/lab/site.js';
import { cli, temporaryFolder } from './cli.js';
import { BUILD, program, start } from './program.js';

const SCRIPT = `export const numbers = [${Array.from({ length: 500 }, (_, i) => i)}];\n`;
const PAGE = '<!doctype html><title>Lab</title>\n';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks for a path as it is written, which `fetch` would tidy first. */
async function ask(
  { port }: Pick<Serving, 'port'>,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end();
  const [response] = await once(sent, 'response');
  const body = Buffer.concat(await response.toArray());
  return { status: response.statusCode, headers: response.headers, body };
}

/** A lab of four files, beside a file and a folder that are none of its own, with links to both. */
function makeSite(folder: string): void {
  const put = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  for (const name of ['lab/assets', 'lab/.git', 'private'])
    mkdirSync(join(folder, name), { recursive: true });
  put('secret.txt', 'secret');
  put('private/secret.txt', 'secret');
  put('lab/.git/config', 'secret');
  put('lab/.env', 'secret');
  put('lab/index.html', PAGE);
  put('lab/assets/index-Ab3_-x9Z.js', SCRIPT);
  put('lab/assets/font-12345678.woff2', Buffer.alloc(2000));
  put('lab/a b%.txt', 'a name to decode once');
  symlinkSync('index.html', join(folder, 'lab/same.html'));
  symlinkSync('../secret.txt', join(folder, 'lab/link.txt'));
  symlinkSync('../private', join(folder, 'lab/linked'));
  symlinkSync('nowhere', join(folder, 'lab/dangling.txt'));
}

describe('the server', () => {
  const stopping = new AbortController();
  let serving: Serving;
  beforeAll(async () => {
    const folder = temporaryFolder(afterAll);
    makeSite(folder);
    const place = { host: '127.0.0.1', port: 0, signal: stopping.signal };
    serving = await serve(readSite(join(folder, 'lab')), place);
  });
  afterAll(() => stopping.abort());

  test('gives each file with its media type, and the page for the bare address', async () => {
    const page = await ask(serving, '/');
    expect([page.status, String(page.body)]).toEqual([200, PAGE]);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const script = await ask(serving, '/assets/index-Ab3_-x9Z.js?v=1');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(String(script.body)).toBe(SCRIPT);
    expect((await ask(serving, '/assets/font-12345678.woff2')).headers['content-type']).toBe('font/woff2');
    expect((await ask(serving, '/a%20b%25.txt')).status).toBe(200);
    expect((await ask(serving, '/same.html')).status).toBe(200); // a link that stays inside
  });

  test.each([
    ['/../secret.txt'],
    ['/..%2fsecret.txt'],
    ['/%2e%2e/secret.txt'],
    ['/%2e%2e%2fsecret.txt'],
    ['/%252e%252e%252fsecret.txt'],
    ['/assets/../../secret.txt'],
    ['/..\\secret.txt'],
    ['/..%5csecret.txt'],
    ['//etc/passwd'],
    ['/%2fetc%2fpasswd'],
    ['/index.html%00'],
    ['/%'],
    ['/%ff'],
    ['http://127.0.0.1/index.html'],
    ['/link.txt'],
    ['/linked/secret.txt'],
    ['/dangling.txt'],
    ['/.env'],
    ['/.git/config'],
    ['/assets'],
    ['/assets/'],
    ['/constructor'],
  ])('has nothing at %s', async (path) => {
    const { status, body } = await ask(serving, path);
    expect([status, String(body)]).toEqual([404, '404 Not Found\n']);
  });

  test.each([
    ['127.0.0.1:8064', true],
    ['127.0.0.1', true],
    ['[::1]:8064', true],
    ['localhost:8064', true],
    ['LOCALHOST', true],
    ['192.168.0.7:8064', true], // an address is no name that a stranger could have led here
    ['attacker.example:8064', false],
    ['127.0.0.1.attacker.example', false],
    ['localhost.attacker.example', false],
    ['localhost@attacker.example', false],
    ['attacker.example#localhost', false],
  ])('answers for host %j: %s', async (host, isOurs) => {
    expect((await ask(serving, '/', { headers: { host } })).status).toBe(isOurs ? 200 : 403);
    expect(isOurHost(host, '127.0.0.1')).toBe(isOurs);
  });

  test('answers for the name that it was started with', () => {
    expect(isOurHost('classroom.local:8064', 'classroom.local')).toBe(true);
    expect(isOurHost('classroom.local:8064', '127.0.0.1')).toBe(false);
    expect([undefined, '', ':8064'].map((host) => isOurHost(host, '127.0.0.1'))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    const { status, headers } = await ask(serving, '/', { method });
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  test('tells HEAD what GET would bring, and no more', async () => {
    const [get, head] = [await ask(serving, '/'), await ask(serving, '/', { method: 'HEAD' })];
    expect(head.body.length).toBe(0);
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
  });

  test.each([
    ['/', {}],
    ['/nothing', {}],
    ['/', { headers: { host: 'attacker.example' } }],
    ['/', { method: 'POST' }],
  ])('says with every answer what a page may do: %s %j', async (path, options) => {
    const { headers } = await ask(serving, path, options);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('lets the worker that runs a learner’s code make code of text, and reach nothing; nobody else', async () => {
    const policyAt = async (path: string): Promise<string> =>
      String((await ask(serving, path)).headers['content-security-policy']);
    const policy = await policyAt('/assets/check-worker-Ab3_-x9Z.js');
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'unsafe-eval' 'wasm-unsafe-eval' blob:; worker-src 'none';/,
    );
    expect(policy).not.toMatch(/connect-src|'self'|https?:|\*/);
    for (const path of [
      '/',
      '/check-worker.js',
      '/assets/check-worker-Ab3_-x9Z.js.html',
      '/x/assets/check-worker-Ab3_-x9Z.js',
    ])
      expect(await policyAt(path)).not.toContain("'unsafe-eval'");
  });

  test('lets a browser keep what has its content in its name, and ask again for the rest', async () => {
    const script = await ask(serving, '/assets/index-Ab3_-x9Z.js');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const page = await ask(serving, '/');
    expect(page.headers['cache-control']).toBe('no-cache');
    const again = { headers: { 'if-none-match': `"other", W/${page.headers.etag}` } };
    const unchanged = await ask(serving, '/', again);
    expect([unchanged.status, unchanged.body.length]).toEqual([304, 0]);
    expect((await ask(serving, '/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['zstd', undefined],
  ])('compresses code for a browser that takes %s with %s', async (accepted, encoding) => {
    const headers = { 'accept-encoding': accepted };
    const answer = await ask(serving, '/assets/index-Ab3_-x9Z.js', { headers });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? ''];
    expect(String(unpack ? unpack(answer.body) : answer.body)).toBe(SCRIPT);
    expect((await ask(serving, '/', { headers })).headers['content-encoding']).toBeUndefined(); // too small to gain
    const font = await ask(serving, '/assets/font-12345678.woff2', { headers });
    expect(font.headers['content-encoding']).toBeUndefined();
  });

  test('answers a request for part of a file with all of it', async () => {
    const { status, body } = await ask(serving, '/', { headers: { range: 'bytes=5-2' } });
    expect([status, String(body)]).toEqual([200, PAGE]);
  });
});

describe('a server', () => {
  const site = new Map();

  test('is reached by this machine alone, unless it is given another address', async () => {
    const signal = AbortSignal.timeout(0);
    const own = await serve(site, { host: '127.0.0.1', port: 0, signal });
    expect([own.isPublic, own.url]).toEqual([false, `http://127.0.0.1:${own.port}/`]);
    const open = await serve(site, { host: '0.0.0.0', port: 0, signal });
    expect([open.isPublic, open.url]).toEqual([true, `http://localhost:${open.port}/`]);
  });

  const hasSix = Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === '::1'),
  );
  test.runIf(hasSix)('writes an address of IPv6 in brackets', async () => {
    const signal = AbortSignal.timeout(0);
    const { url, port, isPublic } = await serve(site, { host: '::1', port: 0, signal });
    expect([url, isPublic]).toEqual([`http://[::1]:${port}/`, false]);
  });

  test('takes the next port where one is taken, as often as it may try', async () => {
    const stopping = new AbortController();
    const place = { host: '127.0.0.1', signal: stopping.signal };
    const first = await serve(site, { ...place, port: 0 });
    const second = await serve(site, { ...place, port: first.port, tries: 20 });
    expect(second.port).toBeGreaterThan(first.port);
    await expect(serve(site, { ...place, port: first.port })).rejects.toThrow('EADDRINUSE');
    stopping.abort();
    await Promise.all([first.stopped, second.stopped]);
  });

  test('stops although a browser holds a connection open', async () => {
    const stopping = new AbortController();
    const serving = await serve(site, { host: '127.0.0.1', port: 0, signal: stopping.signal });
    const held = connect(serving.port, '127.0.0.1').resume();
    await once(held, 'connect');
    stopping.abort();
    await Promise.all([serving.stopped, once(held, 'close')]);
    await expect(ask(serving, '/')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('the command', () => {
  const build = mkdtempSync(`${BUILD}-lab-`);
  const LAB = join(build, 'lab'); // where the compiled program looks for it
  beforeAll(() => cpSync(BUILD, build, { recursive: true }));
  afterAll(() => rmSync(build, { recursive: true, force: true }));

  test('says what to do where the lab has not been built', async () => {
    const { code, stdout, stderr } = await program(['lab', '--port', '0'], { build });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: the lab has not been built: there is none in ${LAB}\n`);
    expect(stderr).toContain('npm run build:lab');
  });

  describe('with a lab', () => {
    beforeAll(() => {
      mkdirSync(LAB, { recursive: true });
      writeFileSync(join(LAB, 'index.html'), PAGE);
    });

    test.each(['SIGINT', 'SIGTERM'] as const)(
      'serves until %s, and ends with exit code 0',
      async (signal) => {
        const child = start(['lab', '--port', '0'], { build });
        let said = '';
        child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
        await once(child.stdout!, 'data');
        const port = Number(/^The lab is at http:\/\/127\.0\.0\.1:(\d+)\/\n/.exec(said)?.[1]);
        expect(String((await ask({ port }, '/')).body)).toBe(PAGE);
        child.kill(signal);
        expect(await once(child, 'close')).toEqual([0, null]);
      },
    );

    test('says its address as JSON, or alone', async () => {
      const written = async (option: string): Promise<string> => {
        const child = start(['lab', '--port', '0', option], { build });
        const [chunk] = await once(child.stdout!, 'data');
        child.kill('SIGTERM');
        await once(child, 'close');
        return String(chunk);
      };
      const [json, quiet] = await Promise.all([written('--json'), written('--quiet')]);
      const { url, port } = JSON.parse(json) as { url: string; port: number };
      expect(url).toBe(`http://127.0.0.1:${port}/`);
      expect(quiet).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    });

    test('names the port that is taken', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const { code, stderr } = await program(['lab', '--port', String(port)], { build });
      other.close();
      expect(code).toBe(2);
      expect(stderr).toContain(`error: something else listens at 127.0.0.1, port ${port}\n`);
    });

    test('names an address that is not of this machine', async () => {
      const { code, stderr } = await program(['lab', '--port', '0', '--host', '192.0.2.1'], { build });
      expect(code).toBe(2);
      expect(stderr).toContain('--host must be a name or an address of this machine, got 192.0.2.1');
    });
  });

  test('refuses what is no port', async () => {
    const { code, stderr } = await cli(['lab', '--port', '70000']);
    expect(code).toBe(2);
    expect(stderr).toBe('error: --port must be a whole number from 0 to 65535, got 70000\n');
  });
});

test('a system without a browser is no error', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = temporaryFolder();
  try {
    expect(await openInBrowser('http://127.0.0.1:1/', 'linux')).toBe(false);
  } finally {
    process.env['PATH'] = path;
  }
});

// One request answered: who asks, for what, and whether the browser has it already.

import { STATUS_CODES, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isOurHost } from '../http/host.js';
import { policyOf } from './policy.js';
import type { Site, SiteFile } from './site.js';

const YEAR = 31_536_000; // seconds
const SMALL = 1024; // bytes; below it, compression gains nothing

/** Answers requests for the files of a site that is served under a name. */
export function answering(site: Site, name: string): RequestListener {
  const compressed = compressor();
  return (request, response) => {
    answer(request, response).catch(() => response.destroy());
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = addressOf(request.url ?? '');
    for (const [header, value] of Object.entries(policyOf(path))) response.setHeader(header, value);
    if (!isOurHost(request.headers.host, name)) return refuse(response, 403);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405);
    }
    const file = site.get(path);
    if (!file) return refuse(response, 404);
    response.setHeader('ETag', file.etag);
    response.setHeader('Cache-Control', file.isHashed ? `public, max-age=${YEAR}, immutable` : 'no-cache');
    response.setHeader('Vary', 'Accept-Encoding');
    if (request.headers['if-none-match']?.includes(file.etag)) {
      response.writeHead(304).end();
      return;
    }
    const encoding = encodingFor(file, request);
    const body = encoding === null ? file.body : await compressed(file, encoding);
    if (encoding !== null) response.setHeader('Content-Encoding', encoding);
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}

/** The path that an address asks for, decoded once; the first page for none. */
function addressOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0]!;
  try {
    return path === '/' ? '/index.html' : decodeURIComponent(path);
  } catch {
    return path; // not a way to write an address, so no file has it
  }
}

function refuse(response: ServerResponse, status: 403 | 404 | 405): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${status} ${STATUS_CODES[status]}\n`);
}

type Encoding = 'br' | 'gzip';

function encodingFor(file: SiteFile, { headers }: IncomingMessage): Encoding | null {
  if (file.body.length < SMALL || !/charset=|wasm/.test(file.type)) return null; // pictures and fonts are compressed already
  const accepted = String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((entry) => entry.replace(/\s/g, ''))
    .filter((entry) => !/;q=0(\.0*)?$/.test(entry))
    .map((entry) => entry.split(';', 1)[0]);
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding)) ?? null;
}

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }; // the best takes a second for a large file
const PACKERS = {
  br: (body: Buffer) => promisify(brotliCompress)(body, BROTLI),
  gzip: (body: Buffer) => promisify(gzip)(body),
} satisfies Record<Encoding, (body: Buffer) => Promise<Buffer>>;

/** Compresses each file when it is first asked for, and keeps what came out. */
function compressor(): (file: SiteFile, encoding: Encoding) => Promise<Buffer> {
  const kept = { br: new Map<SiteFile, Promise<Buffer>>(), gzip: new Map<SiteFile, Promise<Buffer>>() };
  return (file, encoding) => {
    const packed = kept[encoding].get(file) ?? PACKERS[encoding](file.body);
    kept[encoding].set(file, packed);
    return packed;
  };
}

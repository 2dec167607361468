// A server at an address of this machine, until it is told to stop.

import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where to serve, and how long. */
export interface Place {
  /** Name or address to listen at, such as `127.0.0.1`. */
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** How many ports to try, from `port` up, before `EADDRINUSE` is thrown; default 1. */
  readonly tries?: number;
  /** Milliseconds that requests have to be finished when the server is stopped; default 0. */
  readonly grace?: number;
  /** Stops the server. */
  readonly signal: AbortSignal;
}

/** A server that answers. */
export interface Serving {
  /** With a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Whether others on the network can reach it. */
  readonly isPublic: boolean;
  /** Settled when the signal has stopped it and every connection is closed. */
  readonly stopped: Promise<void>;
}

/**
 * Serves what a listener answers, which is made for the name that the server is started with, IPv6 without brackets. Throws the
 * system's error where it cannot listen there.
 *
 * @example
 * const stopping = new AbortController();
 * const here = { host: '127.0.0.1', port: 0, signal: stopping.signal };
 * const { url, stopped } = await serve(() => (request, response) => response.end(request.url), here);
 * await (await fetch(new URL('a/b', url))).text(); // '/a/b'
 * stopping.abort();
 * await stopped;
 */
export async function serve(
  answering: (name: string) => RequestListener,
  { host, port, tries = 1, grace = 0, signal }: Place,
): Promise<Serving> {
  const name = host.replace(/^\[(.*)\]$/, '$1'); // IPv6 as it is written in an address
  const server = await listen(() => createServer(answering(name)), name, port, tries);
  const { address, port: taken } = server.address() as AddressInfo;
  const stop = (): void => {
    server.close(); // closes idle connections; those with a request under way go on
    if (grace === 0) server.closeAllConnections();
    else setTimeout(() => server.closeAllConnections(), grace).unref();
  };
  const stopped = once(server, 'close').then(() => signal.removeEventListener('abort', stop));
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const isEverywhere = address === '0.0.0.0' || address === '::';
  const shown = isEverywhere ? 'localhost' : name.includes(':') ? `[${name}]` : name;
  return { url: `http://${shown}:${taken}/`, port: taken, isPublic: !isLoopback(address), stopped };
}

/** A server at the first port that is free, of so many. */
async function listen(make: () => Server, host: string, port: number, tries: number): Promise<Server> {
  try {
    const server = make().listen({ host, port });
    await once(server, 'listening');
    return server;
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || tries <= 1) throw error;
    return listen(make, host, port + 1, tries - 1);
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

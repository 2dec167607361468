// Why a server cannot listen where it should.

import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { reasonOf } from '../output/write-files.js';

/** Throws a `UsageError` that says why the server cannot be where it should; any error that is not the system's as it is. */
export function explainListening(
  error: unknown,
  place: { host: string; port: number; tries: number },
  { text }: Context,
): never {
  const { host, port, tries } = place;
  const code = codeOf(error);
  if (code === null) throw error;
  if (code === 'EADDRINUSE') {
    const ports = tries > 1 ? `${port}-${port + tries - 1}` : port;
    throw new UsageError(text('error.listen.taken', { host, ports }), text('error.listen.otherPort'));
  }
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL' || code === 'EAI_AGAIN') {
    throw new UsageError(text('error.listen.host', { host }));
  }
  throw new UsageError(text('error.listen.failed', { host, port, reason: reasonOf(code, text) }));
}

/** The system's code of an error, such as `EADDRINUSE`; null for an error of another kind. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}

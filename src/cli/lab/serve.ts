// The lab's server: a site at an address of this machine, until it is told to stop.

import { serve as serveHttp, type Place, type Serving } from '../http/serve.js';
import { answering } from './answer.js';
import type { Site } from './site.js';

export type { Serving };

/**
 * Serves a site. Throws the system's error where it cannot listen there.
 *
 * ```ts
 * const { url } = await serve(readSite('dist/lab'), { host: '127.0.0.1', port: 0, signal });
 * ```
 */
export function serve(site: Site, place: Place): Promise<Serving> {
  return serveHttp((name) => answering(site, name), place);
}

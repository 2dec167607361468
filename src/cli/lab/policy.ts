// What the lab's pages may do, said with every answer: nothing but run their own code on this machine.

/** The content policy. Compiled networks need WebAssembly; their threads begin from a blob, as a library has no file of its own to name. */
const CONTENT = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/**
 * The content policy of the worker that runs a learner's code on the check page: it may make code of text, and of nothing but
 * text that it holds already. It can ask no machine for anything, this one included.
 */
const LEARNERS_CONTENT = [
  "default-src 'none'",
  "script-src 'unsafe-eval' 'wasm-unsafe-eval' blob:",
  "worker-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** That worker's script, as Vite names what it builds of lab/check/check-worker.ts. */
const LEARNERS_WORKER = /^\/assets\/check-worker-[\w-]{8}\.js$/;

/** The headers of the answer for a path, refusals included. A worker goes by the policy that comes with its script. */
export function policyOf(path: string): Readonly<Record<string, string>> {
  const content = LEARNERS_WORKER.test(path) ? LEARNERS_CONTENT : CONTENT;
  return { 'Content-Security-Policy': content.join('; '), ...EVERYWHERE };
}

const EVERYWHERE = {
  // Alone in its process, and with nothing of others in it: browsers then let threads share memory.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
};

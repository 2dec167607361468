// Who a request was meant for.

/**
 * Whether a request's Host header names this server: by an address, as localhost, or by the name that it was started with.
 * A page from elsewhere whose own name was made to lead to this machine (DNS rebinding) sends that name, and is refused.
 *
 * @param header - The header as it came, with or without a port.
 * @param name - The name or address that the server was started with.
 * @example
 * isOurHost('localhost:8064', '127.0.0.1'); // true
 * isOurHost('lab.example.com:8064', '127.0.0.1'); // false
 */
export function isOurHost(header: string | undefined, name: string): boolean {
  const host = /^(\[[\da-f:.]+\]|[^:]+)(:\d+)?$/i.exec(header ?? '')?.[1]?.toLowerCase();
  if (host === undefined) return false;
  const isAddress = host.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
  return isAddress || host === 'localhost' || host === name.toLowerCase();
}

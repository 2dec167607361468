// An address opened in the browser of the system.

import { spawn } from 'node:child_process';

/**
 * Opens an address in the user's browser, and says whether the system has taken it.
 *
 * ```ts
 * await openInBrowser('http://127.0.0.1:8064/'); // false where there is no desktop
 * ```
 */
export function openInBrowser(url: string, platform: string = process.platform): Promise<boolean> {
  const [command, ...args] = openerOf(platform);
  return new Promise((resolve) => {
    const child = spawn(command, [...args, url], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
    child.unref();
  });
}

function openerOf(platform: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}

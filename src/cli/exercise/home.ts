// The folder in which a user's own data are kept.

import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Context } from '../context.js';

/** CHAINRULE_HOME, or the place that the system has for a program's data. */
export function dataFolder({ env }: Pick<Context, 'env'>, platform: string = process.platform): string {
  const { CHAINRULE_HOME, XDG_DATA_HOME = '', APPDATA } = env;
  const home = env['HOME'] || homedir();
  if (CHAINRULE_HOME) return resolve(CHAINRULE_HOME);
  if (platform === 'win32') return join(APPDATA || join(home, 'AppData', 'Roaming'), 'chainrule');
  // The XDG specification wants relative paths ignored.
  const share = isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : join(home, '.local', 'share');
  return join(share, 'chainrule');
}

// Where the lab that was built lies: beside the compiled command line, in dist/.

import { fileURLToPath } from 'node:url';

/** The folder of the built lab, whether this is run from dist/ or from its TypeScript. */
export function labFolder(): string {
  const isCompiled = import.meta.url.endsWith('.js');
  return fileURLToPath(new URL(isCompiled ? '../../../lab' : '../../../dist/lab', import.meta.url));
}

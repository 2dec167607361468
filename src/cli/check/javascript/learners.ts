// Which modules are the learner's.

/** The folder of Chainrule's own modules. */
const OWN = new URL('../../../', import.meta.url).href;

/** Whether a module is the learner's: neither ours, nor a package's, nor Node's. */
export function isLearners(url: string): boolean {
  return url.startsWith('file:') && !url.startsWith(OWN) && !url.includes('/node_modules/');
}

/** A module's URL without `?until=…`. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '');
}

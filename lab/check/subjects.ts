// What there is to check among the exports of a learner's module.

/** Something to check, or a class that cannot be made without arguments. */
export type Subject =
  | { readonly kind: 'ready'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'class'; readonly name: string; readonly make: () => object }
  | { readonly kind: 'unmade'; readonly name: string };

/** Names under which passes go. */
export const FORWARD: readonly string[] = ['forward', 'call', 'f', 'fn', 'value'];
export const BACKWARD: readonly string[] = ['backward', 'df', 'grad', 'gradient', 'derivative'];

type Code = (...args: never[]) => unknown;
type Class = new (...args: unknown[]) => object;

/**
 * Classes and objects with a forward pass, pairs of functions that go by their names (`forward` and `backward`, `f` and `df`,
 * `relu` and `reluBackward`), and functions called like a loss. A class of which there is an object is left to the object.
 *
 * @param namespace - A module's exports.
 * @param source - Its text: the subjects come in its order.
 */
export function subjectsIn(namespace: Readonly<Record<string, unknown>>, source: string): Subject[] {
  const things = distinct(namespace, source);
  const functions = things.flatMap(([name, value]) => (isPlainFunction(value) ? [{ name, value }] : []));
  const pairs = pairsOf(functions);
  const paired = new Set(pairs.flatMap(({ members }) => members));
  const made = new Set(
    things.flatMap(([, value]) => (typeof value === 'object' && value ? [value.constructor] : [])),
  );
  return things.flatMap(([name, value]): Subject[] => {
    if (isClass(value)) {
      if (made.has(value) || !hasForward(value.prototype as object, value)) return [];
      return value.length > 0
        ? [{ kind: 'unmade', name }]
        : [{ kind: 'class', name, make: () => new value() }];
    }
    if (isPlainFunction(value)) {
      const pair = pairs.find(({ members }) => members[0] === name);
      if (pair) return [{ kind: 'ready', name: pair.name, value: pair.value }];
      return !paired.has(name) && looksLikeLoss(name, value) ? [{ kind: 'ready', name, value }] : [];
    }
    const isPair = Array.isArray(value) && value.length === 2 && value.every(isPlainFunction);
    const isObject = typeof value === 'object' && value !== null && hasForward(value);
    return isPair || isObject ? [{ kind: 'ready', name, value }] : [];
  });
}

/** The exports, each value once, in the order in which the text defines them; a module's names come sorted. */
function distinct(
  namespace: Readonly<Record<string, unknown>>,
  source: string,
): (readonly [name: string, value: unknown])[] {
  const named = Object.entries(namespace).map(
    ([name, value]) =>
      [name === 'default' && typeof value === 'function' ? value.name : name, value] as const,
  );
  const placeOf = (name: string): number =>
    source.search(new RegExp(`\\b(?:class|function|const|let|var)\\s+${name.replace(/\W/g, '\\$&')}\\b`));
  return named
    .filter(([, value], i) => named.findIndex(([, other]) => other === value) === i)
    .toSorted(([a], [b]) => placeOf(a) - placeOf(b));
}

function isClass(value: unknown): value is Class {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

function isPlainFunction(value: unknown): value is Code {
  return typeof value === 'function' && !isClass(value);
}

/** Whether a forward pass is among an object's methods; of a class also where it is an arrow function in a field. */
function hasForward(value: object, of?: Class): boolean {
  const text = of ? Function.prototype.toString.call(of) : '';
  return FORWARD.some(
    (name) =>
      typeof (value as Record<string, unknown>)[name] === 'function' ||
      new RegExp(`\\b${name}\\s*=\\s*(?:async\\s*)?(?:\\(|\\w+\\s*=>)`).test(text),
  );
}

interface Named {
  readonly name: string;
  readonly value: Code;
}

interface Pair {
  readonly name: string;
  readonly members: readonly [string, string];
  readonly value: readonly [Code, Code];
}

function pairsOf(functions: readonly Named[]): Pair[] {
  return functions.flatMap(({ name, value }) => {
    const stem = name.replace(/_?forward$/i, '');
    const partner = functions.find((other) => other.name !== name && isPartner(other.name, stem));
    if (!partner) return [];
    return [{ name: stem || name, members: [name, partner.name], value: [value, partner.value] } as const];
  });
}

function isPartner(name: string, stem: string): boolean {
  const [other, own] = [name, stem].map((text) => text.toLowerCase().replaceAll('_', '')) as [string, string];
  if (other === `${own}backward`) return true;
  const endings = ['grad', 'gradient', 'prime', 'derivative'];
  return own !== '' && (other === `d${own}` || endings.some((ending) => other === own + ending));
}

function looksLikeLoss(name: string, { length }: Code): boolean {
  return length >= 2 && /loss|cost|error|entropy|bce|mse/i.test(name);
}
